"""Filters for the templates of the readers' pages."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from markupsafe import Markup

from broadsheet.comments.markup import to_html
from broadsheet.readers.consent import COOKIE, in_words, purposes, read_choice

_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def script_json(data: Any) -> Markup:
    """JSON for a `script` element that runs nothing; nothing in it can end the element."""
    text = json.dumps(data, separators=(",", ":"))
    for sign, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, code)
    return Markup(text)  # noqa: S704  # no sign of markup is left in it


def browser(agent: str) -> str:
    """What a reader would call a device: "Firefox, Linux". Only for the reader's own list of devices."""
    names = [next((name for sign, name in found if sign in agent), "") for found in (_BROWSERS, _SYSTEMS)]
    return pgettext("between names", ", ").join(name for name in names if name) or _("a device")


def consent_open(request: HttpRequest) -> bool:
    """Whether consent is still to be asked for: there is something to ask, and this browser has not answered.

    What is loaded from providers is asked for where it stands.
    """
    if all(one.embed for one in purposes()):
        return False
    if request.headers.get("X-Consent") == "answered":  # told by the server itself, for finished pages
        return False
    return read_choice(request.COOKIES.get(COOKIE, ""), now=timezone.now()) is None


def markdown(words: str) -> Markup:
    """What an editor wrote, as safe HTML."""
    return Markup(to_html(words))  # noqa: S704  # sanitized there


FILTERS = {"script_json": script_json, "browser": browser, "purpose_words": in_words, "markdown": markdown}
