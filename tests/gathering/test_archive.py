"""Export, import into an empty site, export again: identical. And nothing in a hostile file gets any further."""

import gzip
import io
import json
import tarfile
from datetime import timedelta
from hashlib import sha256

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection

from broadsheet.articles.models import Article, Author, Body, Byline, Mention, Section, Topic
from broadsheet.finished.models import Purge
from broadsheet.gathering.archive import ArchiveError, export_site, import_site
from broadsheet.gathering.archive import reading as reading_module
from broadsheet.gathering.archive.markup import is_safe
from broadsheet.gathering.archive.tables import LEFT_OUT, tables
from broadsheet.notices.actions import receive_notice
from broadsheet.notices.models import NoticeKind
from broadsheet.search.actions import index_articles
from broadsheet.search.queries import search
from broadsheet.sources.models import AuthorityFile, Entry, FetchLog, LedgerLine, Publisher
from broadsheet.stories.models import GroupingStream, Membership, Story, StoryChange
from tests.factories import (
    NOW,
    make_article,
    make_conversation,
    make_picture,
    make_publisher,
    make_quotation,
    make_reader,
    make_revision,
    make_section,
    make_source,
    make_story,
)


@pytest.fixture
def data(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return settings.DATA


@pytest.fixture
def site(transactional_db, data):
    yield fill(data)
    flush()


@pytest.fixture(scope="module")
def archive(tmp_path_factory, django_db_setup, django_db_blocker):
    """The archive of such a site, for tests that only take it over."""
    folder = tmp_path_factory.mktemp("exported")
    before, django_settings.DATA = django_settings.DATA, folder / "data"
    django_settings.DATA.mkdir()
    with django_db_blocker.unblock():
        fill(django_settings.DATA)
        export_site(folder / "archive", now=NOW)
        flush()
    django_settings.DATA = before
    return folder / "archive"


def fill(data):
    """A small site with a row in every table, and numbers that are not those a fresh database would give."""
    for _ in range(3):
        make_article().delete()
    Publisher.objects.all().delete()
    section = make_section()
    paper = make_publisher("Harbor Times", mode="full", image=True, owner="Harbor Trust")
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
    make_conversation(story, make_reader(follows=topic, mutes=paper, saves=story))
    return {"lead": lead, "story": story, "copy": copy}


def flush():
    """Empty the database and, which `flush` knows nothing of, the search index."""
    ids = list(Article.objects.values_list("pk", flat=True))
    Article.objects.update(state="removed")
    index_articles(ids, now=NOW)
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


# There and back


def test_export_import_export_is_identical(site, tmp_path, settings):
    first, second = tmp_path / "first", tmp_path / "second"
    made = export_site(first, now=NOW)
    before = state()
    empty_site(tmp_path, settings)

    taken = import_site(first, now=NOW)
    export_site(second, now=NOW + timedelta(days=1))

    assert contents(second) == contents(first)
    assert state() == before
    assert taken == made
    assert taken.cleaned == 0
    assert all(before.values()), [name for name, found in before.items() if not found]


def test_addresses_bodies_search_and_pictures_are_back(site, tmp_path, settings):
    export_site(tmp_path / "archive", now=NOW)
    data = empty_site(tmp_path, settings)
    import_site(tmp_path / "archive", now=NOW)

    lead = Article.objects.get(pk=site["lead"].pk)
    assert lead.path == site["lead"].path
    assert lead.body.blocks[1]["text"] == "Half \ud83d a sign."
    assert lead.published_at == site["lead"].published_at
    assert Membership.objects.get(article=site["copy"].pk).original_id == lead.pk
    assert [hit.article_id for hit in search("渡轮", now=NOW).hits] == [site["copy"].pk]
    assert [path.name for path in (data / "pictures").iterdir()] == ["0a1b.webp"]
    assert not Section.objects.filter(slug="fresh").exists()
    assert Purge.objects.filter(tag="all").exists()
    assert make_article().pk > Article.objects.order_by("-pk")[1].pk


def test_every_table_is_in_or_left_out_for_a_reason(db):
    ours = {model._meta.label_lower for model in apps.get_models() if model.__module__.startswith("broadsheet.")}

    assert {table.name for table in tables()} | set(LEFT_OUT) == ours
    assert all(LEFT_OUT.values())


def test_rows_are_called_by_names_that_hold_anywhere(site, tmp_path):
    export_site(tmp_path / "archive", now=NOW)

    (body, _) = rows(tmp_path / "archive", "articles.body")
    article = next(row for row in rows(tmp_path / "archive", "articles.article") if row["number"] == site["lead"].pk)
    (mention,) = rows(tmp_path / "archive", "articles.mention")
    assert body["article"] == article["number"]
    assert (article["publisher"], article["source"], article["section"]) == (
        "harbor-times",
        site["lead"].source.key,
        "politics",
    )
    assert (mention["topic"], "number" in mention, "id" in mention) == ("skerries", False, False)


def test_order_does_not_depend_on_the_order_of_arrival(transactional_db, data, tmp_path, settings):
    for slug in ("b", "a", "Z", "é", "-"):
        Topic.objects.create(slug=slug, name=slug, kind="place")
    export_site(tmp_path / "first", now=NOW)

    assert [row["slug"] for row in rows(tmp_path / "first", "articles.topic")] == ["-", "Z", "a", "b", "é"]


def test_field_that_came_later_has_its_default(site, tmp_path, settings):
    export_site(tmp_path / "archive", now=NOW)
    empty_site(tmp_path, settings)

    def forget(row):
        row.pop("owner")
        return row

    import_site(changed(tmp_path, "sources.publisher", forget), now=NOW)

    assert set(Publisher.objects.values_list("owner", flat=True)) == {""}


def test_number_of_queries_is_bounded_by_batches(site, tmp_path, settings, django_assert_max_num_queries):
    publisher = Publisher.objects.first()
    for _ in range(30):
        Body.objects.create(article=make_article(publisher), blocks=[], receipt={})
    with django_assert_max_num_queries(len(tables()) + 4):
        export_site(tmp_path / "archive", now=NOW)
    empty_site(tmp_path, settings)
    with django_assert_max_num_queries(200):
        import_site(tmp_path / "archive", now=NOW)


# All or nothing


def test_site_that_holds_something_is_left_alone(site, tmp_path):
    export_site(tmp_path / "archive", now=NOW)
    before = state()

    with pytest.raises(ArchiveError, match="already holds"):
        import_site(tmp_path / "archive", now=NOW)

    assert state() == before


@pytest.mark.parametrize("step", ["_read_tables", "_read_pictures", "_check_references", "_index", "_place_pictures"])
def test_import_that_ends_early_leaves_the_site_as_it_was(site, tmp_path, settings, monkeypatch, step):
    export_site(tmp_path / "archive", now=NOW)
    data = empty_site(tmp_path, settings)
    before = state()
    real = getattr(reading_module, step)

    def killed(*arguments):
        if step != "_place_pictures":
            real(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(reading_module, step, killed)
    with pytest.raises(KeyboardInterrupt):
        import_site(tmp_path / "archive", now=NOW)
    assert state() == before
    assert list(data.iterdir()) == []
    assert search("ferry", now=NOW).total == 0

    monkeypatch.setattr(reading_module, step, real)
    import_site(tmp_path / "archive", now=NOW)
    assert Article.objects.filter(pk=site["lead"].pk).exists()


def test_pictures_of_a_killed_import_are_replaced(site, tmp_path, settings):
    export_site(tmp_path / "archive", now=NOW)
    data = empty_site(tmp_path, settings)
    (data / "pictures").mkdir()
    (data / "pictures" / "ffff.webp").write_bytes(b"left behind")

    import_site(tmp_path / "archive", now=NOW)

    assert [path.name for path in (data / "pictures").iterdir()] == ["0a1b.webp"]


def test_export_into_a_folder_that_is_not_there(site, tmp_path):
    with pytest.raises(ArchiveError, match="cannot be written"):
        export_site(tmp_path / "nowhere" / "archive", now=NOW)


def test_export_that_fails_leaves_the_older_file(site, tmp_path, monkeypatch):
    (tmp_path / "archive").write_bytes(b"older")
    monkeypatch.setattr("broadsheet.gathering.archive.writing._join", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        export_site(tmp_path / "archive", now=NOW)

    assert (tmp_path / "archive").read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's one writer")
def test_writers_do_not_wait_for_an_export(site, tmp_path):
    from broadsheet.gathering.archive.writing import one_moment

    other = connection.copy()
    with one_moment():
        before = Article.objects.count()
        with other.cursor() as cursor:
            cursor.execute("UPDATE articles_article SET headline = 'changed'")
        other.close()
        assert Article.objects.count() == before
        assert not Article.objects.filter(headline="changed").exists()
    assert Article.objects.filter(headline="changed").exists()


# Hostile and broken files


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


def remade(tmp_path, change):
    """The archive with its members changed by name."""
    files = members(tmp_path / "archive")
    return write(tmp_path / "changed", change(files) or files)


def with_manifest(**values):
    def change(files):
        files["manifest.json"] = json.dumps({**json.loads(files["manifest.json"]), **values}).encode()

    return change


def renamed(old, new):
    return lambda files: {new if name == old else name: content for name, content in files.items()}


def as_link(files):
    link = tarfile.TarInfo("pictures/0a1b.webp")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return {link if name == link.name else name: content for name, content in files.items()}


@pytest.fixture
def exported(archive, db, tmp_path, settings):
    """An empty site, and the archive beside it."""
    (tmp_path / "archive").write_bytes(archive.read_bytes())
    settings.DATA = tmp_path / "target"
    settings.DATA.mkdir()
    return settings.DATA


def refused(path, words):
    before = state()
    with pytest.raises(ArchiveError, match=words) as caught:
        import_site(path, now=NOW)
    assert state() == before
    assert str(caught.value).rstrip().endswith(".")
    assert not (django_settings.DATA / "pictures").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (with_manifest(format="other"), "not an archive of a site"),
        (with_manifest(version=2), "format 2; this program reads format 1"),
        (with_manifest(tables="x"), "manifest .* damaged"),
        (with_manifest(tables=[{"name": "x"}]), "manifest .* damaged"),
        (with_manifest(tables=[{"name": "auth.user", "rows": 0, "bytes": 0, "sha256": ""}]), "does not know"),
        (with_manifest(pictures={"files": -1, "bytes": 0}), "manifest .* damaged"),
        (with_manifest(pictures={"files": 1, "bytes": 10**15}), "more pictures than it can hold"),
        (with_manifest(padding="x" * 2_000_000), "too long"),
        (renamed("pictures/0a1b.webp", "../../evil.webp"), "where pictures/0a1b.webp belongs"),
        (renamed("pictures/0a1b.webp", "/etc/evil.webp"), "where pictures/0a1b.webp belongs"),
        (renamed("tables/articles.section.jsonl.gz", "tables/../x"), "belongs"),
        (lambda files: {**files, "more": b"x"}, "does not belong there"),
        (as_link, "belongs"),
        (lambda files: {**dict(list(files.items())[:5]), "pad": bytes(20_000)}, "belongs"),
        (lambda files: {**files, "pictures/0a1b.webp": b"RIFF" + b"x" * 10_240}, "is damaged"),
        (lambda files: {**files, "pictures/0a1b.webp": b"short"}, "not as long"),
        (lambda files: {**files, "pictures.jsonl.gz": packed(b'{"name": "../x"}\n')}, "list of pictures is damaged"),
        (lambda files: {**files, "pictures.jsonl.gz": packed(b"")}, "not what the manifest says|does not belong"),
        (lambda files: {**files, "tables/articles.section.jsonl.gz": b"no gzip"}, "damaged"),
        (lambda files: {**files, "tables/articles.section.jsonl.gz": packed(b"x" * 999)}, "more than|cut"),
        (lambda files: {**files, "tables/articles.section.jsonl.gz": packed(b"")}, "not what the manifest says"),
    ],
)
def test_hostile_archive_is_refused_with_a_sentence(exported, tmp_path, change, words):
    refused(remade(tmp_path, change), words)


def test_picture_name_that_leads_elsewhere_is_refused(exported, tmp_path):
    def change(files):
        row = {"name": "../../evil.webp", "bytes": 1, "sha256": ""}
        files["pictures.jsonl.gz"] = packed(json.dumps(row).encode() + b"\n")
        return renamed("pictures/0a1b.webp", "pictures/../../evil.webp")(files)

    refused(remade(tmp_path, change), "no name of ours")
    assert not list(tmp_path.rglob("evil*"))


def test_bombs_are_refused_before_they_are_unpacked(exported, tmp_path):
    size = 900_000_000
    bomb = packed(b"")

    def change(files):
        manifest = json.loads(files["manifest.json"])
        manifest["tables"][0] |= {"bytes": size, "rows": 1, "sha256": ""}
        files["manifest.json"] = json.dumps(manifest).encode()
        files[f"tables/{manifest['tables'][0]['name']}.jsonl.gz"] = bomb

    refused(remade(tmp_path, change), "no honest file")


def test_archive_larger_than_the_disk_is_refused(exported, tmp_path):
    def change(files):
        manifest = json.loads(files["manifest.json"])
        manifest["tables"][0]["bytes"] = 10**18
        files["manifest.json"] = json.dumps(manifest).encode()

    refused(remade(tmp_path, change), "GB left")


def test_header_that_claims_a_huge_extension_is_refused(exported, tmp_path):
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 2**40
    (tmp_path / "changed").write_bytes(header.tobuf(tarfile.GNU_FORMAT))

    refused(tmp_path / "changed", "belongs")


@pytest.mark.parametrize("content", [b"", b"x" * 300, b"x" * 3000, b"\x1f\x8b" + b"x" * 900, bytes(2048)])
def test_file_that_is_no_archive_is_refused(exported, tmp_path, content):
    (tmp_path / "changed").write_bytes(content)

    refused(tmp_path / "changed", "not an archive|ends before")


@pytest.mark.parametrize("part", [0.01, 0.3, 0.6, 0.9, 0.999])
def test_archive_that_was_cut_is_refused(exported, tmp_path, part):
    whole = (tmp_path / "archive").read_bytes().rstrip(b"\0")
    (tmp_path / "changed").write_bytes(whole[: int(len(whole) * part)])

    refused(tmp_path / "changed", "ends|damaged|not an archive")


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("articles.article", lambda row: {**row, "number": "1"}, "its number is none"),
        ("articles.article", lambda row: {**row, "number": 2**70}, "its number is none"),
        ("articles.article", lambda row: {**row, "headline": "x" * 501}, "longer than 500"),
        ("articles.article", lambda row: {**row, "headline": "\x00"}, "a character that no text can"),
        ("articles.article", lambda row: {**row, "headline": None}, "headline: it is missing"),
        ("articles.article", lambda row: {**row, "headline": ["x"]}, "it is a list"),
        ("articles.article", lambda row: {**row, "version": 10**30}, "out of range"),
        ("articles.article", lambda row: {**row, "version": True}, "it is a bool"),
        ("articles.article", lambda row: {**row, "shown_at": "yesterday"}, "shown_at"),
        ("articles.article", lambda row: {**row, "shown_at": "2026-11-22"}, "no time zone"),
        ("articles.article", lambda row: {**row, "direction": "up"}, "database refuses"),
        ("articles.article", lambda row: {**row, "publisher": "nobody"}, "'nobody', which the archive does not hold"),
        ("articles.article", lambda row: {**row, "key": "same"}, "database refuses"),
        ("articles.article", lambda row: {**row, "surprise": 1}, "does not know 'surprise'"),
        ("articles.article", lambda row: b"[1]\n", "it is no row"),
        ("articles.article", lambda row: b"{\n", "it is not JSON"),
        ("articles.article", lambda row: b"[" * 100_000 + b"\n", "it is not JSON"),
        ("articles.body", lambda row: {**row, "article": 987_654}, "not whole|refuses"),
        ("articles.body", lambda row: {**row, "article": "x"}, "a number is wanted"),
        ("articles.body", lambda row: {**row, "article": {}}, "the name of no row"),
        ("articles.body", lambda row: {**row, "blocks": "text"}, "no list of blocks"),
        ("stories.story", lambda row: {**row, "merged_into": 987_654}, "not whole|refuses"),
        ("stories.story", lambda row: {**row, "weight": "heavy"}, "it is a str"),
        ("sources.authorityfile", lambda row: {**row, "body": "no base64!"}, "body"),
    ],
)
def test_hostile_row_is_refused_with_its_place(exported, tmp_path, table, change, words):
    refused(changed(tmp_path, table, change), words)


def test_table_whose_sum_does_not_fit_is_refused(exported, tmp_path):
    path = changed(tmp_path, "articles.section", lambda row: {**row, "name": row["name"][::-1]}, keep_sums=True)

    refused(path, "damaged|more than")


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        "<svg><style><img src=x></style></svg>",
        "<math><mtext></mtext></math>",
        "<!-- -->x<b>",
        '<a href="//evil.example">x</a>',
        '<p style="position:fixed">x</p>',
        "<table><tr><td><iframe></iframe></td></tr></table>",
        "<td><img src=x onerror=alert(1)></td>",
        "<TD onclick=alert(1)>x</td>",
        "<tbody onclick=alert(1)><tr><td>x</td></tr></tbody>",
    ],
)
def test_markup_of_others_is_sanitised_again(exported, tmp_path, html):
    assert not is_safe(html)
    path = changed(
        tmp_path, "articles.body", lambda row: {**row, "blocks": [{"kind": "paragraph", "text": "x", "html": html}]}
    )

    taken = import_site(path, now=NOW)

    assert taken.cleaned == 2
    for body in Body.objects.all():
        (block,) = body.blocks
        assert not any(
            word in block["html"] for word in ("<script", "onerror", "javascript", "<svg", "<iframe", "style")
        )


@pytest.mark.parametrize(
    "html",
    ["plain &lt;script&gt;", "<b>bold</b> a &amp; b", '<a href="https://x.example/" rel="noopener">x</a>',
     "<table><tr><td>1</td><td>2</td></tr></table>", "<ul><li>a</li></ul>", "<li>a</li>\n<li>b</li>"],
)  # fmt: skip
def test_markup_of_ours_is_left_as_it_is(html):
    assert is_safe(html)


def test_ledger_keeps_its_order(transactional_db, data, tmp_path, settings):
    paper = make_publisher("Pier")
    for mode in ("full", "link", "headline"):
        LedgerLine.objects.create(publisher=paper, mode=mode, basis="none", noted_at=NOW)
    export_site(tmp_path / "archive", now=NOW)
    empty_site(tmp_path, settings)
    import_site(tmp_path / "archive", now=NOW)

    assert list(LedgerLine.objects.order_by("noted_at", "pk").values_list("mode", flat=True)) == [
        "full",
        "link",
        "headline",
    ]
