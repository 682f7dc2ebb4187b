"""Quotations in scripts without capitals: spans by length, speakers by a cue right beside them.

Nothing is weighed here. A span with a cue is a quotation; one without must be long enough to be no title or irony, and
stays without a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .marks import Span
from .quote import Quote
from .words import uncased

LANGUAGES = frozenset(("zh", "ja", "ar", "he", "fa", "ko"))
MIN_SIGNS = 6
"""Characters of a credited quotation."""
MIN_ALONE = {"zh": 14, "ja": 18}
"""Characters of one without a cue; 30 where words are written apart."""
AROUND = 80
"""Characters read on either side."""


def find_uncased(text: str, lang: str, spans: list[Span]) -> Iterator[Quote]:
    """The quotations among the spans, in order."""
    before, after, verb = (_compiled(table, lang) for table in ("BEFORE", "AFTER", "VERB_AFTER"))
    for span in spans:
        length = span.end - span.start
        if length < MIN_SIGNS:
            continue
        low = max(span.paragraph, span.start - 1 - AROUND)
        speaker = before.search(text[low : span.start - 1].rstrip()) if before else None
        tail = text[span.end + 1 : span.end + 1 + AROUND]
        if verb is not None and not verb.search(tail):
            speaker = None
        if speaker is None and after is not None:
            speaker, low = after.search(tail), span.end + 1
        if speaker is not None:
            start, end = speaker.span(1)
            name = speaker[1]
            yield Quote(span.start, span.end, name, low + start, low + end, name=name, confidence=0.7)
        elif length >= MIN_ALONE.get(lang, 30):
            yield Quote(span.start, span.end, None, None, None, confidence=0.5)


@cache
def _compiled(table: str, lang: str) -> re.Pattern[str] | None:
    pattern = getattr(uncased, table).get(lang)
    return re.compile(pattern) if pattern else None
