"""Language and direction of an article."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from broadsheet.extraction.embedded import Embedded, plain
from broadsheet.extraction.metadata.head import Head

_TAG = re.compile(r"^[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?$", re.I)
_LETTER = re.compile(r"[^\W\d_]")
_NOT_LATIN = re.compile("[\u0370-\u1dff\u2e80-\ufaff]")
_RTL = frozenset({"ar", "he", "iw", "fa", "ur", "ps", "yi", "ug", "sd", "ckb", "dv", "nqo", "prs", "azb", "bal", "ks"})
_RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"})
_SCRIPTS = (
    ("ja", re.compile(r"[ぁ-ゖァ-ヺ]")),
    ("ko", re.compile(r"[가-힣]")),
    ("zh", re.compile(r"[一-鿿]")),
    ("ar", re.compile(r"[؀-ۿ]")),
    ("he", re.compile(r"[א-ת]")),
    ("th", re.compile(r"[ก-๎]")),
    ("el", re.compile(r"[α-ωά-ώ]")),
    ("hi", re.compile(r"[ऀ-ॿ]")),
    ("ru", re.compile(r"[а-я]")),
)
"""One language for each script, taken where nothing is declared or the declared one is written otherwise."""
_CYRILLIC = frozenset(("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg", "tt"))
_WRITTEN = {
    "ja": {"ja"}, "ko": {"ko"}, "zh": {"zh", "ja", "yue", "ko"},
    "ar": {"ar", "fa", "ur", "ps", "ug", "sd", "ckb", "ku"},
    "he": {"he", "iw", "yi"}, "th": {"th"}, "el": {"el"}, "hi": {"hi", "mr", "ne", "sa"}, "ru": _CYRILLIC,
}  # fmt: skip


def normal_tag(value: str) -> str:
    """A BCP 47 tag in its usual spelling ("en_us" -> "en-US"), "" if it is none."""
    tag = value.strip().replace("_", "-").split(",")[0].split(".")[0].strip()
    if not _TAG.match(tag):
        return ""
    parts = tag.split("-")
    language = {"iw": "he", "in": "id", "ji": "yi", "gr": "el", "cz": "cs", "jp": "ja", "ua": "uk"}.get(
        parts[0].lower(), parts[0].lower()
    )
    rest = [p.title() if len(p) == 4 else p.upper() for p in parts[1:]]
    return "-".join([language, *rest])


def language_of(tree: LexborHTMLParser, head: Head, embedded: Embedded, sample: str) -> str:
    """The article's language, "und" if unknown. sample: headline and description, to see the script."""
    root = tree.root.attributes if tree.root else {}
    declared = (
        plain(_first(embedded.article.get("inLanguage"))),
        root.get("lang") or root.get("xml:lang") or "",
        head.first("content-language", "language", "dc.language", "dcterms.language"),
        head.first("og:locale"),
    )
    tag = next((t for t in map(normal_tag, declared[1:2] + declared[:1] + declared[2:]) if t), "")
    script = script_language(sample)
    if script and tag.partition("-")[0] not in _WRITTEN[script]:
        other = next((t for t in map(normal_tag, declared) if t.partition("-")[0] in _WRITTEN[script]), "")
        return other or script
    return tag or "und"


def _first(value: object) -> object:
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get("alternateName") or value.get("name") if isinstance(value, dict) else value


def script_language(sample: str) -> str:
    """A language for the script that most letters of the sample are in; "" for Latin script."""
    sample = sample[:400]
    if sample.isascii() or not _NOT_LATIN.search(sample):
        return ""
    sample = sample.lower()
    letters = len(_LETTER.findall(sample))
    for language, pattern in _SCRIPTS:
        share = len(pattern.findall(sample)) / letters if letters else 0.0
        if share > (0.15 if language == "ja" else 0.4):
            return language
    return ""


def direction_of(tree: LexborHTMLParser, language: str) -> str:
    """ "rtl" or "ltr": by the language's script, else as the page says."""
    base, *rest = language.split("-")
    script = next((part for part in rest if len(part) == 4), "")
    if script:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    if base in _RTL:
        return "rtl"
    if base != "und":
        return "ltr"
    declared = (tree.root.attributes.get("dir") if tree.root else "") or ""
    return "rtl" if declared.lower() == "rtl" else "ltr"
