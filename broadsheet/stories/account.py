"""All that a story's page tells besides its list of reports, gathered in a fixed number of queries.

Words come only through `Displays`; numbers and times of what may not be named stay out with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from broadsheet.articles.displays import Displays
from broadsheet.articles.models import Article, Revision, Topic
from broadsheet.articles.queries import topics_with
from broadsheet.prepared import Prepared
from broadsheet.rights import Mode
from broadsheet.stories.edits import Edit, edits_of
from broadsheet.stories.models import Story, StoryChange
from broadsheet.stories.queries import told
from broadsheet.stories.quoting import speakers_of
from broadsheet.stories.relating import Beside, beside_story, topics_named
from broadsheet.stories.sayings import Speaker
from broadsheet.stories.spread import Spread, spread
from broadsheet.stories.summary import Sentence, summarize
from broadsheet.stories.timeline import Event, last_movement, timeline
from broadsheet.stories.weighing import WhyHere, why_here

REVISIONS = 40
"""Newest ones of a story that are compared with what came after them."""
CHANGES = 100
SUMMED = 12
"""Reports, the earliest, that a summary takes its sentences from."""


@dataclass(frozen=True, slots=True)
class StoryAccount:
    """events: oldest first. speakers: those most newsrooms carried first; topics: paths of their pages by person.

    edits: oldest first, corrections and silent ones, no mere additions. summary: empty where rights or reports do not
    suffice. spread: None below two outlets. continues: the older story this one carries on; continued_by: newer ones.
    headline_rule: why this headline, in words. about: the topics its reports name most. moved: the last event that was
    news.
    """

    speakers: tuple[Speaker, ...]
    topics: Mapping[str, str]
    events: tuple[Event, ...]
    edits: tuple[Edit, ...]
    moved: Event | None
    spread: Spread | None
    summary: tuple[Sentence, ...]
    why: WhyHere
    beside: tuple[Beside, ...]
    continues: Story | None
    continued_by: tuple[Story, ...]
    headline_rule: str
    about: tuple[Topic, ...]


def story_account(story: Story, members: Sequence[Article], displays: Displays, *, now: datetime) -> StoryAccount:
    """Thirteen queries at most.

    members: the story's articles, oldest first, each with publisher and membership. displays: made over them.
    """
    shown = [member for member in members if displays.of(member).mode > Mode.NONE]
    edits = [edit for edit in _edits(shown, displays) if edit.is_announced or edit.is_silent]
    others: Sequence[Story] = _CARRIED_ON(story.pk, story.continues_id or 0)
    continues = next((other for other in others if other.pk == story.continues_id), None)
    events = timeline(shown, edits, _CHANGES(story.pk, limit=CHANGES), continues=continues)
    speakers = speakers_of(shown, displays)
    about = topics_named(shown)
    return StoryAccount(
        speakers=tuple(speakers),
        topics=topics_with({speaker.person for speaker in speakers if speaker.person}),
        events=tuple(events),
        edits=tuple(edits),
        moved=last_movement(events),
        spread=spread(shown),
        summary=_summary(story, shown, displays),
        why=why_here(story, now=now),
        beside=tuple(beside_story(story, shown, about=about)),
        continues=continues,
        continued_by=tuple(other for other in others if other.continues_id == story.pk),
        headline_rule=headline_rule(story),
        about=tuple(about),
    )


def headline_rule(story: Story) -> str:
    """Whose headline the story bears, by the rule that `telling` follows, for readers."""
    if story.editors_headline:
        return _("written by an editor of this site")
    return _("the earliest independent report that we could read in full, in the language of most of the reports")


def _edits(members: Sequence[Article], displays: Displays) -> list[Edit]:
    changed = {member.pk: member for member in members if member.version > 1}
    revisions = _NEWEST_REVISIONS(sorted(changed), limit=REVISIONS)
    for revision in revisions:
        revision.article = changed[revision.article_id]
    return edits_of(displays, revisions)


_NEWEST_REVISIONS = Prepared(
    lambda articles, limit: Revision.objects.filter(article__in=articles).order_by("-replaced_at", "-pk")[:limit]
)
_CHANGES = Prepared(
    lambda story, limit: (
        StoryChange.objects.filter(story=story).select_related("article", "from_story").order_by("-at", "-pk")[:limit]
    )
)
_CARRIED_ON = Prepared(lambda story, older: told().filter(Q(pk=older) | Q(continues=story)).order_by("first_at"))


def _summary(story: Story, members: Sequence[Article], displays: Displays) -> tuple[Sentence, ...]:
    language = story.language.split("-")[0]
    own = [
        member
        for member in members
        if member.membership.original_id is None and member.language.split("-")[0] == language
    ][:SUMMED]
    return summarize([displays.of(member) for member in own], displays.blocks(own))
