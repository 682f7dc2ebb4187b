"""A small site with a row in every table, and its archive taken apart."""

import gzip
import io
import json
import tarfile
from hashlib import sha256

from django.core.management import call_command

from broadsheet.articles.models import Author, Byline, Mention, Section, Topic
from broadsheet.gathering.archive.tables import tables
from broadsheet.notices.actions import receive_notice
from broadsheet.notices.models import NoticeKind
from broadsheet.sources.models import AuthorityFile, Entry, FetchLog, Publisher
from broadsheet.stories.models import GroupingStream, Story, StoryChange
from tests.factories import (
    NOW,
    make_article,
    make_conversation,
    make_letters,
    make_picture,
    make_publisher,
    make_quotation,
    make_reader,
    make_revision,
    make_section,
    make_source,
    make_story,
)


def fill(data):
    """A small site with a row in every table, and numbers that are not those a fresh database would give."""
    for _ in range(3):
        make_article().delete()
    Publisher.objects.all().delete()
    section = make_section()
    paper = make_publisher("Harbor Times", mode="full", image=True, owner="Harbor Trust", rules='drop = ".tip"')
    bao = make_publisher("青屿日报", language="zh", mode="headline")
    source = make_source(paper)
    lead = make_article(paper, section=section, source=source, blocks=["The ferry sails.", "Half \ud83d a sign."])
    copy = make_article(
        bao, headline="渡轮复航", language="zh", blocks=["渡轮今天复航。"], signals={"b": "1", "a": "2"}
    )
    other = make_article(paper)
    story = make_story(lead, copy, copies={copy: lead}, weight=1 / 3)
    later = make_story(other, continues=story)
    merged = Story.objects.create(key="merged", headline="x", first_at=NOW, moved_at=NOW, merged_into=later)
    StoryChange.objects.create(story=later, article=other, from_story=merged, kind="merge", at=NOW)
    make_quotation(lead)
    make_revision(lead, "Ferry stays closed", "It does not sail.", is_announced=True)
    make_picture(lead, stored="0a1b.webp")
    (data / "pictures").mkdir()
    (data / "pictures" / "0a1b.webp").write_bytes(b"RIFF" + bytes(range(256)) * 40)
    (data / "pictures" / "draft.17.part").write_bytes(b"half")
    author = Author.objects.create(slug="ilse-brandt", name="Ilse Brandt")
    Byline.objects.create(article=lead, author=author, position=0)
    topic = Topic.objects.create(slug="skerries", name="Skerries", kind="place")
    Mention.objects.create(article=lead, topic=topic, times=2, shown_at=lead.shown_at)
    GroupingStream.objects.create(name="articles", sequence=99)
    Entry.objects.create(
        key="e1", address="https://x.example/1", publisher=paper, source=source, host="x", announced={}
    )
    AuthorityFile.objects.create(
        authority="https://x.example:443", name="/robots.txt", body=b"\x00\xff", checked_at=NOW, expires_at=NOW
    )
    FetchLog.objects.create(publisher=paper, source=source, address="https://x.example/1", purpose="page", at=NOW)
    receive_notice(lead, kind=NoticeKind.MISTAKE, words="The pier is in Skerry.", contact="", caller="x", now=NOW)
    reader = make_reader(follows=topic, mutes=paper, saves=story)
    make_conversation(story, reader)
    make_letters(reader, story)
    return {"lead": lead, "story": story, "copy": copy}


def flush():
    call_command("flush", verbosity=0, interactive=False)


def empty_site(tmp_path, settings, name="target"):
    flush()
    settings.DATA = tmp_path / name
    settings.DATA.mkdir()
    Section.objects.create(slug="fresh", name="Fresh")
    return settings.DATA


def members(path):
    with tarfile.open(path) as file:
        return {member.name: file.extractfile(member).read() for member in file}


def contents(path):
    return {name: content for name, content in members(path).items() if name != "manifest.json"}


def rows(path, name):
    return [json.loads(line) for line in gzip.decompress(members(path)[f"tables/{name}.jsonl.gz"]).splitlines()]


def state():
    return {table.name: [table.as_row(values) for values in table.rows()] for table in tables()}


def write(path, files):
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as file:
        for name, content in files.items():
            member = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
    return path


def packed(lines):
    return gzip.compress(lines, mtime=0)


def changed(tmp_path, table, change, *, keep_sums=False):
    """The archive with every row of one table changed, and sums that fit."""
    files = members(tmp_path / "archive")
    name = f"tables/{table}.jsonl.gz"
    found = [change(json.loads(line)) for line in gzip.decompress(files[name]).splitlines()]
    lines = b"".join(json.dumps(row).encode() + b"\n" if isinstance(row, dict) else row for row in found)
    files[name] = packed(lines)
    if not keep_sums:
        manifest = json.loads(files["manifest.json"])
        entry = next(one for one in manifest["tables"] if one["name"] == table)
        entry |= {"bytes": len(lines), "sha256": sha256(lines).hexdigest(), "rows": lines.count(b"\n")}
        files["manifest.json"] = json.dumps(manifest).encode()
    return write(tmp_path / "changed", files)
