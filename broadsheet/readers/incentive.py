"""The notice of financial incentive: an account opens texts, so its data are given for something.

Agreeing is a step of its own, never part of the terms, and taken back at any time. Until a reader agrees their account
opens nothing more than anybody's browser does. Who said no is not asked for twelve months: `Standing` is what every
page asks before it offers anything (California Civil Code 1798.125; 11 CCR 7016 and 7080).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from broadsheet.readers.accounts import note_act, record_agreement
from broadsheet.readers.gate import rules
from broadsheet.readers.models import Agreement, GateKind, Reader

SILENCE = timedelta(days=365)


class Standing(StrEnum):
    """AGREED: the account opens texts. ASKABLE: it may be offered. SILENT: it was refused within twelve months."""

    AGREED = "agreed"
    ASKABLE = "askable"
    SILENT = "silent"


def is_offered() -> bool:
    """Whether an account opens anything here that is closed without one. One query."""
    return any(rule.kind in (GateKind.ACCOUNT, GateKind.METERED) for rule in rules())


def standing(reader: Reader, *, now: datetime) -> Standing:
    """One query."""
    if Agreement.objects.filter(reader=reader, document="incentive", withdrawn_at=None).exists():
        return Standing.AGREED
    refused_at = reader.incentive_refused_at
    return Standing.SILENT if refused_at is not None and now < refused_at + SILENCE else Standing.ASKABLE


def agree(reader: Reader, *, now: datetime) -> None:
    with transaction.atomic():
        record_agreement(reader, "incentive", now=now)
        _set_refused(reader, None)
        note_act("incentive agreed", reader, actor=reader)


def refuse(reader: Reader, *, now: datetime) -> None:
    """Say no, or take the agreement back: twelve months of silence begin."""
    with transaction.atomic():
        Agreement.objects.filter(reader=reader, document="incentive", withdrawn_at=None).update(withdrawn_at=now)
        _set_refused(reader, now)
        note_act("incentive refused", reader, actor=reader)


def _set_refused(reader: Reader, at: datetime | None) -> None:
    Reader.objects.filter(pk=reader.pk).update(incentive_refused_at=at)
    reader.incentive_refused_at = at
