"""Names in bylines: splitting, cleaning, telling persons from organisations and agencies.

Works on text as the page wrote it, in any of the languages whose words are listed in `bylines.toml`. A name is a
run of capitalised words (or words of a script without capitals) that ends where roles, places and sentences begin.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

MAX_NAME = 60
MAX_WORDS = 6
MAX_BYLINE = 300

_SPACE = re.compile(r"[^\S\n]+")
_ADDRESS = re.compile(r"https?://\S{1,200}|www\.\S{1,200}|\S{1,60}@\S{1,60}\.\w{2,}|@\w{2,}")
_BREAK = re.compile(r"\s+[-–—|•·/]\s+|\s*[|•;\n\t]\s*")
_WITH_HOST = re.compile(r"\((?:www\.)?[\w-]{2,40}\.[a-z]{2,8}\)", re.I)
_PAREN = re.compile(r"\s*[(\[（【][^()\[\]（）【】]{0,80}[)\]）】]")
_NOT_NAME = re.compile(r"[\d?!©@#%:<>{}=+*\\]|\.\.\.|…")
_NOBODY = re.compile(r"^(?!www\.)[a-z]{2,20}\.[a-z]{2,20}\.[a-z]{2}|^(?:[Ff]ormer|[Ee]hemalige[rn]?|Ex) ")
"""A place in a template ("page.extra.author"), or what somebody was."""
_DENSE_NAME = re.compile(
    r"^(?:[㐀-鿿々]{2,5}|[가-힣]{2,4}|[㐀-鿿々぀-ヿ]{1,5}[ 　・][㐀-鿿々぀-ヿ・]{1,12}"
    r"|[㐀-鿿]{1,6}(?:[·‧][㐀-鿿]{1,8}){1,3})$"
)
_PLAIN_NAME = re.compile(r"^[^\W\d_a-z][\w’'-]{1,20}(?: [^\W\d_a-z]\.)?(?: [^\W\d_a-z][\w’'-]{1,24}){1,2}$")
_EDGES = " ,.;:|-–—•·/\"'“”„«»*_→»\u200b\u00a0"


_WORD = re.compile(r"[^\W_]+")
_BREAKING = frozenset("-–—|•·/;\n\t")
_OPENING = frozenset("([（【")
_MARKS = "([（【-–|/ "
_JOINING = frozenset(",，、;；")


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of `bylines.toml`, lower case, all languages together.

    by_first, others_first: first words of such phrases; a look at them spares most lines the patterns, which cost ten
    times as much. by_dense: the phrases in scripts without spaces. by_openings: the two letters that words of by_first
    begin with, or one of those in scripts without spaces and of words that have no more.
    """

    by: re.Pattern[str]
    by_first: frozenset[str]
    by_dense: tuple[str, ...]
    by_openings: frozenset[str]
    inner_by: re.Pattern[str]
    labels: frozenset[str]
    others_by: re.Pattern[str]
    others_first: frozenset[str]
    and_: re.Pattern[str]
    and_words: frozenset[str]
    roles: frozenset[str]
    trailing: frozenset[str]
    organisations: frozenset[str]
    particles: frozenset[str]
    titles: frozenset[str]
    agencies: dict[str, str]
    nobody: frozenset[str]
    plain: frozenset[str]


@cache
def words() -> Words:
    """The lists, compiled once."""
    raw = tomllib.loads((resources.files("broadsheet.extraction.metadata") / "bylines.toml").read_text("utf-8"))

    def any_of(name: str) -> str:
        return "|".join(sorted((re.escape(w) for w in raw[name]), key=len, reverse=True))

    by_first = frozenset(w.split()[0].strip(":：") for w in raw["by"])
    return Words(
        by_first=by_first,
        by_dense=tuple(w for w in raw["by"] if w[0] >= "\u2e80"),
        by_openings=frozenset(w[:2] for w in by_first if len(w) > 1)
        | {w[0] for w in by_first if len(w) == 1 or w[0] >= "\u2e80"},
        by=re.compile(rf"^(?:(?:{any_of('by')})(?:\s*[:：]\s*|\s+|(?=[\u3000-\u9fff])|$))+", re.I),
        inner_by=re.compile(rf"^(?:[^\W\d_]{{2,24}}\s+){{1,4}}(?:{any_of('inner_by')})\b:?\s*", re.I),
        labels=frozenset(raw["labels"]),
        others_by=re.compile(rf"\b(?:{any_of('others')})\b", re.I),
        others_first=frozenset(_WORD.findall(w)[0] for w in raw["others"]),
        and_words=frozenset(_WORD.findall(w)[0] for w in raw["and"]) | {"&"},
        and_=re.compile(rf"\s*[,，、;；]\s*(?:(?:{any_of('and')})\s+)?|\s+(?:{any_of('and')})\s+|\s+&\s+", re.I),
        roles=frozenset(raw["roles"]),
        trailing=frozenset(raw["trailing"]),
        organisations=frozenset(raw["organisations"]),
        particles=frozenset(raw["particles"]),
        titles=frozenset(raw["titles"]),
        agencies={name.casefold(): name for name in raw["agencies"]},
        nobody=frozenset(raw["nobody"]),
        plain=frozenset(
            w for name in ("by", "and", "others", "roles", "trailing", "nobody") for e in raw[name] for w in e.split()
        ),
    )


def names_of(text: str) -> list[str]:
    """`split_names` for what may be an address or a text instead of a byline."""
    if not text or text.startswith(("http", "/")) or len(text) > MAX_BYLINE:
        return []
    return split_names(text)


def split_names(text: str) -> list[str]:
    """The names in a byline, each without "By", roles, places and addresses; what is no name is left out.

    "By Ann Oak and Ben Elm, Staff Writers" -> ["Ann Oak", "Ben Elm"].
    """
    if _PLAIN_NAME.match(text) and words().plain.isdisjoint(text.casefold().split()):
        return [text]
    if "(" in text and _WITH_HOST.search(text):
        return [text.strip()]  # "Ledger (www.ledger.example)" is a publisher
    text = _without_addresses(text[:MAX_BYLINE])
    names: list[str] = []
    lists = words()
    skip = False
    for line in _BREAK.split(text) if not _BREAKING.isdisjoint(text) else (text,):
        line = line.strip(_EDGES)
        if not line:
            continue
        tokens = _WORD.findall(line.casefold())
        found = None if lists.others_first.isdisjoint(tokens) else lists.others_by.search(line)
        if skip or (found and found.start() == 0):
            skip = found is not None and found.end() == len(line)  # "Reviewed by", and the name in the next line
            continue
        if found:
            line = line[: found.start()].rstrip(_EDGES)
        for name in _names_of_line(line, tokens):
            if name not in names:
                names.append(name)
    return names


def _without_addresses(text: str) -> str:
    """A byline with spaces folded, without addresses and what stands in brackets."""
    if not _OPENING.isdisjoint(text):
        text = _PAREN.sub(" ", text)
    if "@" in text or "www." in text or "://" in text:
        text = _ADDRESS.sub("\n", text)
    return text if text.isprintable() and "  " not in text else _SPACE.sub(" ", text)


def starts_with_by(line: str) -> bool:
    """Whether a line may begin with a word such as "By": a quick look before `Words.by` is tried."""
    lists = words()
    line = line.lstrip(_MARKS)
    opening = line[:2].casefold()
    if opening[:2] not in lists.by_openings and opening[:1] not in lists.by_openings:
        return False
    first = line.partition(" ")[0].partition(":")[0].partition("：")[0].casefold()
    return first in lists.by_first or line.startswith(lists.by_dense)


def _names_of_line(line: str, tokens: list[str]) -> list[str]:
    """tokens: the words of the line, in small letters."""
    lists = words()
    if starts_with_by(line):
        line = lists.by.sub("", line)
    if "by" in tokens or "par" in tokens:
        line = lists.inner_by.sub("", line)
    parts = [line]
    if not _JOINING.isdisjoint(line) or "&" in line or not lists.and_words.isdisjoint(tokens):
        parts = lists.and_.split(line)
    names: list[str] = []
    for part in [piece for joined in parts for piece in _pieces(joined.strip(_EDGES)) if piece]:
        if len(parts) > 1 and starts_with_by(part):
            part = lists.by.sub("", part)
        name = name_in(part)
        if not name:
            continue
        # What follows a full name after a comma is a place, a degree or a role, unless it is a name as well.
        continued = part[len(name) :].lstrip()[:1].islower() or not looks_like_person(name) or _ends_in_role(name)
        if names and len(names[0].split()) > 1 and continued and not agency(name):
            continue
        names.append(name)
    return names


def _pieces(part: str) -> list[str]:
    """ "Ann Oak/Ben Elm" names two, "Ann Oak/XYZ" one person and her agency, "abc/def" is one sign."""
    pieces = part.split("/") if "/" in part else [part]
    persons = [piece for piece in pieces if looks_like_person(piece.strip())]
    return persons or ([piece for piece in pieces if agency(piece)] or [part])


def may_name(text: str) -> bool:
    """Whether a short text that is no full name may be somebody's pen name, and no label or place in a template."""
    low = text.casefold()
    label = " " in text and words().by.match(text) is not None
    return not label and low not in words().nobody and not _NOBODY.match(text)


def name_in(part: str) -> str:
    """The name at the start of a piece of a byline, "" if there is none."""
    lists = words()
    part = part.strip(_EDGES)
    if not part or len(part) > 2 * MAX_NAME or _NOT_NAME.search(part) or _NOBODY.match(part):
        return ""
    if part.casefold() in lists.nobody:
        return ""
    tokens = part.split()
    kept = []
    for token in tokens:
        if (
            token[0].islower()
            and token.casefold() not in lists.particles
            and "'" not in token[:3]
            and "’" not in token[:3]
        ):
            break
        kept.append(token)
        if len(token) > 3 and token[-1] == "." and token[:-1].casefold() not in lists.titles:
            break  # the end of a sentence
    if len(kept) < len(tokens) and len(kept) < 2:
        return part if len(tokens) == 1 else ""
    while kept and kept[-1].casefold() in lists.particles:
        kept.pop()
    kept = _without_roles(kept, lists)
    name = " ".join(kept)
    if not kept or len(kept) > MAX_WORDS or len(name) > MAX_NAME or name.casefold() in lists.nobody:
        return ""
    return "" if all(_bare(t) in lists.roles or _bare(t) in lists.particles for t in kept) else name


def _bare(token: str) -> str:
    return token.strip(".,:").casefold()


def _ends_in_role(name: str) -> bool:
    return _bare(name.rsplit(maxsplit=1)[-1]) in words().trailing


def _without_roles(tokens: list[str], lists: Words) -> list[str]:
    """Cut roles off both ends, as long as a full name is left."""
    first, last = 0, len(tokens)
    if any(_bare(t) in lists.organisations for t in tokens):
        return tokens
    while last - first > 2 and _bare(tokens[last - 1]) in lists.trailing:
        last -= 1
    while last - first > 2 and _bare(tokens[first]) in lists.trailing:
        first += 1
    return tokens[first:last]


def agency(name: str) -> str:
    """The usual name of a wire service, "" if the name is not one."""
    return words().agencies.get(name.casefold().strip(" ."), "")


def is_organisation(name: str, site: frozenset[str] | set[str] = frozenset()) -> bool:
    """Whether a name is not a person's: the site itself, an agency, or built with an organisation's word."""
    low = name.casefold()
    if low.replace(" ", "").isalpha() and words().organisations.isdisjoint(tokens := low.split()):
        return low in site or "".join(tokens) in site or bool(agency(name))
    flat = " ".join(re.findall(r"\w+", low))
    if flat in site or flat.replace(" ", "") in site or agency(name):
        return True
    if re.search(r"\w\.(?:com|net|org|de|at|ch|fr|it|es|co|uk|eu|info|tv|ru|ua|pl|nl|br|jp|cn)\b", low):
        return True
    return any(_bare(token) in words().organisations for token in re.split(r"[\s-]+", low))


def looks_like_person(name: str) -> bool:
    """Two to six words that begin with capitals, or a short name in a script without them."""
    if _DENSE_NAME.match(name):
        return True
    parts = name.split()
    if not 2 <= len(parts) <= MAX_WORDS:
        return False
    lists = words()
    capital = sum(1 for p in parts if not p[0].islower())
    lower = [p for p in parts if p[0].islower()]
    return capital >= 2 and all(p.casefold() in lists.particles or "'" in p or "’" in p for p in lower)
