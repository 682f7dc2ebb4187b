"""Every address of the site; the public ones are kept for good."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from broadsheet.site.addresses import public

urlpatterns: list[URLPattern | URLResolver] = [
    *public,
    path("", include("broadsheet.site.reader_pages.addresses")),
    path("", include("broadsheet.site.comment_pages.addresses")),
    path("", include("broadsheet.site.letter_pages.addresses")),
    path("", include("broadsheet.desk.addresses")),
    path("api/v1/", include("broadsheet.site.api.urls")),
    path("", include("broadsheet.site.signal_urls")),
]

handler404 = "broadsheet.site.views.not_found"
handler500 = "broadsheet.site.views.failed"
handler429 = "broadsheet.site.reader_pages.frame.too_many"
