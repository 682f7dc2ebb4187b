"""The head of a letter's mail: who sends it, what list it is, how to leave with one click or by mail (RFC 2369, 8058).

Every value comes in through `mailbox`, `phrase` or `words`, so nothing a reader, a publisher or an editor wrote can add
a line. The same delivery has the same Message-ID at every try.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache

from django.conf import settings

from broadsheet.letters.audience import Recipient
from broadsheet.letters.links import leave_path
from broadsheet.letters.models import Edition
from broadsheet.letters.tokens import BACK, leave_address, make_token, sender_domain
from broadsheet.post.message import clean, envelope_address, mailbox, phrase, words


def head_of(
    edition: Edition, recipient: Recipient, delivery: int, *, subject: str, language: str, now: datetime
) -> list[tuple[str, str]]:
    """Names and values in the order in which they stand. Raises AddressError."""
    letter = edition.letter
    leave = settings.SITE_URL + leave_path(recipient.key, letter.pk, recipient.story)
    domain = sender_domain()
    return [
        ("From", mailbox(settings.LETTERS_FROM)),
        ("To", envelope_address(recipient.address)),
        ("Subject", words(subject)),
        ("Date", _date(int(now.timestamp()))),
        ("Message-ID", f"<{make_token(BACK, delivery)}@{domain}>"),
        ("List-Id", f"{phrase(letter.name)} <{letter.slug}.{domain}>"),
        ("List-Unsubscribe", f"<{leave}>, <mailto:{leave_address(delivery)}?subject=unsubscribe>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("Feedback-ID", f"{edition.pk}:{letter.slug}:{letter.kind}:{domain}"),
        ("Content-Language", clean(language) or settings.LANGUAGE_CODE),
    ]


@lru_cache(maxsize=4)
def _date(second: int) -> str:
    return format_datetime(datetime.fromtimestamp(second, UTC))
