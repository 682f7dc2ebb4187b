"""The receipt: how sure the extraction is, and what was left out and why."""

from __future__ import annotations

from math import exp

from broadsheet.extraction.article import Damage, Omission, Receipt, Verdict
from broadsheet.extraction.cues import NO_CUE, Matcher
from broadsheet.extraction.metadata import bars_the_way
from broadsheet.extraction.reasons import Reason, reason_of
from broadsheet.extraction.roles import CAPTION, OUT, Choice

EXCERPT = 120
WALL = 1_000
"""Characters of a wall that are read to tell what it asks for."""
MAX_OMISSIONS = 60
NEAR = 12
"""Pieces before and after the article that still count as near it."""
LABEL = 60
"""Characters below which a wall may be a button of some other box; then it has to say what it stands in front of."""
SHORT = 250
"""Characters below which an article is doubtful."""
BAR = 0.63
"""Score below which an article is doubtful. Of the development pages, which the weights were learned on, 4 of 754 that
were read well (F1 .9 and above) and all 5 that were read badly (below .5) lie below; by weights that saw no page of the
publisher, 7 of 732 and 3 of 13."""


UNLIKELY = -7.0
"""Log-odds below which a piece is no sign of anything missing: less than one in a thousand."""
BREAKS_OFF = ("…", "...", "[…]", "[...]")


def left_out(choice: Choice, cues: Matcher | None = None) -> list[tuple[str, list[str]]]:
    """Runs of pieces of one class that were left out in or near the article: class and texts.

    cues: phrases that tell the class of short links, which were passed over before any phrase was sought in them.
    """
    pieces, roles = choice.page.pieces, choice.roles
    if choice.kept:
        low, high = max(0, choice.kept[0] - NEAR), min(len(pieces), choice.kept[-1] + NEAR + 1)
    else:
        low, high = 0, min(len(pieces), 40)
    left = [i for i in range(low, high) if (roles[i] is OUT or roles[i] is CAPTION) and i != choice.standfirst]
    if cues is not None:
        unread = [piece for i in left if (piece := pieces[i]).cue is NO_CUE and piece.density > 0.5]
        for i, cue in cues.find_all([p.text for p in unread], [p.density for p in unread]).items():
            unread[i].cue = cue
    found: list[tuple[str, list[str]]] = []
    known: dict[int, Reason] = {}
    last = -2
    for i in left:
        kind = "caption" if roles[i] is CAPTION else reason_of(pieces[i], known)
        if i == last + 1 and found[-1][0] == kind:
            found[-1][1].append(pieces[i].text)
        else:
            found.append((kind, [pieces[i].text]))
        last = i
    return found


def omissions(choice: Choice, cues: Matcher | None = None) -> tuple[Omission, ...]:
    """The same with short excerpts, as the receipt keeps them."""
    return tuple(
        Omission(kind, " ".join(texts)[:EXCERPT], sum(map(len, texts)))
        for kind, texts in left_out(choice, cues)[:MAX_OMISSIONS]
    )


def walls_of(choice: Choice, receipt: Receipt) -> list[str]:
    """The whole words of each wall that the receipt tells of: what a reader must do often comes at their end."""
    if not any(o.kind == "wall" for o in receipt.omitted):
        return []
    return [" ".join(texts)[:WALL] for kind, texts in left_out(choice) if kind == "wall"]


def _is_known(choice: Choice, at: int) -> bool:
    """Whether a piece left out is no sign of anything missing, however likely: what it is instead is known. One that
    breaks off announces another report: of 40 on 9 development pages none stands in a full text."""
    return choice.roles[at] is CAPTION or at == choice.standfirst or choice.page.pieces[at].text.endswith(BREAKS_OFF)


def make_receipt(
    choice: Choice, damage: tuple[Damage, ...], complete: bool, cues: Matcher | None = None, *, is_free: bool = True
) -> Receipt:
    """Score, verdict and reasons.

    complete: the text is as long as the page itself says elsewhere, so shortness is no sign of loss. is_free: markup
    does not say that reading asks for anything.
    """
    pieces = choice.page.pieces
    omitted = omissions(choice, cues)
    if not choice.kept:
        return Receipt(0.0, Verdict.EMPTY, ("no article text",), omitted)
    kept, chances = choice.kept, choice.chances
    likely = {i: pieces[i].size / (1.0 + exp(-s)) for i, s in enumerate(chances) if s > UNLIKELY}
    held = sum([pieces[i].size for i in kept])
    sure = sum([likely.pop(i, 0.0) for i in kept])
    score = round(sure / (held + sum([size for i, size in likely.items() if not _is_known(choice, i)])), 3)
    reasons = []
    if held < SHORT and not complete:
        reasons.append(f"only {sum(len(pieces[i].text) for i in kept)} characters of text")
    if score < BAR:
        reasons.append(f"unsure which text is the article (score {score:.2f} below {BAR})")
    walls = [
        o for o in omitted if o.kind == "wall" and (not is_free or o.characters >= LABEL or bars_the_way(o.excerpt))
    ]
    if walls and held < 6 * SHORT and not complete:
        reasons.append("a wall stands where the text ends")
    if damage:
        reasons.append("words are broken")
    return Receipt(score, Verdict.DOUBTFUL if reasons else Verdict.GOOD, tuple(reasons), omitted, damage)
