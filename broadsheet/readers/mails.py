"""Mail of the account: short, plain text, in the reader's language. News and digests are letters and go another way.

A mail is a template whose first line is the subject. It is handed to the queue, so that asking for one takes as long
for an address we know as for one we do not, and a mail server that is away for a while costs nothing.
"""

from __future__ import annotations

import html
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from broadsheet.readers.tasks import send_mail

PATIENT = {"retries": 48, "retry_delay": 1800}
"""For mail that is as good tomorrow, unlike a code: a server may be away for a day."""


def write_mail(name: str, context: dict[str, Any], *, room: str = "readers") -> tuple[str, str]:
    """Subject and text of a mail. name: of a template in the folder `mail` of the room's templates."""
    text = render_to_string(f"{room}/mail/{name}.txt", {"site": settings.SITE_NAME, **context})
    subject, _, body = html.unescape(text).strip().partition("\n")  # plain text: no markup, so nothing to escape
    return " ".join(subject.split()), body.strip() + "\n"


def post_mail(
    name: str,
    to: str,
    context: dict[str, Any],
    *,
    language: str = "",
    room: str = "readers",
    is_patient: bool = False,
) -> None:
    """Hand a mail to the queue once the transaction, if any, is through."""
    with translation.override(language or translation.get_language() or settings.LANGUAGE_CODE):
        subject, body = write_mail(name, context, room=room)
        spoken = translation.get_language() or settings.LANGUAGE_CODE
    tries = PATIENT if is_patient else {}
    transaction.on_commit(lambda: send_mail(to, subject, body, spoken, **tries))
