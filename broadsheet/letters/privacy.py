"""What is kept of those who get letters."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.privacy import Holding


def holdings() -> list[Holding]:
    given = settings.ENVIRONMENT
    return [
        Holding(
            what=_("For letters by mail: your address, which letters you chose, when you want them, your language"),
            why=_("You asked for them and confirmed it (GDPR article 6(1)(a))"),
            kept=_("Until you erase it; an address that is not confirmed: %(days)s; one without letters: %(idle)s")
            % {"days": _days(given.unconfirmed_days), "idle": _days(given.mail_days)},
        ),
        Holding(
            what=_("Proof that you asked: the words beside the form, its page, when you asked and when you confirmed"),
            why=_("To prove it (GDPR article 7(1))"),
            kept=_("As long as the address"),
        ),
        Holding(
            what=_("What became of each letter: sent, refused, returned. Not whether you opened it"),
            why=_("To write to nobody in vain or against their will (GDPR article 6(1)(f))"),
            kept=_days(given.mail_days),
        ),
        Holding(
            what=_("An address that must not be written to, as a number that cannot be turned back into it"),
            why=_("You refused our mail, or it cannot be delivered (GDPR article 21)"),
            kept=_("For good, so that it holds"),
        ),
    ]


def _days(days: int) -> str:
    return ngettext("%(num)d day", "%(num)d days", days) % {"num": days}
