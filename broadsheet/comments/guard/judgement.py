"""What the guard answers: a verdict and the findings behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """From mild to strict, in this order."""

    ALLOWED = "allowed"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection. phase: who objects. reason: a code with a sentence on the pages. values: what it names."""

    verdict: Verdict
    phase: str
    reason: str
    values: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Judgement:
    """verdict: the strictest of the findings, allowed when there is none. findings: in the order of the phases."""

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    spam: float | None = None
    """Share of belief, 0 to 1, that this is spam; None while the filter has learned too little to say."""

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(finding.reason for finding in self.findings)
