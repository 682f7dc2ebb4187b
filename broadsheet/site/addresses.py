"""The public addresses, kept for good, and the words they are made of."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from broadsheet.site import feed_views, views


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


register_converter(Slug, "words")
register_converter(FeedForm, "form")
register_converter(Number, "number")

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
    path("sources", views.sources),
    path("sources/<words:slug>", views.source),
    path("sources/<words:slug>.<form:form>", feed_views.source),
    path("search", views.search),
    path("search.<form:form>", feed_views.search),
    path("about", views.about),
    path("corrections", views.corrections),
    path("how-we-choose", views.how_we_choose),
    path("robots.txt", views.robots),
]
