"""An edition as its readers will get it, for the editor who makes it: on the screen, and as a test by mail."""

from __future__ import annotations

from datetime import datetime
from email.utils import make_msgid

from django.utils import translation
from django.utils.translation import gettext as _

from broadsheet.letters import transports
from broadsheet.letters.audience import Recipient
from broadsheet.letters.headers import head_of
from broadsheet.letters.models import Edition
from broadsheet.letters.rendering import Mail, compose
from broadsheet.letters.tokens import return_path, sender_domain
from broadsheet.letters.transports import open_transport
from broadsheet.post.message import envelope_address
from broadsheet.readers.models import Reader

LIGHT, DARK = "light", "dark"
NOBODY = "0" * 43
"""A key of no subscriber, in the form of one."""
_ASKED = "@media (prefers-color-scheme:dark)"
_ANSWERS = {LIGHT: "@media not all", DARK: "@media all"}


class RefusedError(Exception):
    """The mail server said no; the message is its answer."""


def preview(edition: Edition, editor: Reader, *, now: datetime, language: str = "", theme: str = "") -> Mail | None:
    """The mail as this editor would get it; None when it would tell nothing. Its own links lead to the page of letters.

    theme: light or dark, whatever the editor's own screen is.
    """
    mail = compose(edition, now=now).mail(_recipient(edition, editor, now, language=language))
    if mail is None or theme not in _ANSWERS:
        return mail
    return Mail(mail.subject, mail.html.replace(_ASKED, _ANSWERS[theme]), mail.text, mail.language)


def send_test(edition: Edition, editor: Reader, *, now: datetime) -> bool:
    """Send the mail to the editor the way editions go, with the same head; whether there was anything to send.

    Its link to leave is nobody's. Raises LostError, DoubtError, and RefusedError when the server takes it not.
    """
    mail = preview(edition, editor, now=now)
    if mail is None:
        return False
    with translation.override(mail.language):
        subject = _("Test: %(subject)s") % {"subject": mail.subject}
    head = head_of(
        edition, _recipient(edition, editor, now, key=NOBODY), 0, subject=subject, language=mail.language, now=now
    )
    own = {"Message-ID": make_msgid(domain=sender_domain())}  # each test is a mail of its own
    head = [(name, own.get(name, value)) for name, value in head]
    transport = open_transport()
    try:
        whole = transports.Mail(return_path(0), envelope_address(editor.email), head, mail.text, mail.html)
        answer = transport.send(whole, transport.pack(whole), lambda: True)
    finally:
        transport.close()
    if not answer.is_yes:
        raise RefusedError(f"{answer.code} {answer.text}")
    return True


def _recipient(edition: Edition, editor: Reader, now: datetime, *, key: str = "", language: str = "") -> Recipient:
    return Recipient(
        subscriber=0,
        address=editor.email,
        key=key,
        language=language,
        zone="",
        reader=editor.pk,
        story=edition.story_id,
        due_at=edition.go_at or now,
    )
