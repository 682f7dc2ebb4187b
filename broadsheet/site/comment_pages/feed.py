"""The feed of a conversation: comments whole, newest first."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.comments import markup
from broadsheet.comments.models import Comment
from broadsheet.comments.queries import latest
from broadsheet.site.comment_pages.reading import named
from broadsheet.site.feed_views import write_feed
from broadsheet.site.feeds import ENTRIES, Entry, Feed
from broadsheet.site.head import absolute
from broadsheet.stories.queries import story_for_page


@require_safe
def comments(_request: HttpRequest, pk: int, form: str, slug: str = "") -> HttpResponse:  # noqa: ARG001  # any slug leads here
    story = story_for_page(pk)
    if story is None:
        raise Http404
    story = story.merged_into or story
    now = timezone.now()
    headline, language, _direction = named(story, now)
    entries = tuple(_entry(comment) for comment in latest(story, limit=ENTRIES))
    path = f"{story.path}/comments"
    feed = Feed(
        title=_("Comments: %(headline)s") % {"headline": headline},
        path=iri_to_uri(path),
        home=absolute(path),
        language=language,
        updated=max((entry.updated for entry in entries), default=now),
        entries=entries,
        tags=frozenset({story.tag}),
    )
    return write_feed(feed, form)


def _entry(comment: Comment) -> Entry:
    name = comment.name or _("name removed")
    words = markup.to_text(comment.markdown)
    return Entry(
        id=absolute(comment.path),
        address=absolute(comment.path),
        via="",
        title=f"{name}: {' '.join(words.split())[:80]}",
        language="" if comment.language == "und" else comment.language,
        summary=words,
        author=name,
        publisher=name,
        publisher_home="",
        rights="",
        published=comment.posted_at,
        updated=comment.edited_at or comment.posted_at,
    )
