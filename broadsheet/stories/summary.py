"""A short summary of a story in sentences that stand word for word in its reports, each with its source. Pure.

Nothing is written, shortened or joined here: a sentence is taken whole or not at all, and only from words that the
publisher's rights let us show. Where none do, there is no summary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from broadsheet.articles.displays import Displayed
from broadsheet.articles.models import Article
from broadsheet.rights import Mode
from broadsheet.text.words import analyze

SENTENCES = 3
LEAST, MOST = 40, 320
"""Characters of a sentence that tells something and can be read at once."""
LEAST_SPACELESS = 14
LOOKED_AT = 8
"""Sentences from the beginning of each text; news tells the event first."""
FADES = 0.25
"""How much less each further sentence of a text is worth: sentence n counts 1 / (1 + FADES * n)."""
LEAST_SHARED = 3
"""Words that a sentence must have in common with other newsrooms' reports or headlines."""
FALLS = 0.4
"""A sentence worth less than this share of the first one is left out."""
SAME = 0.5
"""Share of its words that a sentence may have in common with one already taken."""

_END = re.compile(r"(?<=[.!?…؟۔।])[\"”’»)\]]*\s+(?=[\"“„«‘(\[]*[^\Wa-zß-öø-ÿа-яα-ω])|(?<=[。！？])[”’」』）]*|\n+")
_SHORT_FORM = re.compile(r"\b(?:[^\W\d_]|\d{1,2}|Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|No|Nr|Sr|Jr|Mme|Mlle|Sra)\.$")
_PLACE_LINE = re.compile(r"^[^\Wa-z](?:[^\W\d_a-z]|[ .’'-]){2,30}(?:, [^\n(]{2,40})?(?: \([^()\n]{2,40}\))? [-–—] ")
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_QUOTING = re.compile('["“”„«»「」『』‹›…]')
_LEANS_BACK = re.compile(
    r"(?:but|and|so|yet|he|she|it|they|this|that|these|those|his|her|their|its|however|meanwhile|also|then|aber|und|er|sie"
    r"|es|dies|diese|dieser|das|doch|mais|et|il|elle|ils|elles|ce|cette|ces|cela|pero|y|él|ella|ellos|este|esta|esto|eso)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """text: as it stands in `article`."""

    text: str
    article: Article


def summarize(reports: Sequence[Displayed], blocks: Mapping[int, Sequence[Mapping[str, Any]]]) -> tuple[Sentence, ...]:
    """Up to three sentences from different newsrooms, the one that says most of what all report first.

    reports: the independent ones that are shown, oldest first, all in one language. blocks: texts of those that are
    shown in full. Empty when fewer than two newsrooms report it: then there is nothing to sum up.
    """
    offered = [_Offer(shown.article, place, text) for shown in reports for place, text in _sentences(shown, blocks)]
    if len({offer.article.publisher_id for offer in offered}) < 2:
        return ()
    reported = _reported(reports, offered)
    taken: list[_Offer] = []
    first = 0.0
    while len(taken) < SENTENCES:
        used = {offer.article.publisher_id for offer in taken}
        left = [offer for offer in offered if offer.article.publisher_id not in used and _is_new(offer, taken)]
        said = {term for offer in taken for term in offer.terms}
        best = max(left, key=lambda offer: offer.worth(reported, said), default=None)
        worth = best.worth(reported, said) if best is not None else 0.0
        first = first or worth
        if best is None or worth <= FALLS * first:
            break
        taken.append(best)
    return tuple(Sentence(offer.text, offer.article) for offer in taken)


class _Offer:
    """A sentence that may be taken. place: among the sentences of its article, from 0."""

    def __init__(self, article: Article, place: int, text: str) -> None:
        self.article, self.place, self.text = article, place, text
        self.terms = frozenset(analyze(text, article.language))

    def worth(self, reported: Mapping[str, int], said: Collection[str]) -> float:
        """What it adds: words that other newsrooms use too and no sentence before has, against its length."""
        shared = [reported[term] - 1 for term in self.terms if reported[term] > 1 and term not in said]
        if len(shared) < LEAST_SHARED:
            return 0.0
        return sum(shared) / (8 + len(self.terms)) / (1 + FADES * self.place)


def _reported(reports: Sequence[Displayed], offered: Iterable[_Offer]) -> Counter[str]:
    """In how many newsrooms' sentences a word stands; one in a headline counts as in one newsroom more."""
    known: dict[int, set[str]] = {}
    for offer in offered:
        known.setdefault(offer.article.publisher_id, set()).update(offer.terms)
    found = Counter(term for terms in known.values() for term in terms)
    found.update({term for shown in reports for term in analyze(shown.headline, shown.article.language)})
    return found


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, each exactly as it stands there; wrong guesses leave two together, never half of one."""
    found, start = [], 0
    for end in _END.finditer(text):
        if _SHORT_FORM.search(text[max(0, end.start() - 12) : end.start()]) and "\n" not in end[0]:
            continue
        cut = end.end() if not end[0].strip() else end.start() + len(end[0].rstrip())
        found.append(text[start:cut].strip())
        start = end.end()
    return [sentence for sentence in [*found, text[start:].strip()] if sentence]


def _sentences(shown: Displayed, blocks: Mapping[int, Sequence[Mapping[str, Any]]]) -> Iterator[tuple[int, str]]:
    """The sentences that may be taken from one report, with their places in it."""
    if shown.mode is Mode.FULL:
        paragraphs = [block for block in blocks.get(shown.article.pk, ()) if block.get("kind") == "paragraph"]
        texts = [shown.standfirst, *(str(block.get("text", "")) for block in paragraphs[:LOOKED_AT])]
    else:
        texts = [shown.extract]
    for place, sentence in enumerate([one for text in texts for one in split_sentences(text)][:LOOKED_AT]):
        # The place and agency before an agency's first words are no part of the sentence.
        sentence = _PLACE_LINE.sub("", sentence)
        if _stands_alone(sentence):
            yield place, sentence


def _stands_alone(sentence: str) -> bool:
    """A whole sentence that can be understood without the one before, and no piece of a quotation."""
    least = LEAST_SPACELESS if _SPACELESS.search(sentence) else LEAST
    whole = least <= len(sentence) <= MOST and sentence.endswith((".", "!", "。", "！", "۔", "।"))
    # Quotations have their own place, with their speaker; an ellipsis leaves something out.
    return whole and _QUOTING.search(sentence) is None and _LEANS_BACK.match(sentence) is None


def _is_new(offer: _Offer, taken: Sequence[_Offer]) -> bool:
    return all(len(offer.terms & other.terms) <= SAME * len(offer.terms) for other in taken)
