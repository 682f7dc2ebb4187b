"""Asking a service that the operator named in a setting: by the one door, within the networks that may be reached."""

from __future__ import annotations

from django.conf import settings

from broadsheet.fetching import Answer, Call, FetchSettings, call


def ask(wish: Call) -> Answer:
    """Waits for the answer, whatever its status. Raises FetchError. Never inside a transaction: it may take long."""
    contact = settings.ENVIRONMENT.contact or (f"{settings.SITE_URL}/about" if settings.SITE_URL else "")
    networks = tuple(settings.ENVIRONMENT.allow_networks)
    return call(wish, FetchSettings(contact=contact, allow_networks=networks))
