"""Why something was held, refused or removed, in sentences for the people concerned.

The guard speaks in codes and values; this file gives each its sentence. `GROUNDS` are the reasons a moderator may give
for a removal and a reader for a report; each says whether it is about law or about the rules of the site, and its name
in the European Commission's transparency database (field `category`, without its prefix STATEMENT_CATEGORY_).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason. is_illegal: a breach of law, not of the rules alone. category: of the transparency database.

    asks_name: whether a notice of it needs its sender's name and address (art. 16(2)(c) spares notices that concern
    offences against children).
    """

    title: Text
    rule: Text
    category: str
    is_illegal: bool = False
    asks_name: bool = True


GROUNDS: Mapping[str, Ground] = {
    "insult": Ground(
        _("Insult or harassment"), _("Argue with what people say, not with who they are."), "CYBER_VIOLENCE"
    ),
    "hate": Ground(
        _("Contempt for a group of people"),
        _("Nobody is run down here for origin, religion, sex, body, age or whom they love."),
        "ILLEGAL_OR_HARMFUL_SPEECH",
    ),
    "violence": Ground(_("Glorifying or wishing violence"), _("Nobody is wished harm here."), "VIOLENCE"),
    "privacy": Ground(
        _("Private details of somebody"),
        _("Addresses, numbers and private matters of other people are not published here."),
        "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    ),
    "spam": Ground(_("Advertising or spam"), _("No advertising, no copies of the same words."), "SCAMS_AND_FRAUD"),
    "off_topic": Ground(
        _("Not about this story"),
        _("Stay with the story, or with what others said about it."),
        "SCOPE_OF_PLATFORM_SERVICE",
    ),
    "falsehood": Ground(
        _("A false claim about facts"),
        _("Claims of fact need a source others can look at."),
        "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
    ),
    "copied": Ground(
        _("Somebody else’s text"),
        _("Quote briefly and say whom; do not paste whole articles."),
        "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
    ),
    "illegal_defamation": Ground(
        _("Defamation or a crime against honour"),
        _("It is against the law."),
        "ILLEGAL_OR_HARMFUL_SPEECH",
        is_illegal=True,
    ),
    "illegal_hate": Ground(
        _("Incitement to hatred or violence"), _("It is against the law."), "ILLEGAL_OR_HARMFUL_SPEECH", is_illegal=True
    ),
    "illegal_threat": Ground(_("A threat"), _("It is against the law."), "VIOLENCE", is_illegal=True),
    "illegal_privacy": Ground(
        _("Unlawful publication of personal data"),
        _("It is against the law."),
        "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        is_illegal=True,
    ),
    "illegal_copyright": Ground(
        _("Infringement of copyright or trade marks"),
        _("It is against the law."),
        "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        is_illegal=True,
    ),
    "illegal_children": Ground(
        _("Sexual abuse of children"),
        _("It is against the law."),
        "PROTECTION_OF_MINORS",
        is_illegal=True,
        asks_name=False,
    ),
    "illegal_other": Ground(
        _("Another breach of law"), _("It is against the law."), "ILLEGAL_OR_HARMFUL_SPEECH", is_illegal=True
    ),
}


def explain(reason: str, values: Mapping[str, Any]) -> str:
    """The sentence of one finding of the guard, in the language of the page."""
    count = int(values.get("count", values.get("most", values.get("least", 0))))
    sentences = {
        "empty": lambda: gettext("There are no words in it yet."),
        "too_long": lambda: ngettext(
            "It is too long: at most %(most)d character.", "It is too long: at most %(most)d characters.", count
        ),
        "too_short": lambda: ngettext(
            "It is too short: at least %(least)d character.", "It is too short: at least %(least)d characters.", count
        ),
        "too_many": lambda: gettext("You wrote a lot in a short time. Wait a little and send it again."),
        "said_already": lambda: gettext("You said the same not long ago."),
        "said_by_others": lambda: gettext("Others have posted the same words."),
        "many_links": lambda: ngettext("It has %(count)d link.", "It has %(count)d links.", count),
        "far_too_many_links": lambda: ngettext(
            "It has too many links: at most %(most)d.", "It has too many links: at most %(most)d.", count
        ),
        "refused_word": lambda: gettext("It has a word that is not used here: “%(word)s”."),
        "held_word": lambda: gettext("It has a word that an editor looks at first: “%(word)s”."),
        "language": lambda: gettext("It is in a language that an editor has to look at."),
        "premoderated": lambda: gettext("In this conversation an editor reads every comment first."),
        "newcomer": lambda: gettext("An editor reads the first comment of everyone new here."),
        "often_removed": lambda: gettext("An editor reads your comments first, because several were removed."),
        "burst": lambda: gettext("A great many comments come in here right now; an editor reads them first."),
        "looks_like_spam": lambda: gettext("It looks like advertising, so an editor reads it first."),
        "spam_elsewhere": lambda: gettext("A spam service takes it for advertising, so an editor reads it first."),
        "reported": lambda: gettext("Several readers have reported it."),
    }
    sentence = sentences.get(reason)
    return sentence() % values if sentence else reason
