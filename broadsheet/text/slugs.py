"""Readable pieces of addresses from headlines, in the headline's own script or in ASCII."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60
"""Characters of a slug."""
LONGEST_BYTES = 180
"""Bytes of a slug in UTF-8; percent-encoded in an address that is at most three times as many."""
_READ = 400
"""Characters of a headline that are looked at."""

_LATIN = "ß=ss æ=ae ø=o ł=l đ=d ı=i þ=th ð=d œ=oe ŋ=ng ħ=h ə=a"
_CYRILLIC = (
    "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch "
    "ъ= ы=y ь= э=e ю=yu я=ya ё=yo і=i ї=yi є=ye ґ=g ў=u ђ=dj ј=j љ=lj њ=nj ћ=c џ=dz ѓ=gj ѕ=dz ќ=kj"
)
_GREEK = "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o"
_TRANSLITERATED = str.maketrans(
    dict(pair.split("=", 1) for table in (_LATIN, _CYRILLIC, _GREEK) for pair in table.split())
)
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}")
_KEPT_MARKS = ("Mn", "Mc")


def slug(text: str, longest: int = LONGEST) -> str:
    """Lower case, words joined by hyphens, in the text's own script: "Größe zählt!" is "größe-zählt".

    At most `longest` characters and `LONGEST_BYTES` bytes, cut between words where there are any. Empty when the text
    holds no letter or digit: callers then use the number alone.
    """
    folded = unicodedata.normalize("NFKC", text[:_READ]).lower()
    return _joined(folded, longest)


def ascii_slug(text: str, longest: int = LONGEST) -> str:
    """The same in ASCII: accents dropped, Cyrillic and Greek spelled in Latin letters; other scripts give ""."""
    folded = unicodedata.normalize("NFC", text[:_READ]).lower().translate(_TRANSLITERATED)
    plain = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    spelled = plain.translate(_TRANSLITERATED).replace("’", "'")
    return _joined("".join(char if char.isascii() else " " for char in spelled), longest)


def _joined(text: str, longest: int) -> str:
    text = _INITIALS.sub(lambda found: found[0].replace(".", ""), text).replace("'", "").replace("’", "")
    kept = "".join(_slug_char(char) for char in text)
    words = kept.split("-")
    out = ""
    for word in filter(None, words):
        longer = f"{out}-{word}" if out else word
        if len(longer) > longest or len(longer.encode()) > LONGEST_BYTES:
            return out or _cut(word, longest)
        out = longer
    return out


def _slug_char(char: str) -> str:
    if char.isalnum():
        return char
    category = unicodedata.category(char)
    # Vowel signs belong to words; the joiners, which nobody sees, go without leaving a hyphen.
    return char if category in _KEPT_MARKS else "" if category == "Cf" else "-"


def _cut(word: str, longest: int) -> str:
    word = word[: max(longest, 0)]
    while len(word.encode()) > LONGEST_BYTES:
        word = word[:-1]
    return word
