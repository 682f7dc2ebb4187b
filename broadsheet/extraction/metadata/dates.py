"""When an article was published and last changed.

Declared times first: JSON-LD of the article, then `meta`, then microdata and `time` elements; a date in the address
and dates readers see (`visible`) only where nothing is declared. A time that names no zone takes the zone of the
page's other times. How a written time is read is the business of `broadsheet.text.times`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.embedded import Embedded, Json
from broadsheet.extraction.metadata.head import Head
from broadsheet.extraction.metadata.lines import Lines, joined
from broadsheet.extraction.metadata.microdata import Items, value_of
from broadsheet.extraction.metadata.visible import read_date, visible_date
from broadsheet.text.times import parse_time

EARLIEST = 1990
"""No news page is older; what is, is a placeholder or the date of a photograph."""
AHEAD = timedelta(days=2)
"""How far in the future a published time may lie: zones and early stamps, not announcements."""

FIRST = ("article:published_time", "og:article:published_time", "article:published", "og:published_time")
PUBLISHED = (
    "datepublished", "date_published", "publishdate", "publish-date", "publish_date", "published_time", "pubdate",
    "published-date", "published_at", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "citation_publication_date", "citation_date",
    "article.published", "article:post_date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "rnews:datepublished", "originalpublicationdate", "ptime", "article_date_original", "dc.created", "og:pubdate",
    "og:publish_date", "og:release_date", "bt:pubdate", "date", "displaydate", "creation_date", "created",
    "timestamp", "prism.publicationdate", "eprints.date", "pub_date", "article-published-date", "release_date",
    "last_publish_date", "time", "date.created", "datecreated", "video:release_date", "article:create",
    "article:created", "vr:published_time", "mediator_published_time",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:updated_time", "og:modified_time", "article:modified", "datemodified",
    "date_modified", "last-modified", "lastmod", "dcterms.modified", "dc.date.modified", "modified_time",
    "revision_date", "updated_time", "date.modified", "article:update_time", "cxenseparse:modifiedtime",
    "dateupdated", "lastmodified", "article.updated", "updated",
)  # fmt: skip
_FIRST, _PUBLISHED, _MODIFIED = (
    {name: rank for rank, name in enumerate(names)} for names in (FIRST, PUBLISHED, MODIFIED)
)
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)$")

_STATE_NAME = re.compile(
    rb'"((?:first_?)?(?:date_?)?(?:published|publish|publication|created?)(?:_?(?:at|on|date|time))?)\\?"\s?:\s?\\?$',
    re.I,
)
_STATE_TIME = re.compile(rb"20\d\d-\d\d-\d\d[T ]?[\d:.]{0,12}(?:Z|[+-]\d\d:?\d\d)?")
MAX_STATE_TIMES = 2_000
"""Times in the state of one page that are looked at."""
_WRITTEN = re.compile(
    r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}\.? [^\W\d]{3,10}\.? \d{4}|[^\W\d]{3,10}\.? \d{1,2}, \d{4}"
)
_DATE_NAME = re.compile(r"publi(?:sh|cation)|pubdate|issued|release[_-]?date|date")
_OTHER_NAME = re.compile(r"modif|updat|expir|review|valid|publisher|birth|event|until|creat|index|build")
_DAY_FIRST = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])-(0[1-9]|1[0-2])-(20\d\d)(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_ADDRESS = re.compile(
    r"(?:/|[-_.](?=\d{4}[-/]\d{2}))((?:19|20)\d\d)[-/_]?(0[1-9]|1[0-2]|[1-9](?=[-/_]))[-/_]?(0[1-9]|[12]\d|3[01]|[1-9](?=/))(?![0-9])"
)


def choose_dates(
    tree: LexborHTMLParser,
    url: str,
    lines: Lines,
    head: Head,
    embedded: Embedded,
    items: Items,
    now: datetime,
) -> tuple[datetime | None, datetime | None]:
    """(published, modified), each aware or None. now: dates further ahead than two days are no news dates."""
    declared = list(_declared(embedded, head)) or _in_items(items, "datepublished")
    changed = list(_changed(embedded, head))
    zone = UTC if declared and all(map(_names_zone, declared + changed)) else _zone_of_page(head, embedded)
    written = date_in_address(url)
    published = _shown_of(declared, tree, lines, zone, now)
    modified = _first(changed, zone, now)
    if modified is None and published is None:
        modified = _first(_in_items(items, "datemodified"), zone, now)
    if published is None:
        published = (
            _first(_named_like_dates(head), zone, now)
            or _first(_behind_titles(head), zone, now)
            or _fallback(tree, written, lines, zone, now)
            or _first(_created(embedded), zone, now)
            or _first(_in_scripts(tree), zone, now)
            or modified
        )
    elif published.hour == published.minute == 0:
        published = _finer(published, declared, zone, now)
    if published is not None and written is not None:
        published = _in_local_zone(_not_after_address(published, written), written, lines)
    if modified is not None and published is not None and modified < published - timedelta(days=1):
        modified = None
    return published, modified


def _names_zone(value: str) -> bool:
    """Whether a written time says in which zone it is."""
    return value[-1:] == "Z" or (len(value) > 19 and value[-6] in "+-") or _OFFSET.search(value) is not None


def _shown_of(
    declared: list[str], tree: LexborHTMLParser, lines: Lines, zone: tzinfo, now: datetime
) -> datetime | None:
    """The first declared time; where declared times name different days, the one whose day readers see."""
    if len({value[:10] for value in declared}) == 1:
        declared = declared[:1]
    moments = [m for value in declared if (m := _first((value,), zone, now))]
    if not moments:
        return None
    # Site builders fill "Jun 24, 2025" in for the day on which the whole site was last published.
    doubtful = declared[0][:1].isalpha() and moments[0].hour == 0
    if not doubtful and len({m.date() for m in moments}) < 2:
        return moments[0]
    shown = visible_date(tree, lines, zone, now, far=False)
    same = next((m for m in moments if shown is not None and m.date() == shown.date()), None)
    if same is None and doubtful and shown is not None and shown < moments[0]:
        return shown
    # One clock claimed for two days is a local time once marked as UTC: the earlier claim cannot lie ahead.
    clocks = {(m.minute, m.second, m.utcoffset()) for m in moments}
    return same or (min(moments) if len(clocks) == 1 and moments[0].second else moments[0])


def _first(values: Iterable[str], zone: tzinfo, now: datetime) -> datetime | None:
    for value in values:
        moment = _exact(value, zone) or parse_time(value, zone=zone)
        if moment is not None and moment.year >= EARLIEST and moment <= now + AHEAD:
            return moment
    return None


def _exact(value: str, zone: tzinfo) -> datetime | None:
    """A full ISO 8601 time, which most pages write, at a tenth of the cost of reading any time; None for others."""
    if len(value) < 19 or value[4] != "-" or value[10] != "T":
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def _finer(day: datetime, values: Iterable[str], zone: tzinfo, now: datetime) -> datetime:
    """A time of the same day from another place of the page, where the first gave only the day."""
    for value in values:
        moment = _first((value,), zone, now)
        if moment is not None and (moment.hour or moment.minute) and moment.date() == day.date():
            return moment
    return day


def _declared(embedded: Embedded, head: Head) -> Iterator[str]:
    yield from _ld(embedded.article, "datePublished")
    yield from head.ranked(_FIRST)
    for item in embedded.objects:
        if item is not embedded.article and "datePublished" in item and "articleSection" not in item:
            yield from _ld(item, "datePublished")
    yield from head.ranked(_PUBLISHED)


def _named_like_dates(head: Head) -> Iterator[str]:
    """Metas of unknown systems whose name says that they hold the day of publication."""
    for name, values in head.metas.items():
        if _DATE_NAME.search(name) and not _OTHER_NAME.search(name):
            yield from values


def _behind_titles(head: Head) -> Iterator[str]:
    """Dates that stand behind the last mark of a title: "Headline | Site | 28.04.2023"."""
    for title in (head.first("og:title"), head.title):
        tail = title.rstrip()[-30:].rpartition("|")[2].strip()
        if _WRITTEN.fullmatch(tail):
            yield tail


def _in_items(items: Items, name: str) -> list[str]:
    return [value_of(node) for node in items.named(name)[:3]]


def _changed(embedded: Embedded, head: Head) -> Iterator[str]:
    yield from _ld(embedded.article, "dateModified")
    yield from head.ranked(_MODIFIED)
    for item in embedded.objects:
        if item is not embedded.article:
            yield from _ld(item, "dateModified")


def _created(embedded: Embedded) -> Iterator[str]:
    yield from _ld(embedded.article, "dateCreated")
    yield from _ld(embedded.article, "uploadDate")


def _in_scripts(tree: LexborHTMLParser) -> Iterator[str]:
    """Times under telling names in the state that scripts draw the page from, publication before creation."""
    raw = tree.raw_html or b""
    found: list[tuple[str, str]] = []
    at = raw.find(b'"20')
    for _ in range(MAX_STATE_TIMES):
        if at < 0:
            break
        value = _STATE_TIME.match(raw, at + 1)
        name = _STATE_NAME.search(raw, max(0, at - 40), at) if value is not None else None
        if value is not None and name is not None:
            found.append((name[1].decode().lower(), value[0].decode()))
        at = raw.find(b'"20', at + 1)
    for wanted in ("publ", "creat"):
        yield from (value for name, value in found if wanted in name)


def _ld(item: Json, name: str) -> Iterator[str]:
    value = item.get(name)
    for one in value if isinstance(value, list) else (value,):
        if isinstance(one, dict):
            one = one.get("@value")
        if isinstance(one, str | int | float) and not isinstance(one, bool):
            yield str(one)


def _zone_of_page(head: Head, embedded: Embedded) -> tzinfo:
    """The offset that the page's other times are written in, UTC if none names one."""
    for value in (
        *_ld(embedded.article, "dateModified"), *_ld(embedded.article, "datePublished"),
        *head.every("article:published_time", "article:modified_time", "og:updated_time"),
    ):  # fmt: skip
        found = _OFFSET.search(value)
        if found and int(found[2]) < 15:
            east = timedelta(hours=int(found[2]), minutes=int(found[3]) % 60)
            return timezone(east if found[1] == "+" else -east)
    return UTC


def _fallback(
    tree: LexborHTMLParser, written: datetime | None, lines: Lines, zone: tzinfo, now: datetime
) -> datetime | None:
    seen = visible_date(tree, lines, zone, now)
    if written is None or (seen is not None and abs((seen - written).days) <= 2):
        return seen
    return written


def _not_after_address(published: datetime, written: datetime) -> datetime:
    """An address keeps the day of first publication where a later import has set the declared time anew."""
    return written if published - written > timedelta(days=5) else published


def _in_local_zone(published: datetime, written: datetime, lines: Lines) -> datetime:
    """The same moment in the publisher's own zone, where the page shows its clock beside a time declared in UTC.

    Only asked where the address names the day before or after; the offset is the difference of the two clocks.
    """
    if published.utcoffset() or written.date() == published.date():
        return published
    for line in joined([*lines.before(40), *lines.after(60)]):
        shown = read_date(line, UTC, lines.language) if any(c.isdigit() for c in line) else None
        if shown is None or shown.date() != written.date() or shown.minute != published.minute:
            continue
        offset = shown.replace(second=0, microsecond=0) - published.replace(second=0, microsecond=0)
        if abs(offset) <= timedelta(hours=14):
            return published.astimezone(timezone(offset))
    return published


def date_in_address(url: str) -> datetime | None:
    """The day named in an address such as /2024/05/03/slug, as midnight UTC."""
    path = url.partition("//")[2].partition("?")[0].partition("#")[0]
    if not _YEAR.search(path):
        return None
    found = _IN_ADDRESS.search(path)
    backward = None if found else _DAY_FIRST.search(path)
    parts = found.groups() if found else backward.groups()[::-1] if backward else None
    if parts is None:
        return None
    try:
        made = datetime(int(parts[0]), int(parts[1]), int(parts[2]), tzinfo=UTC)
    except ValueError:
        return None
    return made if made.year >= EARLIEST else None
