"""One language's words around an edition: its frame, and each item as HTML and as plain text.

What a reader's own mail needs beside them is left as slots: the day, and the links that leave and choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.formats import date_format
from django.utils.translation import pgettext
from markupsafe import Markup, escape

from broadsheet.articles.labels import label_of
from broadsheet.comments.markup import to_html
from broadsheet.letters.models import Edition, LetterKind
from broadsheet.letters.slots import Slots, Slotted
from broadsheet.letters.starting import told as letter_words
from broadsheet.letters.styles import colors, styles, written
from broadsheet.letters.telling import Told, ToldItem
from broadsheet.letters.texts import directed, markdown_text, plain, wrapped
from broadsheet.looks import looks, site_name
from broadsheet.readers.targets import Named
from broadsheet.text.excerpts import shortened

ROOM = 92_000
"""Bytes of a mail's HTML that items may fill up to: Gmail shows no more than 102 kB of a mail, all in all."""
LONGEST_SUBJECT = 150
_TAG = re.compile(r"<(p|ul|ol|li|a|blockquote|pre)(?=[ >])")


@dataclass(frozen=True, slots=True)
class Piece:
    """One item. plain: its headline, for the line that mail programs show behind the subject."""

    html: str
    text: str
    plain: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail but for what is one reader's own."""

    subject: str
    html: Slotted
    text: Slotted


@dataclass(frozen=True, slots=True)
class _Writing:
    """A language, and where its lines begin."""

    language: str
    direction: str
    side: str

    @classmethod
    def of(cls, language: str) -> _Writing:
        with translation.override(language):
            is_rtl = translation.get_language_bidi()
        return cls(language, "rtl" if is_rtl else "ltr", "right" if is_rtl else "left")


class Words:
    """Renders one edition in one language."""

    def __init__(self, edition: Edition, told: Told, language: str) -> None:
        self.language = language
        self._edition = edition
        self._items: dict[tuple[ToldItem, bool], tuple[Slotted, Slotted, str]] = {}
        self._because: dict[tuple[Named, ...], tuple[str, str]] = {(): ("", "")}
        editors = _Writing.of(edition.language or edition.letter.language or settings.LANGUAGE_CODE)
        self._shared = _shared(_Writing.of(language), editors)
        self._html, self._text = self._frame(told)

    def piece(self, item: ToldItem, *, is_first: bool = False, because: tuple[Named, ...] = ()) -> Piece:
        """One item. because: what its reader follows. Both are kept, because readers share most of them."""
        if (item, is_first) not in self._items:
            slots = Slots("because")
            told = {"kind": type(item).__name__, "item": item, "is_first": is_first, "because": slots.because}
            whole = self._rendered("item", told)
            self._items[item, is_first] = (slots.cut(whole[0]), slots.cut(whole[1]), plain(item.headline))
        html, text, headline = self._items[item, is_first]
        follows = self._follows(because)
        return Piece(html.fill({"because": follows[0]}), text.fill({"because": follows[1]}).strip(), headline)

    def draft(self, pieces: Sequence[Piece], subject: str) -> Draft:
        """The mail with these items; what would make it too long is left to the page of the edition."""
        subject = shortened(plain(subject), LONGEST_SUBJECT)
        shown = list(_fitting(pieces, ROOM - self._size))
        if len(shown) < len(pieces):
            rest = {"kind": "rest", "rest": len(pieces) - len(shown), "web": web_path(self._edition)}
            html, text = self._rendered("item", rest)
            shown.append(Piece(html, text.strip(), ""))
        following = [piece.plain for piece in shown if piece.plain and piece.plain != subject]
        values = {
            "subject": str(escape(subject)),
            "preheader": str(escape(" · ".join(following[:2]))),
            "items": "".join(piece.html for piece in shown),
        }
        text = "\n\n\n".join(piece.text for piece in shown)
        return Draft(subject, self._html.bind(values), self._text.bind({"items": text}))

    def day(self, at: date) -> str:
        return _day(at, self.language)

    def _follows(self, because: tuple[Named, ...]) -> tuple[str, str]:
        if because not in self._because:
            self._because[because] = self._rendered("because", {"because": because})
        return self._because[because]

    def _rendered(self, name: str, told: Mapping[str, Any]) -> tuple[str, str]:
        """The HTML and the plain text of one of the mail's templates."""
        with translation.override(self.language):
            html, text = (get_template(f"letters/mail/{name}.{kind}") for kind in ("html", "txt"))
            return html.render({**self._shared, **told}), text.render({**self._shared, **told})

    def _frame(self, told: Told) -> tuple[Slotted, Slotted]:
        slots = Slots("subject", "preheader", "items", "day", "leave", "settings")
        with translation.override(self.language):
            name = letter_words(self._edition.letter.name)
        context = {
            "name": name,
            "kind": str(self._edition.letter.kind),
            "slots": slots,
            "postal_address": settings.ENVIRONMENT.postal_address,
            "web": web_path(self._edition),
            "introduction": told.introduction,
            "is_sample": told.is_sample,
        }
        html, text = self._rendered("edition", context)
        self._size = len(html.encode())
        return slots.cut(html), slots.cut(text)


def _fitting(pieces: Iterable[Piece], room: int) -> Iterator[Piece]:
    for piece in pieces:
        room -= len(piece.html.encode())
        if room < 0:
            return
        yield piece


def _shared(around: _Writing, editors: _Writing) -> dict[str, Any]:
    """What every template of a mail is told. around: the words around the stories."""
    chosen = looks()
    return {
        "site": site_name(),
        "language": around.language,
        "direction": around.direction,
        "side": around.side,
        "own": editors,
        "style": styles(chosen),
        "light": colors(chosen, 0),
        "dark": colors(chosen, 1),
        "address_of": absolute,
        "label_of": label_of,
        "rich": partial(_rich, by_tag=written(chosen, editors.side)),
        "markdown_text": markdown_text,
        "directed": partial(directed, direction=around.direction),
        "wrapped": wrapped,
        "plain": plain,
    }


def _rich(markdown: str, by_tag: Mapping[str, str]) -> Markup:
    """An editor's Markdown as HTML, with its style on each element."""
    html = to_html(markdown).replace(' rel="ugc nofollow noopener"', "")
    return Markup(_TAG.sub(lambda found: f'{found[0]} style="{by_tag[found[1]]}"', html))  # noqa: S704  # sanitized


def absolute(path: str) -> str:
    """The public address of a path, as it may stand in a mail."""
    return f"{settings.SITE_URL}{iri_to_uri(path)}"


def web_path(edition: Edition) -> str:
    """Where the same can be read on the site."""
    kind = edition.letter.kind
    if kind == LetterKind.PERSONAL:
        return "/my"
    if kind == LetterKind.STORY:
        return f"/stories/{edition.story_id}" if edition.story_id else "/"
    return edition.path


@lru_cache(maxsize=256)
def _day(at: date, language: str) -> str:
    with translation.override(language):
        return date_format(at, pgettext("date", "l, j F Y"))
