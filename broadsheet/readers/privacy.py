"""What is kept of readers, for the privacy page: written from the settings that the hourly job enforces."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from broadsheet.privacy import Holding
from broadsheet.readers.meter import terms


def holdings() -> list[Holding]:
    contract = _("You asked for it (GDPR article 6(1)(b))")
    security = _("To keep accounts safe (GDPR article 6(1)(f))")
    given = settings.ENVIRONMENT
    return [
        Holding(
            what=_("Your account: mail address, the name you chose, your passkeys"),
            why=contract,
            kept=_("Until you erase the account; one that is never confirmed: %(days)s")
            % {"days": _days(given.unconfirmed_days)},
        ),
        Holding(
            what=_("What you follow, mute and keep for later"),
            why=contract,
            kept=_("Until you take it back or erase the account"),
        ),
        Holding(
            what=_("Which stories you have seen, only if you switch it on"),
            why=_("You switched it on (GDPR article 6(1)(a))"),
            kept=_("Until you switch it off, at most %(days)s") % {"days": _days(given.read_days)},
        ),
        Holding(
            what=_("Where you are logged in: kind of browser, time, network address"),
            why=security,
            kept=_("Until you log out, at most %(session)s; the network address %(days)s")
            % {"session": _days(settings.SESSION_COOKIE_AGE // 86_400), "days": _days(given.ip_days)},
        ),
        Holding(
            what=_("To which version of the terms you agreed, and when"),
            why=_("To prove it (GDPR article 7(1))"),
            kept=_("Until you erase the account"),
        ),
        Holding(
            what=_("What you objected to, and our answer"),
            why=_("To obey it, and to show that we did (GDPR articles 12 and 21)"),
            kept=_("Until you erase the account"),
        ),
        Holding(
            what=_("How many free texts a browser has opened, under a random number that only that browser holds"),
            why=_("To give everybody the same allowance; we cannot tell who read what"),
            kept=_("At most %(days)s") % {"days": _days(terms().days)},
        ),
        Holding(
            what=_(
                "How often a code was asked for or tried, under a number that cannot be turned back into an address"
            ),
            why=security,
            kept=_("At most %(days)s") % {"days": _days(30)},
        ),
        Holding(
            what=_("Who did what to your data, by number: for example that an account was erased"),
            why=_("To answer for it (GDPR article 5(2))"),
            kept=_days(given.audit_days),
        ),
        Holding(
            what=_(
                "How often a page was opened in a day, and from which site: sums of all readers, without any of them"
            ),
            why=_("To know what is read, and to tell publishers (GDPR does not reach sums)"),
            kept=_("For good"),
        ),
        Holding(
            what=_(
                "Cookies: one while you are logged in, one for a form, one for your allowance of texts, one that says "
                "only that you mute something"
            ),
            why=_("What you asked for needs it (Directive 2002/58/EC article 5(3)); set when you ask, not before"),
            kept=_(
                "Until you log out; until you close the browser; until the allowance ends; until you mute nothing more"
            ),
        ),
    ]


def _days(days: int) -> str:
    return ngettext("%(num)d day", "%(num)d days", days) % {"num": days}
