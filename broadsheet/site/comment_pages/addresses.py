"""The addresses of conversations. Those below /my are one reader's own."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from broadsheet.comments.queries import Order
from broadsheet.site.comment_pages import feed, reading, reporting, writing
from broadsheet.site.reader_pages import folds


class OrderName(StringConverter):
    regex = "|".join(Order)


class Cursor(StringConverter):
    regex = r"[0-9]{1,16}-[0-9]{1,19}"


class Receipt(StringConverter):
    regex = r"[\w-]{32}"


register_converter(OrderName, "order")
register_converter(Cursor, "cursor")
register_converter(Receipt, "receipt")

urlpatterns = [
    path("stories/<number:pk>/comments", reading.conversation),
    path("stories/<number:pk>-<words:slug>/comments", reading.conversation),
    path("stories/<number:pk>-<words:slug>/comments/<order:order>", reading.conversation),
    path("stories/<number:pk>-<words:slug>/comments/<order:order>/<cursor:after>", reading.conversation),
    path("stories/<number:pk>/comments.<form:form>", feed.comments),
    path("stories/<number:pk>-<words:slug>/comments.<form:form>", feed.comments),
    path("comments/rules", reading.rules),
    path("comments/counts", reading.counts),
    path("comments/by/<str:shape>", reading.writer),
    path("comments/<number:pk>", reading.comment),
    path("comments/<number:pk>/from/<number:start>", reading.comment),
    path("comments/<number:pk>/report", reporting.report),
    path("comments/reports/<receipt:key>", reporting.receipt),
    path("my/stories/<number:pk>/comments", folds.conversation),
    path("my/stories/<number:pk>/comments/<order:order>", folds.conversation),
    path("my/stories/<number:pk>/comments/<order:order>/<cursor:after>", folds.conversation),
    path("my/comments", writing.mine),
    path("my/comments/write", writing.write),
    path("my/comments/name", writing.name),
    path("my/comments/<number:pk>/edit", writing.edit),
    path("my/comments/<number:pk>/delete", writing.delete),
    path("my/comments/<number:pk>/about", writing.useful),
    path("my/comments/<number:pk>/ignore", writing.ignore_writer),
    path("my/comments/decisions/<number:pk>", reporting.decision),
]
