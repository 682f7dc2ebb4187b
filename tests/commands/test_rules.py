"""Rules for a source's pages from the command line: tried out, set, shown, taken away; mistakes are sentences."""

import json
import os
import sqlite3

import pytest

from broadsheet.commands.common import CommandError
from broadsheet.commands.gather import _source_ids
from broadsheet.commands.rule_files import read_rules
from tests.commands.test_bad_input import broadsheet, complaint
from tests.factories import make_publisher, make_source

pytestmark = pytest.mark.xdist_group("commands")

PROSE = "".join(f"<p>It rained all day in the valley, and for {n} more days on all its hills.</p>" for n in range(2, 9))
PAGE = f"<article><h1>Rain</h1>{PROSE}<div class='text tip'><p>Take our quiz about the rain of May, and win.</p></div>"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'drop = "p[["', "rule 'drop' is no CSS selector that rules know: 'p[[', at '[['."),
        (b"drop = [" + b"'p'," * 51 + b"]", "rule 'drop' has 51 selectors: at most 50 are allowed."),
        (b'fly = "high"', "unknown rule 'fly': expected one of keep, drop, author, date, headline."),
        (b'drop = "body"', "rule 'drop' names the whole page: 'body'."),
        (b"drop = [", "rules are not valid TOML: "),
        (b"# nothing\n", "holds no rules."),
        (b"#" * 30_000, "rules have 30000 characters: at most 20000 are allowed."),
        (b"\xe9" * 10_000_000, "is larger than 80 kB, which no rules are."),
        ('drop = ".é"'.encode("latin-1"), "is not UTF-8 at byte 9. Save it as UTF-8."),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path, content, words):
    path = tmp_path / "rules.toml"
    path.write_bytes(content)

    with pytest.raises(CommandError) as caught:
        read_rules(str(path))

    sentence = str(caught.value)
    assert sentence.startswith(str(path))
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_file_that_is_none_is_named(tmp_path):
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(CommandError, match="cannot be read"):
            read_rules(str(path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path):
    (tmp_path / "rules.toml").touch(mode=0)
    with pytest.raises(CommandError, match="Permission denied"):
        read_rules(str(tmp_path / "rules.toml"))


def test_a_mark_before_the_first_word_is_no_mistake(tmp_path):
    (tmp_path / "rules.toml").write_bytes(b'\xef\xbb\xbfdrop = ".tip"\r\n')
    assert "drop" in read_rules(str(tmp_path / "rules.toml"))


def test_rules_are_tried_out_on_a_page(tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "rules.toml").write_text('drop = [".tip", ".sponsor"]\nkeep = ".tip p"\ndate = "h1"')

    plain = broadsheet("extract", str(tmp_path / "page.html"))
    ruled = broadsheet("extract", str(tmp_path / "page.html"), "--rules", str(tmp_path / "rules.toml"))

    assert "quiz" in json.loads(plain.stdout)["text"]
    assert "quiz" not in json.loads(ruled.stdout)["text"]
    assert plain.stderr == b""
    place = f"{tmp_path / 'page.html'}: "
    assert [line.removeprefix(place) for line in ruled.stderr.decode().splitlines()] == [
        "date = 'h1' matches elements without date; the first holds 'Rain'",
        "drop = '.sponsor' matches nothing",
        "keep = '.tip p' matches only what is dropped",
    ]


def test_standard_input_is_read_once(tmp_path):
    done = broadsheet("extract", "--rules", "-", stdin=b'drop = ".tip"')

    assert done.returncode == 1
    assert "cannot be both" in complaint(done)


def test_rules_of_a_source_are_set_shown_and_taken_away(tmp_path):
    data = tmp_path / "data"
    for name in ("tidings", "herald"):
        broadsheet("sources", "add", f"https://{name}.example/feed.xml", "--name", name.title(), data=data)
    written = 'drop = ".tip"  # since the relaunch of May\n'
    (tmp_path / "rules.toml").write_text(written)

    none = broadsheet("sources", "rules", "tidings", data=data)
    assert (none.returncode, none.stdout, none.stderr) == (0, b"", b"Tidings has no rules.\n")
    done = broadsheet("sources", "rules", "tidings", str(tmp_path / "rules.toml"), data=data)
    assert (done.returncode, done.stdout) == (0, b"Tidings: its rules are set, for pages read from now on.\n")
    for name in (
        "tidings",
        "https://tidings.example/feed.xml",
        "https://tidings.example",
        "https://tidings.example/a/b",
    ):
        assert broadsheet("sources", "rules", name, data=data).stdout.decode() == written
    assert broadsheet("sources", "rules", "herald", data=data).stdout == b""
    assert broadsheet("sources", "rules", data=data).stdout == b"tidings https://tidings.example/\n"

    bad = broadsheet("sources", "rules", "tidings", "-", data=data, stdin=b'fly = "high"')
    assert bad.returncode == 1
    assert complaint(bad).endswith(
        "Standard input: unknown rule 'fly': expected one of keep, drop, author, date, headline."
    )
    empty = broadsheet("sources", "rules", "tidings", "-", data=data)
    assert empty.returncode == 1
    assert "holds no rules" in complaint(empty)
    assert broadsheet("sources", "rules", "tidings", data=data).stdout.decode() == written

    assert broadsheet("sources", "rules", "tidings", "--clear", data=data).returncode == 0
    assert broadsheet("sources", "rules", "tidings", data=data).stdout == b""


def test_a_source_that_is_none_is_named(tmp_path):
    for name in ("nobody", "https://nobody.example/", "http://[", "ftp://x"):
        done = broadsheet("sources", "rules", name, data=tmp_path)
        assert done.returncode == 1
        assert name in complaint(done)
    for arguments in (["--clear"], ["nobody", "rules.toml", "--clear"]):
        assert broadsheet("sources", "rules", *arguments, data=tmp_path).returncode == 1


def test_rules_broken_by_hand_are_told_where_sources_are_checked(tmp_path):
    broadsheet("sources", "add", "https://tidings.example/feed.xml", data=tmp_path)
    assert broadsheet("sources", "check", data=tmp_path).returncode == 0
    with sqlite3.connect(tmp_path / "broadsheet.sqlite3") as database:
        database.execute("UPDATE sources_publisher SET rules = 'fly = \"high\"'")

    checked = broadsheet("sources", "check", data=tmp_path)
    shown = broadsheet("sources", "rules", "https://tidings.example", data=tmp_path)
    doctor = broadsheet("doctor", data=tmp_path)

    assert checked.returncode == 1
    assert checked.stdout.decode().startswith("https://tidings.example/: unknown rule 'fly'")
    assert shown.returncode == 1
    assert shown.stdout == b'fly = "high"\n'
    assert "read without rules" in shown.stderr.decode()
    assert "ill   rules of publishers: 1 cannot be used" in doctor.stdout.decode()


@pytest.mark.django_db
def test_a_slug_names_all_that_is_watched_of_a_source():
    paper = make_publisher("Tidings")
    sources = [make_source(paper), make_source(paper)]
    make_source(make_publisher("Herald"))

    assert sorted(_source_ids("tidings")) == [source.pk for source in sources]
    with pytest.raises(CommandError, match="nobody"):
        _source_ids("nobody")
