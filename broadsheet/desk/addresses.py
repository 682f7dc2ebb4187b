"""The desk's addresses."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from broadsheet.desk import audience, comments


class Queue(StringConverter):
    regex = "|".join(comments.QUEUES)


register_converter(Queue, "queue")

urlpatterns = [
    path("desk/audience", audience.audience),
    path("desk/audience/<words:slug>.csv", audience.report),
    path("desk/comments", comments.queue),
    path("desk/comments/<queue:name>", comments.queue),
    path("desk/comments/act", comments.act),
    path("desk/comments/rules", comments.rules),
    path("desk/comments/counts", comments.counts),
    path("desk/comments/statements.csv", comments.export),
    path("desk/comments/<number:pk>", comments.comment),
    path("desk/comments/<number:pk>/trusted", comments.trusted),
    path("desk/comments/stories/<number:story>", comments.thread),
    path("desk/comments/objections/<number:pk>", comments.objection),
    path("desk/comments/decisions/<number:pk>", comments.agree),
]
