"""Mails of an edition: what all readers share is rendered once, each reader's own is filled in.

    composed = compose(edition, now=now)          # once
    composed.prepare(recipients)                  # before each batch: what personal letters need is read at once
    mail = composed.mail(recipient)               # for each; None: there is nothing to tell this reader
    composed.refresh(now=now)                     # now and then, and before each batch: are rights still the same?

Rights are asked for the output "letter" when an edition is composed, and again by `refresh` when something it shows
was changed or a minute has gone by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from broadsheet.environment import LANGUAGES
from broadsheet.finished.purges import is_touched, read_position
from broadsheet.letters.audience import Recipient
from broadsheet.letters.digest import Digests
from broadsheet.letters.links import leave_path, settings_path
from broadsheet.letters.models import Edition, LetterKind
from broadsheet.letters.pieces import Draft, Piece, Words, absolute
from broadsheet.letters.telling import Told, tell
from broadsheet.rights import Output
from broadsheet.sources.queries import newest_ledger_line

FRESH = timedelta(minutes=1)
"""Rights that begin and end by the clock are asked again after this long."""


@dataclass(frozen=True, slots=True)
class Mail:
    """language: of the words around the stories, for Content-Language."""

    subject: str
    html: str
    text: str
    language: str


def compose(edition: Edition, *, now: datetime | None = None) -> Composed:
    return Composed(edition, now or timezone.now())


class Composed:
    """One edition as it can be told at a moment. Not for several threads at once."""

    def __init__(self, edition: Edition, now: datetime) -> None:
        self.edition = edition
        self._compose(now)

    @property
    def is_empty(self) -> bool:
        """Whether it tells nobody anything: all that it was to tell was taken away."""
        return self._digests is None and not self.told.items

    def refresh(self, *, now: datetime | None = None) -> bool:
        """Compose anew if what may be told has changed, or might have; whether that was done. Two queries."""
        now = now or timezone.now()
        if now - self._at < FRESH and newest_ledger_line() == self._ledger and not is_touched(self._tags(), self._seen):
            return False
        self._compose(now)
        return True

    def prepare(self, recipients: Sequence[Recipient]) -> None:
        """Read at once what a batch of personal mails needs; other letters need nothing."""
        if self._digests is not None:
            self._digests.prepare(recipients)

    def mail(self, recipient: Recipient) -> Mail | None:
        """The mail for this reader, without a query once `prepare` was called; None when it would tell nothing."""
        language = spoken(recipient.language or self.edition.language or self.edition.letter.language)
        draft = self._shared(language) if self._digests is None else self._personal(language, recipient, self._digests)
        if draft is None:
            return None
        letter, key = self.edition.letter_id, recipient.key
        own = {
            "day": self._in(language).day(recipient.due_at.astimezone(_zone(recipient.zone)).date()),
            "leave": absolute(leave_path(key, letter, self.edition.story_id) if key else "/letters"),
            "settings": absolute(settings_path(key) if key else "/letters"),
        }
        return Mail(draft.subject, draft.html.fill(own), draft.text.fill(own), language)

    def _compose(self, now: datetime) -> None:
        self._at, self._seen, self._ledger = now, read_position(), newest_ledger_line()
        self._words: dict[str, Words] = {}
        self._drafts: dict[str, Draft] = {}
        self.told: Told = tell(self.edition, output=Output.LETTER, now=now)
        is_personal = self.edition.letter.kind == LetterKind.PERSONAL
        self._digests = Digests(self.edition, now) if is_personal else None

    def _tags(self) -> frozenset[str]:
        return self.told.tags if self._digests is None else self._digests.tags

    def _in(self, language: str) -> Words:
        if language not in self._words:
            self._words[language] = Words(self.edition, self.told, language)
        return self._words[language]

    def _shared(self, language: str) -> Draft | None:
        if self.is_empty:
            return None
        if language not in self._drafts:
            words = self._in(language)
            pieces = [words.piece(item, is_first=not place) for place, item in enumerate(self.told.items)]
            self._drafts[language] = words.draft(pieces, self.told.subject)
        return self._drafts[language]

    def _personal(self, language: str, recipient: Recipient, digests: Digests) -> Draft | None:
        lines = digests.of(recipient)
        if not lines:
            return None
        words = self._in(language)
        pieces: list[Piece] = [
            words.piece(line.story, is_first=not place, because=line.because) for place, line in enumerate(lines)
        ]
        return words.draft(pieces, self.told.subject or lines[0].story.headline)


def spoken(language: str) -> str:
    """The language of the interface for who wishes this one; the site's where the interface does not speak it."""
    primary = language.lower().partition("-")[0]
    if primary not in LANGUAGES:
        return str(settings.LANGUAGE_CODE)
    return "zh-hans" if primary == "zh" else primary


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name or settings.TIME_ZONE)
