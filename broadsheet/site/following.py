"""Where a reader follows something: an address of the readers' room, as long as this site has one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.apps import apps

READERS = "readers"
"""Label of the app that keeps accounts; without it there is nothing to follow with but feeds."""


def follow_path(kind: str, name: str) -> str:
    """The address that begins to follow a thing; empty where the site has no accounts.

    kind: author, section, source, story, topic or search. name: its slug or number; of a search its query string.
    """
    return "/follow?" + urlencode({"kind": kind, "name": name}) if apps.is_installed(f"broadsheet.{READERS}") else ""
