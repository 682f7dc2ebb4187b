"""The desk's addresses."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from broadsheet.desk import answers, audience, comments, editions, gate, letters, objections, post
from broadsheet.environment import LANGUAGES
from broadsheet.letters.previewing import DARK, LIGHT


class Queue(StringConverter):
    regex = "|".join(comments.QUEUES)


class Theme(StringConverter):
    regex = f"{LIGHT}|{DARK}"


class Spoken(StringConverter):
    """A language of the interface."""

    regex = "|".join(LANGUAGES)


register_converter(Queue, "queue")
register_converter(Theme, "theme")
register_converter(Spoken, "spoken")

urlpatterns = [
    path("desk/audience", audience.audience),
    path("desk/audience/<words:slug>.csv", audience.report),
    path("desk/gate", gate.gate),
    path("desk/objections", objections.queue),
    path("desk/letters", letters.letters),
    path("desk/letters/new", letters.new),
    path("desk/letters/sections", letters.of_section),
    path("desk/letters/of/<words:slug>", letters.letter),
    path("desk/letters/why", letters.why),
    path("desk/letters/lists", letters.lists),
    path("desk/letters/subscribers.csv", letters.export),
    path("desk/editions", editions.editions),
    path("desk/editions/new", editions.start),
    path("desk/editions/<number:pk>", editions.edition),
    path("desk/editions/<number:pk>/preview", editions.previews),
    path("desk/editions/<number:pk>/preview/<spoken:language>", editions.previews),
    path("desk/editions/<number:pk>/mail/<theme:theme>", editions.mail),
    path("desk/editions/<number:pk>/mail/<theme:theme>/<spoken:language>", editions.mail),
    path("desk/post", post.post),
    path("desk/post/<number:pk>", post.act),
    path("desk/post/returns/<str:kind>", post.returns),
    path("desk/comments", comments.queue),
    path("desk/comments/<queue:name>", comments.queue),
    path("desk/comments/act", comments.act),
    path("desk/comments/rules", comments.rules),
    path("desk/comments/answers", answers.answers),
    path("desk/comments/counts", comments.counts),
    path("desk/comments/statements.csv", comments.export),
    path("desk/comments/<number:pk>", comments.comment),
    path("desk/comments/<number:pk>/trusted", comments.trusted),
    path("desk/comments/stories/<number:story>", comments.thread),
    path("desk/comments/objections/<number:pk>", comments.objection),
    path("desk/comments/decisions/<number:pk>", comments.agree),
]
