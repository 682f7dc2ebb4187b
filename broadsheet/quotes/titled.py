"""A speaker's phrase in a script without capitals, parted into role and name: 国防部长约翰·希利.

Where nothing tells the name from the words around it, there is no name: better no page than one of a clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from .words import uncased as words

LONGEST_NAME = 5
"""Words of an Arabic or Hebrew name, links not counted."""
UNTITLED_NAME = 3
"""The same where no title says that a name follows."""


class Titled(NamedTuple):
    """role, name: "" where there is none. length: characters of the phrase up to the end of role and name."""

    role: str
    name: str
    length: int


def part_title(phrase: str, lang: str) -> Titled:
    """Role and name of who is meant by a phrase of one of the languages of `uncased`; other words may follow them."""
    return _PARTED[lang](phrase)


_HAN_TITLE = re.compile(rf"^(.*(?:{words.ZH_TITLES}))(.+)$")
_HAN_OF = re.compile(r"^(.{2,}的)(.+)$")
_HAN_FULL = re.compile(r"[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8}){1,3}")
_HAN_AFTER_ROLE = re.compile(rf"^([\u3400-\u9fff]{{2,}})([{words.ZH_SURNAMES}][\u3400-\u9fff][^\W{words.ZH_BODIES}])$")
"""A role that no list has, and a full name of three signs: 船主王小明."""
_HAN_DOTTED = re.compile(r"^([\u3400-\u9fff]+[者员員师師官])([^·]+·.+)$")
_HAN_POLITE = re.compile(rf"(?:{words.ZH_AFTER})$")


def _chinese(phrase: str) -> Titled:
    titled = _HAN_TITLE.match(phrase)
    found = titled or _HAN_OF.match(phrase) or _HAN_AFTER_ROLE.match(phrase) or _HAN_DOTTED.match(phrase)
    role, name = (found[1].removesuffix("的"), found[2]) if found else ("", phrase)
    name = _HAN_POLITE.sub("", name.removeprefix("、"))
    if is_han_name(name) or (titled and 2 <= len(name) <= 4 and "的" not in name):  # 总统普京
        return Titled(role, name, len(phrase))
    return Titled("", "", len(phrase))


def is_han_name(name: str) -> bool:
    """A Chinese surname and one or two signs, or a foreign name in full, written with a dot between its parts."""
    return bool(_HAN_FULL.fullmatch(name)) or (len(name) in (2, 3) and name[0] in words.ZH_SURNAMES)


_KO_TITLE = re.compile(rf"(?:{words.KO_TITLES})$")
KOREAN_NAME = 3
"""Syllables of most Korean names."""
_JA_TITLE = re.compile(rf"^(.+?)((?:{words.JA_TITLES})+)$")


def _japanese(phrase: str) -> Titled:
    """A title after the name, 田中太郎市長, or before it, 市長の田中氏; the longest title, so the shortest name."""
    before, _, rest = phrase.rpartition("の")
    found = _JA_TITLE.match(rest)
    name, after = (found[1], found[2]) if found else (rest, "")
    is_name = 2 <= len(name) <= 20 and (found is not None or "・" in name)
    return Titled(before if after in ("", "氏", "さん") else after, name if is_name else "", len(phrase))


def _korean(phrase: str) -> Titled:
    parts = phrase.split()
    titles = [place for place, part in enumerate(parts) if _KO_TITLE.search(part)]
    at = titles[0] if titles else len(parts)
    while at and parts[at - 1] in words.KO_PLACES.split():
        at -= 1
    own = at and len(parts[at - 1]) == KOREAN_NAME and parts[at - 1][0] in words.KO_SURNAMES
    name = " ".join(parts[at - 1 : at] if own else parts[max(0, at - 2) : at] if titles else [])
    return Titled(" ".join(parts[at:]) if name else "", name, len(phrase))


class _Semitic(NamedTuple):
    """Words of a language that puts the title first and its complements, with an article, before the name."""

    heads: frozenset[str]
    nobody: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    ends: frozenset[str]
    links: frozenset[str]
    article: str


@cache
def _semitic(lang: str) -> _Semitic:
    def listed(name: str) -> frozenset[str]:
        return frozenset(getattr(words, f"{lang.upper()}_{name}", "").split())

    article = "ال" if lang == "ar" else "ה"
    return _Semitic(
        listed("HEADS"), listed("NOBODY"), listed("BODIES"), listed("PLACES"), listed("ENDS"), listed("LINKS"), article
    )


_TOKEN = re.compile(r"[^\s،,]+|[،,]")


def _title_first(lang: str) -> Callable[[str], Titled]:
    def part(phrase: str) -> Titled:
        known, found = _semitic(lang), list(_TOKEN.finditer(phrase))
        tokens = [token[0] for token in found]
        at = _role_end(tokens, known)
        role_end, role = at, ""
        if at:
            role = phrase[: found[at - 1].end()]
            if tokens[at : at + 1] == ["،"] or tokens[at : at + 1] == [","]:
                at += 1
        elif tokens and (tokens[0] in known.bodies | known.nobody or tokens[0].startswith(known.article)):
            return Titled("", "", found[_name_end(tokens, 0, known, LONGEST_NAME) - 1].end())
        end = _name_end(tokens, at, known, LONGEST_NAME if role else UNTITLED_NAME)
        if end == at:
            length = found[role_end - 1].end() if role else len(phrase)
            return Titled(role, "", length)
        return Titled(role, phrase[found[at].start() : found[end - 1].end()], found[end - 1].end())

    return part


def _role_end(tokens: Sequence[str], known: _Semitic) -> int:
    """How many tokens, from the first, are a title with its complements; 0 without one."""
    at = 0
    while at < len(tokens) and tokens[at] in known.heads:
        at += 1
        while at < len(tokens) and (
            tokens[at] in known.bodies
            or tokens[at] in known.places
            or (tokens[at].startswith((known.article, "لل")) and tokens[at] not in known.heads | known.ends)
        ):
            at += 1
    return at


def _name_end(tokens: Sequence[str], at: int, known: _Semitic, longest: int) -> int:
    count = 0
    while at < len(tokens) and count < longest:
        if tokens[at] in known.ends or tokens[at] in "،," or tokens[at][0].isdigit():
            break
        count += tokens[at] not in known.links
        at += 1
    return at


def _persian(phrase: str) -> Titled:
    tokens = phrase.split()
    heads = frozenset(words.FA_HEADS.split())
    at = next((i for i, token in enumerate(tokens) if token in heads), len(tokens))
    name = " ".join(tokens[:at]).strip("،, ")
    return Titled(" ".join(tokens[at:]), name if at in (2, 3) else "", len(phrase))


_PARTED: dict[str, Callable[[str], Titled]] = {
    "zh": _chinese,
    "ja": _japanese,
    "ko": _korean,
    "fa": _persian,
    "ar": _title_first("ar"),
    "he": _title_first("he"),
}
