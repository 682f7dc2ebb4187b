"""The sample edition: what a first look promises, and that its content holds together."""

import io
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from PIL import Image

from broadsheet.sample import ContentError, edition
from broadsheet.sample.reading import _Reader
from broadsheet.sample.tables import Table

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
REAL_NAMES = [
    "Trump",
    "Biden",
    "Harris",
    "Obama",
    "Clinton",
    "Vance",
    "Pence",
    "Newsom",
    "DeSantis",
    "Putin",
    "Zelensky",
    "Zelenskyy",
    "Xi",
    "Macron",
    "Merkel",
    "Merz",
    "Scholz",
    "Starmer",
    "Sunak",
    "Modi",
    "Netanyahu",
    "Erdogan",
    "Erdoğan",
    "Orban",
    "Orbán",
    "Meloni",
    "Sanchez",
    "Sánchez",
    "Lula",
    "Milei",
    "Bolsonaro",
    "Trudeau",
    "Carney",
    "Albanese",
    "Ishiba",
    "Takaichi",
    "Kishida",
    "Zelenskiy",
    "Khamenei",
    "Abbas",
    "Sisi",
    "السيسي",
    "بوتين",
    "ترامب",
    "习近平",
    "特朗普",
    "普京",
    "Ukraine",
    "Russia",
    "Gaza",
    "Israel",
    "China",
    "Washington",
    "Brussels",
    "London",
    "Paris",
    "Berlin",
    "Beijing",
    "Moscow",
]


@pytest.fixture(scope="module")
def sample():
    return edition(NOW)


@pytest.fixture(scope="module")
def texts(sample):
    return {
        article.id: [article.headline, article.standfirst, *(piece.text for piece in article.pieces)]
        for article in sample.articles.values()
    }


def test_edition_has_what_a_first_look_promises(sample):
    articles = sample.articles.values()
    originals = [article for article in articles if not article.copy_of]
    tellers = {story.slug: sum(a.story == story.slug for a in originals) for story in sample.stories}
    assert len(sample.publishers) >= 10
    assert len(articles) >= 70
    assert len(sample.stories) >= 16
    assert (min(tellers.values()), max(tellers.values())) == (1, 8)
    assert len(articles) - len(originals) >= 4
    assert {publisher.display for publisher in sample.publishers.values()} == {"full", "extract", "headline"}
    assert {article.section for article in articles} == {
        *("world", "politics", "economy", "climate", "technology", "culture", "sport", "science")
    }
    assert {article.kind for article in articles} >= {"news", "opinion", "live", "gallery"}


def test_edition_speaks_six_languages_and_one_runs_from_right_to_left(sample):
    languages = {article.language.partition("-")[0] for article in sample.articles.values()}
    assert languages == {"en", "de", "fr", "es", "ar", "zh"}
    assert [p.slug for p in sample.publishers.values() if p.direction == "rtl"] == ["manarat-suhail"]
    spoken = [{sample.articles[name].language for name in story.articles} for story in sample.stories]
    assert sum(len(found) > 1 for found in spoken) >= 8


def test_every_publisher_reports(sample):
    assert {article.publisher for article in sample.articles.values()} == set(sample.publishers)


def test_one_publisher_has_a_wall(sample):
    walled = {article.publisher for article in sample.articles.values() if article.open_pieces}
    assert walled == {"corvane-ledger"}
    for article in sample.articles_of("corvane-ledger"):
        assert 0 < len(article.shown_pieces) < len(article.pieces)


def test_publishers_are_marked_as_samples_under_example_names(sample):
    for publisher in sample.publishers.values():
        assert publisher.is_sample
        assert publisher.host.endswith(".example")
        assert re.fullmatch(r"X[A-Z]", publisher.country)  # ISO 3166 leaves XA to XZ to its users


def test_copies_are_verbatim_and_later(sample):
    copies = [article for article in sample.articles.values() if article.copy_of]
    for copy in copies:
        original = sample.articles[copy.copy_of]
        assert copy.pieces == original.pieces[: len(copy.pieces)]
        assert copy.authors == original.authors
        assert copy.published > original.published
        assert copy.publisher != original.publisher
        assert copy.story == original.story
        assert copy.agency == sample.publishers[original.publisher].name
    assert any(copy.headline != sample.articles[copy.copy_of].headline for copy in copies)
    assert any(copy.headline == sample.articles[copy.copy_of].headline for copy in copies)


def test_the_rest_share_no_sentences(sample):
    """Independent reports may quote the same words but never share a whole paragraph of their own."""
    originals = [article for article in sample.articles.values() if not article.copy_of]
    for one, other in combinations(originals, 2):
        assert not set(one.paragraphs) & set(other.paragraphs), (one.id, other.id)


def shingles(text: str, size: int = 5) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", re.sub(r"“[^”]*”", " ", text).lower())
    return set(zip(*(words[n:] for n in range(size)), strict=False))


def test_independent_reports_are_in_really_different_words(sample, texts):
    originals = [a for a in sample.articles.values() if not a.copy_of and a.language.startswith("en")]
    for one, other in combinations(originals, 2):
        left, right = (shingles(" . ".join(texts[article.id][2:])) for article in (one, other))
        assert len(left & right) / min(len(left), len(right)) < 0.09, (one.id, other.id)


def test_every_quotation_mark_is_closed_in_its_paragraph(texts):
    for name, pieces in texts.items():
        for text in pieces:
            assert not re.search("[\"'`]", text), (name, text)  # typographic marks only
            assert text.count("«") == text.count("»"), (name, text)
            opened = text.count("“") + text.count("„")
            # German closes with the mark that opens in English, so the two languages are counted apart.
            closed = text.count("“") if "„" in text else text.count("”")
            expected = text.count("„") if "„" in text else opened
            assert closed == expected, (name, text)
            assert text.count("(") == text.count(")"), (name, text)


def test_no_real_politician_or_place_is_named(texts):
    latin = re.compile(rf"\b(?:{'|'.join(name for name in REAL_NAMES if name.isascii())})\b")
    other = [name for name in REAL_NAMES if not name.isascii()]
    for name, pieces in texts.items():
        for text in pieces:
            assert not latin.search(text), (name, text)
            assert not any(word in text for word in other), (name, text)


def test_days_are_filled_in(texts):
    for pieces in texts.values():
        assert not any("{" in text or "}" in text for text in pieces)


def test_bigger_stories_are_told_at_length(sample):
    longest = [max(len(sample.articles[name].pieces) for name in s.articles) for s in sample.stories]
    assert min(longest) >= 4
    assert sum(length >= 7 for length in longest) >= 10
    speakers = sum("“" in " ".join(a.paragraphs) or "«" in " ".join(a.paragraphs) for a in sample.articles.values())
    assert speakers >= 60


def test_everything_was_published_in_the_last_days(sample):
    for article in sample.articles.values():
        assert timedelta(0) < NOW - article.published < timedelta(hours=72), article.id
        assert all(piece.posted <= NOW for piece in article.pieces if piece.posted)


def test_a_live_blog_was_modified_by_its_last_entry(sample):
    (live,) = [article for article in sample.articles.values() if article.kind == "live"]
    posted = [piece.posted for piece in live.pieces if piece.posted]
    assert posted == sorted(posted, reverse=True)
    assert live.published == posted[-1] < posted[0] == live.modified


def test_the_same_now_gives_the_same_edition():
    assert edition(NOW).articles == edition(NOW.astimezone()).articles


def test_another_now_moves_every_time_alike(sample):
    later = edition(NOW + timedelta(days=400, hours=7))
    for name, article in sample.articles.items():
        assert later.articles[name].published - article.published == timedelta(days=400, hours=7)


def test_the_correction_changes_one_article_and_says_so(sample):
    corrected = edition(NOW, corrected=True)
    changed = [name for name in sample.articles if corrected.articles[name] != sample.articles[name]]
    assert changed == ["how-the-rail-bill-was-won"]
    before, after = sample.articles[changed[0]], corrected.articles[changed[0]]
    assert (before.version, after.version) == (1, 2)
    assert before.correction is None
    assert "1,140 kilometers" in after.correction.note
    assert before.published == after.published < after.modified <= NOW
    different = [(a, b) for a, b in zip(before.pieces, after.pieces, strict=True) if a != b]
    assert len(different) == 1


def test_pictures_are_there_in_size_and_described(sample):
    used = Counter(figure.picture.name for a in sample.articles.values() for figure in a.figures)
    assert len(sample.pictures) >= 16
    assert set(used) == set(sample.pictures)
    total = 0
    for picture in sample.pictures.values():
        raw = picture.read()
        total += len(raw)
        with Image.open(io.BytesIO(raw)) as image:
            assert (image.format, image.size) == ("WEBP", (picture.width_px, picture.height_px))
        assert picture.caption
        assert picture.credit
        assert len(picture.alt) > 20
    assert total < 1_200_000


def test_captions_never_repeat_the_text(sample):
    for article in sample.articles.values():
        for figure in article.figures:
            assert figure.caption not in article.paragraphs


GOOD = {
    "id": "x",
    "publisher": "valmora-herald",
    "hours_ago": 1.0,
    "headline": "H",
    "standfirst": "S",
    "body": "One.",
}


@pytest.mark.parametrize(
    ("slip", "message"),
    [
        ({"publisher": "nobody"}, "publisher: 'nobody' is not one of"),
        ({"hours_ago": 9}, "older than its event"),
        ({"hours_ago": "soon"}, "hours_ago: expected a number, found 'soon'"),
        ({"body": "- a\nb"}, "body: each line of a list"),
        ({"picture": "none"}, "there is no picture 'none'"),
        ({"copy_of": "later"}, "no article 'later' before this one"),
        ({"publisher": "lindenmaerker-bote", "picture": "harbor"}, "needs its own caption"),
        ({"colour": "red"}, "unknown key colour"),
        ({"authors": "One"}, "authors: expected a list of texts"),
        ({"correction": {"hours_ago": 1, "note": "n", "change": [{"old": "Two", "new": "Six"}]}}, "stands 0 times"),
    ],
)
def test_a_slip_in_an_article_is_named(slip, message):
    reader = _Reader(NOW, corrected=True)
    with pytest.raises(ContentError, match="file: x") as caught:
        reader._read_article(Table(GOOD | slip, "file: x"), "s", "world", NOW - timedelta(hours=2))
    assert message in str(caught.value)
