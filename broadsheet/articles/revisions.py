"""Whether what a page says now is a new version of the article, decided from old and new text alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from hashlib import blake2b

_NOISE = re.compile(r"[\W_]+")
_CORRECTION = re.compile(
    r"\b(correct(?:ion|ed|s)|clarification|erratum|retract(?:ion|ed)|editor.s note|"
    r"korrektur|berichtigung|korrigiert|richtigstellung|rectificatif|correctif|corrig[ée]|"
    r"correcci[óo]n|fe de erratas|rettifica|errata|rectificatie|sprostowanie|исправлен|уточнение|düzeltme)"
    r"|تصحيح|تصويب|更正|訂正|정정",
    re.IGNORECASE,
)


class Change(StrEnum):
    NONE = "none"
    BORING = "boring"
    """White space, punctuation or letter case only: the text is replaced, no revision is kept."""
    REVISION = "revision"


def digest(headline: str, texts: Iterable[str]) -> str:
    """Identity of a version: 32 hex digits over headline and block texts, exactly as they stand."""
    hashed = blake2b(headline.encode("utf-8", "surrogatepass"), digest_size=16)
    for text in texts:
        hashed.update(b"\x00" + text.encode("utf-8", "surrogatepass"))
    return hashed.hexdigest()


def judge_change(old: tuple[str, list[str]], new: tuple[str, list[str]]) -> Change:
    """Compare two versions, each (headline, block texts)."""
    if old == new:
        return Change.NONE
    return Change.BORING if _essence(*old) == _essence(*new) else Change.REVISION


def _essence(headline: str, texts: list[str]) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", headline + " ".join(texts)).casefold())


def announces_correction(old_texts: list[str], new_texts: list[str]) -> bool:
    """True when a new block of the new version says that something was corrected."""
    known = set(old_texts)
    return any(_CORRECTION.search(text[:400]) for text in new_texts if text not in known)
