"""The addresses of the API, below /api/v1/."""

from __future__ import annotations

from django.urls import path, re_path

from broadsheet.site.api import openapi, views

urlpatterns = [
    path("", views.entrance),
    path("stories", views.stories),
    path("stories/<number:pk>", views.story),
    path("articles", views.articles),
    path("articles/<number:pk>", views.article),
    path("quotations", views.quotations),
    path("sources", views.sources),
    path("sources/<words:slug>", views.source),
    path("search", views.search),
    path("openapi.json", openapi.openapi),
    re_path(r"^(?P<rest>.*)$", views.nowhere),
]
