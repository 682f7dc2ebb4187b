"""What is kept of those who write, vote and report."""

from __future__ import annotations

from django.utils.translation import gettext as _

from broadsheet.comments import akismet
from broadsheet.privacy import Holding


def holdings() -> list[Holding]:
    return [*_kept(), *([_elsewhere()] if akismet.is_on() else [])]


def _elsewhere() -> Holding:
    return Holding(
        what=_("What a spam service elsewhere is asked: your comment, the name above it, the address of the page"),
        why=_("To keep advertising out (GDPR article 6(1)(f)); it learns no mail address and no network address"),
        kept=_("With us not at all; there as its own terms say"),
    )


def _kept() -> list[Holding]:
    return [
        Holding(
            what=_("What you write under a story: the words, their earlier versions, the time, the name you chose"),
            why=_("To show the conversation; you asked for it when you sent it"),
            kept=_("Until you delete it or have your name or your words taken away"),
        ),
        Holding(
            what=_("Which comments you marked as useful, whom you ignore"),
            why=_("To count and to fold away; you asked for it"),
            kept=_("Until you take it back or close your account"),
        ),
        Holding(
            what=_("Decisions about your comments, with their reasons, and your objections"),
            why=_("The law asks for reasons and for a way to object (Regulation (EU) 2022/2065)"),
            kept=_("As long as the comment, without your name once it is taken away"),
        ),
        Holding(
            what=_("A notice about a comment: your words, and your name and address where the law asks for them"),
            why=_("To decide and to answer (the same Regulation, article 16)"),
            kept=_("As long as the comment"),
        ),
    ]
