"""Read the sample edition from `content/`: publishers, pictures, phrases and one file for each story.

The content is made to be extended by hand, so everything that does not hold together raises ContentError
with the file, the entry and the key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from broadsheet.sample.edition import (
    DISPLAYS,
    FEEDS,
    KINDS,
    SECTIONS,
    SHAPES,
    Correction,
    Edition,
    Figure,
    Picture,
    Piece,
    SampleArticle,
    SamplePublisher,
    SampleStory,
)
from broadsheet.sample.markup import Calendar, fill_dates, read_chunks
from broadsheet.sample.tables import Table, read_table

BEHIND = timedelta(hours=12)
"""An event's day is reckoned this far back: "at dawn on Tuesday" is past, whatever hour the edition is opened."""

PHRASES = (
    *(f"section_{section}" for section in sorted(SECTIONS)),
    *("sample", "by", "share", "cookies", "accept", "reject", "newsletter_title", "newsletter", "subscribe"),
    *("related", "comments", "comment_1", "comment_2", "about", "home", "published", "updated", "rights", "licence"),
    "wall",
)
"""What each language must be able to say around an article; `wall` may be unused in some."""


def edition(now: datetime, *, corrected: bool = False) -> Edition:
    """Build the edition as it stands at `now` (aware), before or after its correction was published.

    Raises ContentError, naming file, article and key, when the content does not hold together.
    """
    now = now.astimezone(UTC).replace(second=0, microsecond=0)
    return _Reader(now, corrected).read()


class _Reader:
    def __init__(self, now: datetime, corrected: bool) -> None:
        self.now = now
        self.corrected = corrected
        self.words, self.calendars = _read_words()
        self.publishers = _read_publishers()
        self.pictures = _read_pictures()
        self.articles: dict[str, SampleArticle] = {}

    def read(self) -> Edition:
        stories = tuple(self._read_story(file) for file in _story_files())
        return Edition(
            now=self.now,
            corrected=self.corrected,
            publishers=self.publishers,
            stories=stories,
            articles=self.articles,
            pictures=self.pictures,
            words=self.words,
            calendars=self.calendars,
        )

    def _read_story(self, file: Traversable) -> SampleStory:
        table = read_table(file)
        slug = file.name.removesuffix(".toml").partition("-")[2]
        section = table.choice("section", SECTIONS)
        event = self.now - timedelta(hours=table.number("hours_ago"))
        told: list[str] = []
        for row in table.tables("article", "id"):
            article = self._read_article(row, slug, section, event)
            if article.id in self.articles:
                raise row.error("id: already used by another article")
            self.articles[article.id] = article
            told.append(article.id)
        table.done()
        return SampleStory(slug, section, tuple(told))

    def _read_article(self, row: Table, story: str, section: str, event: datetime) -> SampleArticle:
        publisher = self.publishers[row.choice("publisher", self.publishers)]
        published = self.now - timedelta(hours=row.number("hours_ago"))
        if published < event:
            raise row.error("hours_ago: the article is older than its event")
        original = self._original(row)
        correction, changes = self._read_correction(row)
        language = publisher.language

        def dated(text: str) -> str:
            return fill_dates(text, event - BEHIND, self.calendars, _base(language))

        if original:
            cut = int(row.number("first_pieces", 0))
            pieces = original.pieces[:cut] if cut else original.pieces
        else:
            pieces = tuple(self._read_pieces(row, changes, publisher, dated))
        posted = [piece.posted for piece in pieces if piece.posted]
        article = SampleArticle(
            id=row.text("id"),
            publisher=publisher.slug,
            story=story,
            section=section,
            section_name=self.words[_base(language)][f"section_{section}"],
            kind=row.choice("kind", KINDS, "news"),
            language=language,
            headline=dated(row.text("headline", original.headline if original else None)),
            standfirst=dated(row.text("standfirst", original.standfirst if original else "")),
            authors=row.texts("authors") or (original.authors if original else ()),
            agency=row.text("agency", ""),
            published=published,
            modified=correction.made if correction else max([published, *posted]),
            lead=self._lead(row, language, dated),
            pieces=pieces,
            open_pieces=publisher.open_pieces if publisher.wall else 0,
            copy_of=original.id if original else None,
            version=2 if correction else 1,
            correction=correction,
        )
        if original and (original.published >= published or _base(original.language) != _base(language)):
            raise row.error("copy_of: a copy is later than its original and in the same language")
        row.done()
        return article

    def _original(self, row: Table) -> SampleArticle | None:
        name = row.text("copy_of", "")
        if name and name not in self.articles:
            raise row.error(f"copy_of: no article {name!r} before this one")
        return self.articles[name] if name else None

    def _read_correction(self, row: Table) -> tuple[Correction | None, list[tuple[str, str]]]:
        """The correction, if it has been made by now, and the changes it makes to the text."""
        table = row.table("correction")
        if table is None:
            return None, []
        made = self.now - timedelta(hours=table.number("hours_ago"))
        note = table.text("note")
        changes = [(change.text("old"), change.text("new")) for change in table.tables("change", "old")]
        table.done()
        return (Correction(note, made), changes) if self.corrected else (None, [])

    def _read_pieces(
        self, row: Table, changes: list[tuple[str, str]], publisher: SamplePublisher, dated: Callable[[str], str]
    ) -> Iterator[Piece]:
        body = row.text("body")
        for old, new in changes:
            if body.count(old) != 1:
                raise row.error(f"correction: {old!r} stands {body.count(old)} times in the body")
            body = body.replace(old, new)
        try:
            chunks = read_chunks(body)
        except ValueError as error:
            raise row.error(f"body: {error}") from error
        for chunk in chunks:
            text = dated(chunk.text)
            match chunk.kind:
                case "figure":
                    yield Piece("figure", text, self._figure(row, chunk.target, text, publisher.language))
                case "entry":
                    posted = self.now - timedelta(hours=float(chunk.target))
                    yield Piece("entry", text, posted=posted)
                case kind:
                    yield Piece(kind, text)

    def _lead(self, row: Table, language: str, dated: Callable[[str], str]) -> Figure | None:
        name, caption, alt = row.text("picture", ""), row.text("caption", ""), row.text("alt", "")
        if not name:
            return None
        return self._figure(row, name, dated(caption), language, alt)

    def _figure(self, row: Table, name: str, caption: str, language: str, alt: str = "") -> Figure:
        picture = self.pictures.get(name)
        if picture is None:
            raise row.error(f"picture: there is no picture {name!r}")
        if _base(language) != "en" and not caption:
            raise row.error("caption: an article that is not in English needs its own caption")
        # Without its own words for the picture, a foreign caption describes it better than English would.
        own = picture.alt if _base(language) == "en" else caption
        return Figure(picture, caption or picture.caption, alt or own)


def _base(language: str) -> str:
    return language.partition("-")[0]


def _content() -> Traversable:
    return files(__package__) / "content"


def _story_files() -> list[Traversable]:
    found = (file for file in (_content() / "stories").iterdir() if file.name.endswith(".toml"))
    return sorted(found, key=lambda file: file.name)


@cache
def _read_publishers() -> Mapping[str, SamplePublisher]:
    table = read_table(_content() / "publishers.toml")
    found = [_read_publisher(row) for row in table.tables("publisher", "slug")]
    table.done()
    return {publisher.slug: publisher for publisher in found}


def _read_publisher(row: Table) -> SamplePublisher:
    language = row.text("language")
    publisher = SamplePublisher(
        slug=row.text("slug"),
        name=row.text("name"),
        host=row.text("host"),
        country=row.text("country"),
        country_name=row.text("country_name"),
        language=language,
        direction="rtl" if _base(language) == "ar" else "ltr",
        kind=row.text("kind"),
        owner=row.text("owner"),
        about=row.text("about"),
        utc_offset=timezone(timedelta(hours=row.number("utc_offset"))),
        display=row.choice("display", DISPLAYS, "full"),
        licence=row.text("licence", ""),
        shape=row.choice("shape", SHAPES),
        feed=row.choice("feed", FEEDS),
        color=row.text("color"),
        font=row.text("font"),
        wall=row.flag("wall"),
        open_pieces=int(row.number("open_pieces", 0)),
    )
    if not publisher.host.endswith(".example"):
        raise row.error(f"host: {publisher.host!r} does not end in .example")
    row.done()
    return publisher


def invented_countries() -> Mapping[str, str]:
    """Names of the countries that publishers are from, by their codes."""
    return {publisher.country: publisher.country_name for publisher in _read_publishers().values()}


@cache
def _read_pictures() -> Mapping[str, Picture]:
    table = read_table(_content() / "pictures.toml")
    found: dict[str, Picture] = {}
    for row in table.tables("picture", "name"):
        name = row.text("name")
        found[name] = Picture(name, f"{name}.webp", row.text("alt"), row.text("caption"), row.text("credit"))
        row.done()
    table.done()
    return found


@cache
def _read_words() -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, Calendar]]:
    """The publishers' standing phrases and calendars by language."""
    words: dict[str, Mapping[str, str]] = {}
    calendars: dict[str, Calendar] = {}
    for row in read_table(_content() / "words.toml").tables("language", "code"):
        code = row.text("code")
        calendars[code] = Calendar(row.texts("weekdays"), row.texts("months"), row.text("day"), row.text("date"))
        if (len(calendars[code].weekdays), len(calendars[code].months)) != (7, 12):
            raise row.error("weekdays, months: expected seven and twelve")
        phrases = row.table("phrases")
        if phrases is None:
            raise row.error("phrases: missing")
        words[code] = {key: phrases.text(key) for key in PHRASES}
        phrases.done()
        row.done()
    return words, calendars
