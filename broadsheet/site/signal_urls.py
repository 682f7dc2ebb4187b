"""The addresses of the site's own signals."""

from __future__ import annotations

from django.urls import path

from broadsheet.site import signal_views as views

urlpatterns = [
    path("sitemap.xml", views.sitemap_index),
    path("sitemaps/pages.xml", views.sitemap_pages),
    path("sitemaps/stories-<number:number>.xml", views.sitemap, {"kind": "stories"}),
    path("sitemaps/topics-<number:number>.xml", views.sitemap, {"kind": "topics"}),
    path("sitemaps/articles-<number:number>.xml", views.sitemap, {"kind": "articles"}),
    path("sitemaps/editions-<number:number>.xml", views.sitemap, {"kind": "editions"}),
    path("sitemaps/news-<number:number>.xml", views.sitemap, {"kind": "news"}),
    path(".well-known/tdmrep.json", views.tdmrep),
    path(".well-known/gpc.json", views.gpc),
    path(".well-known/security.txt", views.security),
    path("rsl.xml", views.rsl),
    path("sources.opml", views.opml),
    path("opensearch.xml", views.opensearch),
    path("embed/stories/<number:pk>", views.embed),
    path("oembed", views.oembed),
]
