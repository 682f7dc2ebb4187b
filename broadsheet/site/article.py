"""The page of one article, in the mode that its publisher's rights allow."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from broadsheet.articles.archive import authors_of
from broadsheet.articles.displays import Displayed, Displays
from broadsheet.articles.models import Article, Picture, Topic
from broadsheet.articles.queries import pictures_of, revisions_of
from broadsheet.comments.queries import counts_of
from broadsheet.readers.consent import may_load
from broadsheet.readers.embeds import Embed, embed_in
from broadsheet.readers.gate import GATED_TAG
from broadsheet.rights import Mode, Output
from broadsheet.site.account import Kin, kin_views
from broadsheet.site.authors import author_path
from broadsheet.site.cards import ArticleCard, PictureView, article_card, picture_view, story_cards, tag
from broadsheet.site.corrections import Edit, edits
from broadsheet.site.dress import named
from broadsheet.site.following import follow_path
from broadsheet.site.gates import GateView, gate_view
from broadsheet.site.head import Crumb, Head, absolute, chrome, is_public, tags_of
from broadsheet.site.structured import article_data, as_script, breadcrumb_data
from broadsheet.stories.models import Story
from broadsheet.stories.queries import reports_of
from broadsheet.stories.relating import beside_article, topics_named

OTHERS = 8
MEMBERS = 24
"""Reports of the story among which the others are looked for."""
RELATED = 4
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class EmbedView:
    """Something of another site's. path: where it can be loaded, if the operator lets readers do so."""

    embed: Embed
    path: str

    @property
    def may_load(self) -> bool:
        return may_load(self.embed.provider.name)


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block of a full text. html: sanitised inline markup. items: of lists. level: of subheadings, 2 to 4."""

    kind: str
    html: Markup
    items: tuple[Markup, ...] = ()
    is_ordered: bool = False
    level: int = 2
    at: datetime | None = None
    picture: PictureView | None = None
    caption: str = ""
    embed: EmbedView | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """A name of the byline. path: its page; empty without one."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """blocks: empty unless mode is full. others: further reports of the same story, one a publisher, oldest first.

    signers, agencies: who signs it, as the byline says. follow: where a reader follows its story.
    """

    head: Head
    article: Article
    shown: Displayed
    card: ArticleCard
    lead: PictureView | None
    has_hidden_picture: bool
    blocks: tuple[BlockView, ...]
    edits: tuple[Edit, ...]
    story: Story | None
    original: ArticleCard | None
    others: tuple[ArticleCard, ...]
    related: tuple[Kin, ...]
    about: tuple[Topic, ...]
    signers: tuple[Signer, ...]
    agencies: tuple[Signer, ...]
    follow: str
    comments: int
    gate: GateView | None

    @property
    def mode(self) -> str:
        return str(self.shown.mode)


def article_page(article: Article, *, now: datetime, opened: Collection[int] = ()) -> ArticlePage:
    """Sixteen queries at most besides the article's own, however long its story is.

    opened: the article's number, where its gate is open to the one reader this page is made for.
    """
    story = article.membership.story if hasattr(article, "membership") else None
    members = reports_of(story, MEMBERS) if story else []
    about = topics_named([article])
    beside_it = beside_article(article, story, about=about, limit=RELATED)
    leads = [one.story.lead for one in beside_it if one.story.lead is not None]
    rows = [article, *(one for one in members if one.pk != article.pk), *leads]
    displays = Displays(rows, Output.PAGE, now=now, opened=opened)
    shown = displays.of(article)
    pictures = pictures_of(article)
    kept = [picture for picture in pictures if picture.stored] if shown.image else []
    revisions = revisions_of([article.pk])[article.pk] if article.version > 1 else []
    lead = next((picture for picture in kept if picture.position == 0), None)
    cards = story_cards([one.story for one in beside_it], now=now, pictured=False, displays=displays)
    related = kin_views(beside_it, {card.id: card for card in cards})
    original, others = _original(article, members, displays), _others(article, members, displays)
    beside = {card.tag for card in [*others, *([original] if original else [])]}
    beside |= {tag for card in cards for tag in card.tags}
    paths = {author.name: author_path(author) for author in authors_of(article)} if shown.shows_headline else {}
    card = article_card(shown)
    signers = _signers(card.byline, paths)
    return ArticlePage(
        head=_head(article, displays, story, signers, beside, now),
        article=article,
        shown=shown,
        card=card,
        lead=picture_view(lead) if lead else None,
        has_hidden_picture=bool(pictures) and not kept,
        blocks=tuple(_blocks(shown, [picture for picture in kept if picture is not lead])),
        edits=tuple(edits(shown, revisions)),
        story=story,
        original=original,
        others=others,
        related=tuple(related),
        about=tuple(about) if shown.shows_headline else (),
        signers=signers,
        agencies=_signers(article.agencies if shown.shows_headline else "", paths),
        follow=follow_path("story", str(story.pk)) if story else "",
        comments=counts_of([story.pk]).get(story.pk, 0) if story else 0,
        gate=gate_view(shown.gate, article.pk) if shown.gate else None,
    )


def _head(
    article: Article,
    displays: Displays,
    story: Story | None,
    signers: Sequence[Signer],
    beside: set[str],
    now: datetime,
) -> Head:
    shown = displays.of(article)
    name = shown.headline or _("A report by %(publisher)s") % {"publisher": article.publisher.name}
    section = named(article.section) if article.section else None
    crumbs = [Crumb(section.name, section.path)] if section else []
    crumbs.append(Crumb(article.publisher.name, article.publisher.path, tag(article.publisher.language)))
    return Head(
        title=name,
        path=article.path,
        chrome=chrome(),
        now=now,
        description=shown.extract,
        canonical=article.address if shown.canonical_to_source else absolute(article.path),
        robots="index, follow" if shown.index or _is_harmless_sample(shown) else "noindex, follow",
        data=as_script(
            article_data(
                article,
                displays,
                authors=[(one.name, one.path) for one in signers],
                is_gated=shown.gate is not None,
            ),
            breadcrumb_data(crumbs, name),
        ),
        crumbs=tuple(crumbs),
        section=section.slug if section else "",
        tags=tags_of([article, *([story] if story else [])]) | beside | ({GATED_TAG} if shown.gate else set()),
    )


def _signers(names: str, paths: Mapping[str, str]) -> tuple[Signer, ...]:
    return tuple(Signer(name, paths.get(name, "")) for name in names.split(", ") if name)


def _is_harmless_sample(shown: Displayed) -> bool:
    """Our own invented report on a site that no search engine can reach: nothing speaks against listing it."""
    return shown.article.is_sample and shown.mode is Mode.FULL and not is_public()


def _original(article: Article, members: Sequence[Article], displays: Displays) -> ArticleCard | None:
    """What this article is a copy of."""
    membership = getattr(article, "membership", None)
    if membership is None or membership.original_id is None:
        return None
    found = next((member for member in members if member.pk == membership.original_id), None)
    return article_card(displays.of(found)) if found else None


def _others(article: Article, members: Sequence[Article], displays: Displays) -> tuple[ArticleCard, ...]:
    seen = {article.publisher_id}
    found = []
    for member in members:
        if member.publisher_id in seen or member.membership.original_id:
            continue
        shown = displays.of(member)
        if shown.mode > Mode.NONE:
            seen.add(member.publisher_id)
            found.append(article_card(shown))
    return tuple(found[:OTHERS])


def _blocks(shown: Displayed, pictures: Sequence[Picture]) -> list[BlockView]:
    by_address = {picture.address: picture for picture in pictures}
    return [
        BlockView("embed", Markup(""), embed=EmbedView(found, player_path(shown.article.pk, place)))
        if (found := embed_in(block)) is not None
        else _block(block, by_address)
        for place, block in enumerate(shown.blocks())
    ]


def player_path(article: int, place: int) -> str:
    return f"/player/{article}/{place}"


def _block(block: dict[str, Any], pictures: dict[str, Picture]) -> BlockView:
    kind, text = str(block.get("kind", "")), str(block.get("text", ""))
    # Extraction hands out sanitised inline markup beside the plain words; without it, the plain words are escaped.
    html = Markup(block["html"]) if block.get("html") else Markup.escape(text)  # noqa: S704
    match kind:
        case "list":
            is_ordered = html.startswith("<ol>")
            return BlockView(kind, html, items=tuple(_items(block.get("html") or "", text)), is_ordered=is_ordered)
        case "subheading":
            return BlockView(kind, html, level=min(max(int(block.get("level") or 2), 2), 4))
        case "entry":
            return BlockView(kind, html, at=_moment(block.get("time")))
        case "figure":
            address = str((block.get("image") or {}).get("address", ""))
            picture = pictures.get(address)
            view = picture_view(picture, position=picture.position) if picture else None
            return BlockView(kind, html, picture=view, caption=text)
    return BlockView(kind, html)


def _items(html: str, text: str) -> list[Markup]:
    marked = _ITEM.findall(html)
    if marked:
        return [Markup(item) for item in marked]  # noqa: S704  # sanitised by extraction, as all its markup
    return [Markup.escape(line) for line in text.split("\n") if line.strip()]


def _moment(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else None
