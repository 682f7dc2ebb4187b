"""What is kept of those who report a problem."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.notices.actions import KEPT_DECIDED
from broadsheet.privacy import Holding


def holdings() -> list[Holding]:
    days = KEPT_DECIDED.days
    return [
        Holding(
            what=_("A problem you report: its kind, your words, and your mail address if you give one"),
            why=_("To look into it and to answer you; our legitimate interest in a correct and lawful site"),
            kept=ngettext("%(days)d day after it was decided", "%(days)d days after it was decided", days)
            % {"days": days},
        ),
        Holding(
            what=_("When you report a problem: a number made from your network address that does not lead back to it"),
            why=_("To stop floods of reports; our legitimate interest in a form that works"),
            kept=ngettext("%(days)d day", "%(days)d days", 1) % {"days": 1},
        ),
    ]
