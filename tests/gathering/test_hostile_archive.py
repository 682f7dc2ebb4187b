"""Nothing in a hostile archive gets any further: each is refused with a sentence, and leaves no trace."""

import json
import tarfile

import pytest
from django.conf import settings as django_settings

from broadsheet.articles.models import Body
from broadsheet.gathering.archive import ArchiveError, import_site
from broadsheet.gathering.archive.markup import is_safe
from tests.factories import NOW
from tests.gathering.archived import changed, members, packed, state, write


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
