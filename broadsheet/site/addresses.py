"""The public addresses, kept for good, and the words they are made of."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from broadsheet.site import feed_views, notice_views, policy_views, reading_views, views


class Slug(StringConverter):
    """Letters and digits of any script, and hyphens."""

    regex = r"[-\w]+"


class FeedForm(StringConverter):
    regex = r"atom|rss|json"


class Number:
    """A row's number, at most what a database can hold."""

    regex = r"[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Sheet(StringConverter):
    """A further view of an article or story."""

    regex = r"reading|print|versions"


class Reported(StringConverter):
    """What a problem can be reported about."""

    regex = r"articles|stories"


class Digits:
    """Months and days."""

    regex = r"[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02}"


class Year(Digits):
    regex = r"[12][0-9]{3}"


register_converter(Slug, "words")
register_converter(FeedForm, "form")
register_converter(Number, "number")
register_converter(Sheet, "sheet")
register_converter(Reported, "reported")
register_converter(Digits, "two")
register_converter(Year, "year")

public = [
    path("", views.front),
    path("index.<form:form>", feed_views.front),
    path("latest", views.latest),
    path("latest.<form:form>", feed_views.latest),
    path("sections", views.sections),
    path("sections/<words:slug>", views.section),
    path("sections/<words:slug>.<form:form>", feed_views.section),
    path("topics/<words:slug>", views.topic),
    path("topics/<words:slug>.<form:form>", feed_views.topic),
    path("stories/<number:pk>", views.story),
    path("stories/<number:pk>-<words:slug>", views.story),
    path("stories/<number:pk>.<form:form>", feed_views.story),
    path("stories/<number:pk>-<words:slug>.<form:form>", feed_views.story),
    path("articles/<number:pk>", views.article),
    path("articles/<number:pk>-<words:slug>", views.article),
    path("stories/<number:pk>/<sheet:view>", reading_views.story_view),
    path("stories/<number:pk>-<words:slug>/<sheet:view>", reading_views.story_view),
    path("articles/<number:pk>/<sheet:view>", reading_views.article_view),
    path("articles/<number:pk>-<words:slug>/<sheet:view>", reading_views.article_view),
    path("<reported:kind>/<number:pk>/report", notice_views.report),
    path("<reported:kind>/<number:pk>-<words:slug>/report", notice_views.report),
    path("authors/<words:slug>", reading_views.author),
    path("authors/<words:slug>.<form:form>", feed_views.author),
    path("archive", reading_views.archive),
    path("archive/<year:year>/<two:month>", reading_views.archive_month),
    path("archive/<year:year>/<two:month>/<two:day>", reading_views.archive_day),
    path("archive/<year:year>/<two:month>/<two:day>.<form:form>", feed_views.day),
    path("sources", views.sources),
    path("sources/<words:slug>", views.source),
    path("sources/<words:slug>.<form:form>", feed_views.source),
    path("search", views.search),
    path("search.<form:form>", feed_views.search),
    path("search/suggestions", views.suggestions),
    path("about", views.about),
    path("imprint", policy_views.imprint),
    path("privacy", policy_views.privacy),
    path("terms", policy_views.terms),
    path("accessibility", policy_views.accessibility),
    path("-/components", policy_views.components),
    path("corrections", views.corrections),
    path("how-we-choose", views.how_we_choose),
    path("robots.txt", views.robots),
]
