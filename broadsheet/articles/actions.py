"""Writes of the articles' room: what a page told becomes an article, a new revision, or nothing new.

Everything can be run twice: an article arrives once, however many addresses lead to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction

from broadsheet.articles.models import (
    Article,
    ArticleState,
    Author,
    Body,
    Byline,
    Picture,
    PictureState,
    Revision,
    Section,
)
from broadsheet.articles.revisions import Change, announces_correction, digest, judge_change
from broadsheet.articles.sections import find_section, sections
from broadsheet.extraction.article import Article as Extracted
from broadsheet.extraction.article import Image, Verdict
from broadsheet.finished.actions import purge
from broadsheet.sources.keys import page_key
from broadsheet.sources.models import Publisher, Source
from broadsheet.text.addresses import AddressError, canonical, same_site
from broadsheet.text.languages import direction
from broadsheet.text.slugs import slug as slugify

HEADLINE_CHARACTERS = 500
STANDFIRST_CHARACTERS = 2_000
ADDRESS_CHARACTERS = 2_000
PICTURES_PER_ARTICLE = 60
FUTURE_ALLOWED = timedelta(minutes=10)
"""Clocks differ; a publication further ahead than this is taken as a mistake and clamped to first seen."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the way here found out about one page.

    address: where the page was found after all redirects. announced: title, summary, authors, published … as the
    source told them. signals: reservations of page, response and host together. may_keep: whether the text may be
    stored (`rights.decide` for output `store`). may_show_pictures: whether its pictures are worth fetching. read_by:
    digest of the operator's rules for the page.
    """

    publisher: Publisher
    source: Source | None
    address: str
    extracted: Extracted
    announced: Mapping[str, Any]
    signals: Mapping[str, str]
    may_keep: bool
    may_show_pictures: bool = False
    read_by: str = ""


class Outcome(StrEnum):
    NEW = "new"
    REVISED = "revised"
    REREAD = "reread"
    """By other rules of the operator: what changed was not its publisher's doing."""
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Stored:
    article: Article
    outcome: Outcome


def identify(report: Report) -> tuple[str, str]:
    """(key, canonical address) of the article a page holds.

    The page's own canonical address counts where it lies on the same site and names a page, not the home page;
    a foreign one says whose text this is, not which page it is.
    """
    claimed = report.extracted.canonical
    try:
        if claimed and same_site(claimed, report.address):
            own = canonical(claimed)
            if own.count("/") > 2 and not own.endswith(("://", "/index.html")) and own.split("/", 3)[3]:
                return page_key(own), claimed
    except AddressError:
        pass
    return page_key(report.address), claimed or canonical(report.address)


@transaction.atomic
def store_article(report: Report, *, now: datetime) -> Stored:
    """Create the article, or note a new revision of it. Purges what shows it."""
    key, canonical_address = identify(report)
    existing = Article.objects.select_for_update().filter(key=key).first()
    if existing is not None and existing.publisher_id != report.publisher.pk:
        # Another publisher's page under the same address cannot be: the first one keeps it.
        return Stored(existing, Outcome.UNCHANGED)
    values = _values(report, key, canonical_address, now, existing)
    blocks = [_block(block) for block in report.extracted.blocks] if report.may_keep else []
    values["digest"] = digest(values["headline"], _texts(blocks))
    if existing is None:
        article = Article.objects.create(**values, first_seen_at=now)
        Body.objects.create(article=article, blocks=blocks, receipt=_receipt(report.extracted))
        outcome = Outcome.NEW
    else:
        article, outcome = existing, _revise(existing, values, blocks, report, now)
        if outcome is Outcome.UNCHANGED:
            return Stored(article, outcome)
    _store_bylines(article, report.extracted)
    _store_pictures(article, report)
    purge(_tags(article))
    return Stored(article, outcome)


@transaction.atomic
def store_announcement(
    *,
    publisher: Publisher,
    source: Source | None,
    address: str,
    announced: Mapping[str, Any],
    signals: Mapping[str, str],
    now: datetime,
) -> Stored | None:
    """Keep what the source told of a page that may not be read: headline, link, date. None without a headline."""
    headline = _fold(announced.get("title", ""))[:HEADLINE_CHARACTERS]
    key = page_key(address)
    if not headline:
        return None
    existing = Article.objects.filter(key=key).first()
    if existing is not None:
        return Stored(existing, Outcome.UNCHANGED)
    published = _announced_time(announced, "published")
    language = announced.get("language") or publisher.language or "und"
    article = Article.objects.create(
        key=key,
        address=address[:ADDRESS_CHARACTERS],
        canonical=address[:ADDRESS_CHARACTERS],
        publisher=publisher,
        source=source,
        state=ArticleState.ANNOUNCED,
        slug=slugify(headline),
        headline=headline,
        summary=_fold(announced.get("summary", ""))[:STANDFIRST_CHARACTERS],
        byline=", ".join(announced.get("authors", []))[:500],
        language=language,
        direction=direction(language, headline),
        section=_section(announced.get("section", ""), address, source),
        publishers_section=str(announced.get("section", ""))[:100],
        signals=dict(signals),
        published_at=published,
        shown_at=_shown_at(published, now),
        first_seen_at=now,
        is_sample=publisher.is_sample,
    )
    purge(_tags(article))
    return Stored(article, Outcome.NEW)


def ensure_sections() -> None:
    """Bring the table of sections in line with `sections.toml`; operators' own sections stay."""
    for position, section in enumerate(sections()):
        Section.objects.get_or_create(slug=section.slug, defaults={"name": section.name, "position": position})


def _revise(
    article: Article, values: dict[str, Any], blocks: list[dict[str, Any]], report: Report, now: datetime
) -> Outcome:
    by_other_rules = values["read_by"] != article.read_by
    if values["digest"] == article.digest and not by_other_rules:
        if article.signals != values["signals"]:
            article.signals = values["signals"]
            article.save(update_fields=["signals"])
            purge(_tags(article))
        return Outcome.UNCHANGED
    body = Body.objects.filter(article=article).first()
    old_blocks: list[dict[str, Any]] = body.blocks if body is not None else []
    old_texts, new_texts = _texts(old_blocks), _texts(blocks)
    change = judge_change((article.headline, old_texts), (values["headline"], new_texts))
    if article.state == ArticleState.LIVE and values["state"] != ArticleState.LIVE:
        # A page that has become a wall, an error or a fragment says nothing about the article we hold.
        return Outcome.UNCHANGED
    if change is Change.REVISION and article.state == ArticleState.LIVE and not by_other_rules:
        Revision.objects.create(
            article=article,
            number=article.version,
            headline=article.headline,
            standfirst=article.standfirst,
            blocks=old_blocks,
            updated_at=article.updated_at,
            seen_at=article.revisions.order_by("-number").values_list("replaced_at", flat=True).first()
            or article.first_seen_at,
            replaced_at=now,
            is_announced=announces_correction(
                old_texts + _left_out(body.receipt if body is not None else {}),
                new_texts + _left_out(_receipt(report.extracted)),
            ),
        )
        values["version"] = article.version + 1
    # Even white space moves the places of quotations.
    values["grouped_at"] = None
    if article.state == ArticleState.REMOVED:
        values["state"] = ArticleState.REMOVED
    # The first date of publication seen stays: publishers move it to lift old reports.
    values["published_at"] = article.published_at or values["published_at"]
    values["shown_at"] = article.shown_at
    for name, value in values.items():
        setattr(article, name, value)
    article.save()
    Body.objects.update_or_create(article=article, defaults={"blocks": blocks, "receipt": _receipt(report.extracted)})
    if by_other_rules:
        return Outcome.REREAD
    return Outcome.REVISED if change is Change.REVISION else Outcome.UNCHANGED


def _values(
    report: Report, key: str, canonical_address: str, now: datetime, existing: Article | None
) -> dict[str, Any]:
    extracted, announced = report.extracted, report.announced
    is_good = extracted.receipt.verdict is Verdict.GOOD
    headline = _headline(report, is_good=is_good)
    published = extracted.published or _announced_time(announced, "published")
    language = extracted.language if extracted.language != "und" else announced.get("language", "")
    language = language or report.publisher.language or "und"
    offset = published.utcoffset() if published else None
    section_name = extracted.section or str(announced.get("section", ""))
    return {
        "key": key,
        "address": report.address[:ADDRESS_CHARACTERS],
        "canonical": canonical_address[:ADDRESS_CHARACTERS],
        "publisher": report.publisher,
        "source": existing.source if existing is not None else report.source,
        "state": ArticleState.LIVE if is_good else ArticleState.HELD,
        "slug": slugify(headline),
        "headline": headline,
        "standfirst": extracted.standfirst[:STANDFIRST_CHARACTERS],
        "summary": _fold(announced.get("summary", ""))[:STANDFIRST_CHARACTERS],
        "byline": ", ".join(extracted.authors or announced.get("authors", []))[:500],
        "agencies": ", ".join(extracted.agencies)[:200],
        "language": language[:35],
        "direction": direction(language, headline),
        "section": _section(section_name, report.address, report.source),
        "publishers_section": section_name[:100],
        "kind": str(extracted.kind),
        "access": str(extracted.access),
        "licence": extracted.licence[:300],
        "signals": dict(report.signals),
        "published_at": published,
        "published_offset_min": int(offset.total_seconds() // 60) if offset is not None else None,
        "updated_at": extracted.modified or _announced_time(announced, "updated"),
        "shown_at": _shown_at(published, now),
        "words": len(extracted.text.split()),
        "score": extracted.receipt.score,
        "read_by": report.read_by,
        "is_sample": report.publisher.is_sample,
    }


def _headline(report: Report, *, is_good: bool) -> str:
    """Of a doubtful page, which may be a wall or a consent form, the source's own words are believed first."""
    of_page, of_source = report.extracted.headline, report.announced.get("title", "")
    found = (of_page or of_source) if is_good else (of_source or of_page)
    return _fold(found or report.address)[:HEADLINE_CHARACTERS]


def _shown_at(published: datetime | None, now: datetime) -> datetime:
    return published if published is not None and published <= now + FUTURE_ALLOWED else now


def _announced_time(announced: Mapping[str, Any], name: str) -> datetime | None:
    value = announced.get(name)
    return datetime.fromisoformat(value) if value else None


def _section(name: str, address: str, source: Source | None) -> Section | None:
    slug = find_section(name, address, source.section if source is not None else "")
    return Section.objects.filter(slug=slug).first() if slug else None


def _block(block: Any) -> dict[str, Any]:
    packed = {name: value for name, value in asdict(block).items() if value}
    packed["kind"] = str(block.kind)
    if block.time is not None:
        packed["time"] = block.time.isoformat()
    return packed


def _texts(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    return [block["text"] for block in blocks if block.get("text")]


def _receipt(extracted: Extracted) -> dict[str, Any]:
    return asdict(extracted.receipt)


def _left_out(receipt: Mapping[str, Any]) -> list[str]:
    """Beginnings of what stood beside the text: notes of corrections often do."""
    return [omission["excerpt"] for omission in receipt.get("omitted", ())]


def _store_bylines(article: Article, extracted: Extracted) -> None:
    names = [(name, False) for name in extracted.authors] + [(name, True) for name in extracted.agencies]
    Byline.objects.filter(article=article).delete()
    bylines = []
    for position, (name, is_agency) in enumerate(names[:20]):
        author, _ = Author.objects.get_or_create(
            slug=slugify(name)[:120] or page_key("https://author.invalid/" + name)[:12],
            defaults={"name": name[:200], "is_agency": is_agency},
        )
        bylines.append(Byline(article=article, author=author, position=position))
    Byline.objects.bulk_create(bylines)


def _store_pictures(article: Article, report: Report) -> None:
    lead = report.extracted.image
    others = [block.image for block in report.extracted.blocks if block.image is not None]
    pictures = [image for image in [lead] if image is not None]
    pictures += [image for image in others if lead is None or image.address != lead.address]
    kept = {picture.address: picture for picture in Picture.objects.filter(article=article, state=PictureState.STORED)}
    Picture.objects.filter(article=article).delete()
    Picture.objects.bulk_create(
        [
            _picture(article, position, image, kept.get(image.address), wanted=report.may_show_pictures)
            for position, image in enumerate(pictures[:PICTURES_PER_ARTICLE])
        ]
    )


def _picture(article: Article, position: int, image: Image, kept: Picture | None, *, wanted: bool) -> Picture:
    picture = Picture(
        article=article,
        position=position,
        address=image.address[:ADDRESS_CHARACTERS],
        caption=image.caption,
        credit=image.credit[:300],
        alt=image.alt,
        width=image.width,
        height=image.height,
        state=PictureState.WANTED if wanted else PictureState.UNWANTED,
    )
    if kept is not None:
        picture.state, picture.stored = PictureState.STORED, kept.stored
        picture.width, picture.height = kept.width, kept.height
    return picture


@transaction.atomic
def record_picture(picture: Picture, *, name: str, width_px: int, height_px: int) -> None:
    """A picture was fetched and lies in our folder; an empty name says that it cannot be had."""
    picture.state = PictureState.STORED if name else PictureState.FAILED
    picture.stored = name
    if name:
        picture.width, picture.height = width_px, height_px
    picture.save(update_fields=["state", "stored", "width", "height"])
    purge([picture.article.tag])


def _tags(article: Article) -> list[str]:
    tags = [article.tag, article.publisher.tag, "latest"]
    if article.section is not None:
        tags.append(article.section.tag)
    return tags


def _fold(text: str) -> str:
    return " ".join(str(text).split())
