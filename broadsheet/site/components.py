"""Every component of the pages in every state, with invented matter: to look at them side by side, and for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from broadsheet.articles.models import Section
from broadsheet.notices.models import NoticeKind
from broadsheet.site.account import Kin, SayingView
from broadsheet.site.assets import asset_path
from broadsheet.site.cards import ArticleCard, PictureView, StoryCard
from broadsheet.site.corrections import Edit
from broadsheet.site.head import Chrome, Crumb, Head
from broadsheet.site.lists import Pager
from broadsheet.sources.models import Publisher
from broadsheet.stories.edits import Span


@dataclass(frozen=True, slots=True)
class Shown:
    """A component in one state. about: what the state is."""

    about: str
    card: ArticleCard


@dataclass(frozen=True, slots=True)
class Told:
    about: str
    card: StoryCard


@dataclass(frozen=True, slots=True)
class ComponentsPage:
    head: Head
    stories: tuple[Told, ...]
    rivers: tuple[Shown, ...]
    edits: tuple[Edit, ...]
    sayings: tuple[SayingView, ...]
    kin: tuple[Kin, ...]
    pagers: tuple[Pager, ...]
    kinds: tuple[tuple[str, str], ...]
    bars: tuple[tuple[str, int, int], ...]


def components_page(*, now: datetime) -> ComponentsPage:
    """Without a query."""
    latin, arabic, chinese = _articles(now)
    section = Section(pk=1, slug="politics", name="Politics")
    story = _story(latin)
    around = Chrome((section, Section(pk=2, slug="world", name="World")), True)
    return ComponentsPage(
        head=Head(
            title=_("Components"),
            path="/-/components",
            chrome=around,
            now=now,
            robots="noindex",
            crumbs=(Crumb(_("About"), "/about"), Crumb("منارة سهيل", "/about", "ar")),
            section="politics",
        ),
        stories=(
            Told("many reports", story),
            Told("one report", replace(story, independents=1, outlets=1)),
            Told("two outlets, one report of its own", replace(story, independents=1, outlets=2)),
            Told("with a picture", replace(story, picture=_picture())),
            Told("from right to left", _story(arabic)),
            Told("Chinese", _story(chinese)),
            Told("without an extract", replace(story, extract="")),
        ),
        rivers=(
            Shown("open", latin),
            *(Shown(wall, replace(latin, wall=wall)) for wall in ("registration", "subscription", "metered")),
            Shown("a link only", replace(latin, is_link=True, headline="", byline="")),
            Shown("from right to left", arabic),
            Shown("Chinese", chinese),
            Shown("days old", replace(latin, at=now - timedelta(days=400))),
            Shown("a long word", replace(latin, headline="Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 2)),
        ),
        edits=tuple(_edits(latin, now)),
        sayings=(_saying(latin, now), _saying(arabic, now, text="أبحرت العبارة من جديد", others=(latin,) * 6)),
        kin=(Kin(story, _("Same section"), ()), Kin(story, _("Named together with"), ("Ada Lund", "منارة سهيل"))),
        pagers=(Pager(1, "", "/a"), Pager(2, "/a", "/b"), Pager(3, "/a", ""), Pager(1, "", "")),
        kinds=tuple((value, str(label)) for value, label in NoticeKind.choices),
        bars=(("DE", 9, 4), ("FR", 3, 0), ("", 1, 1)),
    )


def _articles(now: datetime) -> tuple[ArticleCard, ArticleCard, ArticleCard]:
    courier = Publisher(
        pk=1, slug="harbor-courier", name="The Harbor Courier", language="en", home="https://courier.example"
    )
    latin = ArticleCard(
        id=1,
        path="/articles/1-ferry",
        address="https://courier.example/ferry",
        headline="Ferry line to the Skerries reopens after nine days",
        language="en",
        direction="ltr",
        extract="The ferry sails again. Nobody had expected it before Monday, least of all those who waited.",
        publisher=courier,
        byline="Ilse Brandt",
        at=now - timedelta(minutes=12),
        kind="news",
        wall="",
        picture=None,
        is_link=False,
    )
    lighthouse = Publisher(pk=2, slug="منارة-سهيل", name="منارة سهيل", language="ar", home="https://manara.example")
    arabic = replace(
        latin,
        id=2,
        path="/articles/2-عودة",
        headline="عودة العبارة Skerry Line إلى الجزر بعد تسعة أيام",
        language="ar",
        direction="rtl",
        extract="أبحرت العبارة من جديد.",
        publisher=lighthouse,
        byline="سهى النجار",
    )
    lamp = Publisher(pk=3, slug="灯塔报", name="灯塔报", language="zh", home="https://dengta.example")
    chinese = replace(
        latin,
        id=3,
        path="/articles/3-渡轮",
        headline="渡轮停航九天后恢复通航",
        language="zh",
        publisher=lamp,
        byline="林岚",
    )
    return latin, arabic, chinese


def _story(card: ArticleCard) -> StoryCard:
    return StoryCard(
        id=card.id,
        path=f"/stories/{card.id}-ferry",
        headline=card.headline,
        language=card.language,
        direction=card.direction,
        extract=card.extract,
        publisher=card.publisher,
        independents=9,
        outlets=14,
        moved_at=card.at,
        picture=None,
        lead_id=card.id,
    )


def _edits(card: ArticleCard, now: datetime) -> Sequence[Edit]:
    change = (
        Span("gap", "…"),
        Span("same", "The line is "),
        Span("removed", "1,410"),
        Span("added", "1,140"),
        Span("same", " kilometers long."),
    )
    silent = Edit(card, 1, now - timedelta(hours=2), "text", False, (change,), 0)
    return silent, replace(silent, number=2, kind="correction", is_announced=True, changes=(change, change), further=3)


def _saying(
    card: ArticleCard, now: datetime, text: str = "We sail on Monday", others: tuple[ArticleCard, ...] = ()
) -> SayingView:
    return SayingView(text, card.language, card.direction, bool(others), now, card, others, ())


def _picture() -> PictureView:
    return PictureView(
        path=asset_path("icon.svg"),
        width=1200,
        height=675,
        alt="A white ferry at its pier",
        caption="The ferry at its pier",
        credit="Jon Vik",
    )
