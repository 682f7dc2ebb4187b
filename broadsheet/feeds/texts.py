"""Feed texts to plain words: titles that hold markup, summaries that are HTML, names with mail addresses."""

from __future__ import annotations

import html
import re

LONGEST_SUMMARY = 4_000
LONGEST_TITLE = 1_000

_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|big|br|cite|code|del|em|font|i|img|ins|mark|p|q|s|small|span|strike|strong|sub|sup|u|wbr|div)"
    r"(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"<(script|style|noscript|template|iframe)\b", re.IGNORECASE)
_BREAKING = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|blockquote|figure|figcaption|section|article|hr|dd|dt|dl)"
    r"(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[A-Za-z/!?][^<>]*>")
_MAIL_NAME = re.compile(r"^\s*[^\s@()<>]+@[^\s@()<>]+\s*\(([^()]+)\)\s*$")
_NAME_MAIL = re.compile(r"^\s*\"?([^<>@\"]+?)\"?\s*<[^\s@<>]+@[^\s@<>]+>\s*$")
_MAIL = re.compile(r"[^\s@()<>]+@[^\s@()<>]+")


def folded(text: str) -> str:
    """White space folded to single spaces."""
    return " ".join(text.split())


def title_of(text: str) -> str:
    """A headline: inline markup dropped, entities that were escaped twice resolved."""
    if "<" in text:
        text = _INLINE.sub("", text)
    if "&" in text:
        text = html.unescape(text)
        if "<" in text:
            text = _INLINE.sub("", text)
    return folded(text)[:LONGEST_TITLE]


def plain(markup: str) -> str:
    """HTML to its words on one line, at most `LONGEST_SUMMARY` characters. Not a sanitizer: the result is text."""
    if "<" in markup:
        markup = _BREAKING.sub(" ", _without_unseen(markup))
        markup = _TAG.sub("", markup)
    text = folded(html.unescape(markup) if "&" in markup else markup)
    if len(text) <= LONGEST_SUMMARY:
        return text
    return text[: LONGEST_SUMMARY - 1].rpartition(" ")[0] + "…"


def _without_unseen(markup: str) -> str:
    pieces: list[str] = []
    at = 0
    while match := _UNSEEN.search(markup, at):
        pieces.append(markup[at : match.start()])
        closing = re.compile(rf"</{match[1]}\s*>", re.IGNORECASE).search(markup, match.end())
        if closing is None:
            return "".join(pieces)
        at = closing.end()
    pieces.append(markup[at:])
    return "".join(pieces)


def author_of(text: str) -> str:
    """A person's name out of `desk@paper.example (Ana Diaz)` and the like; empty when only a mail address is there."""
    text = folded(html.unescape(text) if "&" in text else text)
    for form in (_MAIL_NAME, _NAME_MAIL):
        if match := form.match(text):
            return match[1].strip()
    return "" if _MAIL.fullmatch(text) else text[:200]
