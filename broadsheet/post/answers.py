"""What a refusal means: is it the address, its mailbox, or us. From the enhanced code (RFC 3463), then the words.

Codes alone mislead: 5.7.1 is said of unknown users as of spam, 5.4.1 by one large provider of addresses that are not
there, and 550 of everything. So words that name the address overrule a code that does not, and a refusal that is
about us (a block list, a missing signature, a rate) never counts against the reader.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from pathlib import Path


class Meaning(StrEnum):
    HARD = "hard"
    SOFT = "soft"
    BLOCKED = "blocked"


STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?=[ \-:,]|$)")


def _patterns() -> dict[str, re.Pattern[str]]:
    lists = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(patterns), re.IGNORECASE) for name, patterns in lists.items()}


SAYS = _patterns()
_BY_STATUS = {
    "1.1": Meaning.HARD, "1.2": Meaning.HARD, "1.3": Meaning.HARD, "1.4": Meaning.HARD, "1.6": Meaning.HARD,
    "1.7": Meaning.BLOCKED, "1.8": Meaning.BLOCKED, "1.10": Meaning.HARD, "2.1": Meaning.HARD, "2.2": Meaning.SOFT,
    "2.3": Meaning.BLOCKED, "2.4": Meaning.SOFT, "4.4": Meaning.HARD, "4.3": Meaning.SOFT, "4.7": Meaning.SOFT,
}  # fmt: skip
_BY_SUBJECT = {"3": Meaning.SOFT, "4": Meaning.SOFT, "5": Meaning.BLOCKED, "6": Meaning.BLOCKED, "7": Meaning.BLOCKED}


def read_status(text: str) -> str:
    """The enhanced code in a server's words; empty when there is none."""
    found = STATUS.search(text)
    return found[1] if found else ""


def meaning_of(code: int, text: str, *, status: str = "") -> Meaning:
    """What a refusal means. code: of SMTP; 0 where only a report tells. text: the server's words."""
    text = text[:2_000]
    said = read_status(text)
    if said and not said.endswith(".0.0") and (status.endswith(".0.0") or not status or said[0] == status[0]):
        status = said  # the far server's own words are more exact than the report about them
    if not code and (found := _CODE.search(text)):
        code = int(found[1])
    is_for_good = code >= 500 if code else not status.startswith("4")
    if status.startswith("5") and not 400 <= code < 500:
        is_for_good = True
    if SAYS["full"].search(text):
        return Meaning.SOFT
    subject = status.partition(".")[2]
    if not is_for_good:
        return Meaning.BLOCKED if subject.startswith("7.") and not SAYS["later"].search(text) else Meaning.SOFT
    if SAYS["sender"].search(text):
        return Meaning.BLOCKED
    names_us, names_nobody = bool(SAYS["us"].search(text)), bool(SAYS["nobody"].search(text))
    exact = _BY_STATUS.get(subject)
    if names_us != names_nobody and (exact is None or subject == "1.1"):  # the words are more exact than the drawer
        return Meaning.BLOCKED if names_us else Meaning.HARD
    if told := exact or _BY_SUBJECT.get(subject.partition(".")[0]):
        return told
    if names_nobody:
        return Meaning.HARD
    if SAYS["later"].search(text) or code == 552:
        return Meaning.SOFT
    if code in {550, 551, 553}:
        return Meaning.HARD
    return Meaning.BLOCKED if code in {521, 554, 571} else Meaning.SOFT


def asks_to_wait(code: int, text: str) -> bool:
    """Whether a refusal is about how fast we are: then the whole provider is left alone for a while."""
    return code == 421 or (400 <= code < 500 and bool(_PACE.search(text)))


_PACE = re.compile(
    r"rate|throttl|too many|too fast|4\.7\.(0|28|650)\b|4\.3\.2|limit|unusual|temporarily (rejected|deferred|blocked)",
    re.IGNORECASE,
)
