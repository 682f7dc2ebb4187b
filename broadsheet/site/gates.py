"""The gate as a page shows it: a part of its own after the article, whose words are never the article's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.articles.gates import Gate
from broadsheet.readers.gate import wording
from broadsheet.readers.meter import Allowance, Terms, terms


@dataclass(frozen=True, slots=True)
class GateView:
    """kind: of gate. article: its number. left: of the allowance, None where it is not known or does not count.

    until: when the allowance begins anew. gift: a link to give away, just made. may_give: whether one may be made.
    standing: of a reader with an account towards the notice of incentive; empty without an account.
    """

    kind: str
    article: int
    title: str
    words: str
    most: int
    days: int
    left: int | None = None
    until: datetime | None = None
    is_open: bool = False
    standing: str = ""
    may_give: bool = False
    gift: str = ""


def gate_view(gate: Gate, article: int, allowance: Allowance | None = None, *, standing: str = "") -> GateView:
    """Two queries: the operator may have put words and numbers of his own in place of ours."""
    own, allowed = wording(translation.get_language() or ""), terms()
    left = allowance.left if allowance is not None and gate is Gate.METERED else None
    title, words = _words(gate, left, allowed)
    return GateView(
        kind=str(gate),
        article=article,
        title=own.get(f"gate.{gate}.title", title),
        words=own.get(f"gate.{gate}.words", words),
        most=allowed.texts,
        days=allowed.days,
        left=left,
        until=allowance.until if allowance is not None else None,
        standing=standing,
    )


def _words(gate: Gate, left: int | None, allowed: Terms) -> tuple[str, str]:
    if gate is Gate.MEMBERS:
        return _("The whole text is for members"), _("It opens with the mail address that is on the list of members.")
    account = _("An account is free of charge; all it takes is a mail address.")
    if gate is Gate.ACCOUNT:
        return _("The whole text is free with an account"), account
    if left == 0:
        return _("Your free texts of this period are read"), account
    most = ngettext("%(num)d text", "%(num)d texts", allowed.texts) % {"num": allowed.texts}
    days = ngettext("%(num)d day", "%(num)d days", allowed.days) % {"num": allowed.days}
    free = _("Anybody may open %(texts)s in %(days)s, without an account.") % {"texts": most, "days": days}
    return _("Read the whole text, free of charge"), free
