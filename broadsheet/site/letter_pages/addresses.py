"""The addresses of letters. Those with a secret in them are one subscriber's own."""

from __future__ import annotations

from django.urls import path

from broadsheet.site.letter_pages import archive, asking, choosing, hooks, leaving

urlpatterns = [
    path("letters", asking.letters),
    path("letters/stories/<number:pk>", asking.story),
    path("letters/ask", asking.ask),
    path("letters/asked", asking.asked),
    path("letters/confirm/<str:token>", asking.confirming),
    path("letters/settings/<str:key>", choosing.by_link),
    path("letters/settings/<str:key>/data.json", choosing.export),
    path("letters/leave/<str:token>", leaving.leaving),
    path("letters/hooks/<str:provider>", hooks.hook),
    path("letters/<words:slug>", archive.letter),
    path("letters/<words:slug>.<form:form>", archive.feed),
    path("letters/<words:slug>/<number:issue>", archive.edition),
    path("letters/<words:slug>/before/<number:before>", archive.letter),
    path("my/letters", choosing.by_account),
]
