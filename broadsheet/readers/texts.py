"""The texts a reader agrees to, and their versions: what counts is the words, so the version is made of them."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.utils import translation

from broadsheet.privacy import holdings

DOCUMENTS = ("terms", "privacy", "incentive")


def version_of(document: str) -> str:
    """Names the words of a document as they stand: a change of a word is another version. KeyError for others."""
    if document not in DOCUMENTS:
        raise KeyError(document)
    return blake2b(_words(document), digest_size=6).hexdigest()


def own_words(document: str) -> str:
    """The operator's own text from the folder `texts` of the data folder, if there is one; paragraphs, no markup."""
    path = Path(settings.DATA) / "texts" / f"{document}.txt"
    try:
        return path.read_text(encoding="utf-8")[:200_000]
    except OSError:
        return ""


def paragraphs(document: str) -> list[str]:
    """The operator's own text, in paragraphs; empty where ours stands."""
    return [part.strip() for part in own_words(document).split("\n\n") if part.strip()]


def _words(document: str) -> bytes:
    if document == "privacy":  # told by the rooms themselves, in one language for all
        with translation.override("en"):
            return repr(holdings()).encode()
    own = own_words(document)
    return own.encode() if own else _built_in(document)


@cache
def _built_in(document: str) -> bytes:
    return (Path(settings.PACKAGE) / "templates" / "readers" / f"{document}.html").read_bytes()
