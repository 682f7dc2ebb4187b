"""Mail that comes back, understood: bounces by RFC 3464 and by nobody, complaints (RFC 5965), wishes to leave, replies.

Pure: bytes in, `Found` out. Who it is about is not decided here: `traces` are the places in which a mark of ours may
stand, and only that proves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from itertools import islice

from broadsheet.post.answers import SAYS, STATUS, meaning_of
from broadsheet.post.message import clean

MOST_BYTES = 1_000_000
MOST_PARTS = 60
MOST_RECIPIENTS = 20
_MOST_TEXT = 6_000

HARD, SOFT, BLOCKED, COMPLAINT, LEAVE, REPLY, UNKNOWN = (
    "hard", "soft", "blocked", "complaint", "leave", "reply", "unknown",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a report says. kind: as `letters.models.ReturnKind`. detail: its own words, cut."""

    kind: str
    address: str = ""
    status: str = ""
    detail: str = ""
    traces: tuple[str, ...] = ()


def read_report(raw: bytes, *, to: str = "") -> list[Found]:
    """What a mail to our returns address says; never empty. to: whom it was delivered to, where that is known."""
    mail = message_from_bytes(raw[:MOST_BYTES])
    parts = list(islice(mail.walk(), MOST_PARTS))  # those of forwarded mails too
    traces = tuple(_traces(mail, parts, to))
    return [replace(found, traces=traces) for found in _read(mail, parts, traces)]


def _read(mail: Message, parts: list[Message], traces: tuple[str, ...]) -> list[Found]:
    kinds = {part.get_content_type() for part in parts}
    if "message/feedback-report" in kinds or _parameter(mail, "report-type") == "feedback-report":
        return [_complaint(parts)]
    if "message/delivery-status" in kinds:
        return _bounce(parts) or [Found(UNKNOWN, detail=_subject(mail))]
    if "message/disposition-notification" in kinds:
        return [Found(REPLY, detail=_subject(mail))]
    if _is_old_complaint(mail):
        return [Found(COMPLAINT, detail=_subject(mail))]
    text = _text(parts)
    if _is_from_a_machine(mail, text):
        return [_odd_bounce(mail, text)]
    if _is_automatic(mail):
        return [Found(REPLY, detail=_subject(mail))]
    if _wants_to_leave(mail, traces):
        return [Found(LEAVE, address=parseaddr(str(mail.get("From", "")))[1], detail=_subject(mail))]
    return [Found(UNKNOWN, address=parseaddr(str(mail.get("From", "")))[1], detail=_subject(mail))]


# Bounces by the standard


def _bounce(parts: list[Message]) -> list[Found]:
    text = _text(parts)
    reports = (part for part in parts if part.get_content_type() == "message/delivery-status")
    blocks = [block for part in reports for block in _blocks(part)]
    told = [block for block in blocks if {"final-recipient", "original-recipient", "action"} & block.keys()]
    return [_of_block(block, text) for block in told[:MOST_RECIPIENTS]]


def _of_block(block: dict[str, str], text: str) -> Found:
    address = _typed(block.get("original-recipient", "")) or _typed(block.get("final-recipient", ""))
    found = STATUS.search(block.get("status", ""))
    status = found[1] if found else ""
    said = _typed(block.get("diagnostic-code", "")) or text[:1_000]
    action = block.get("action", "").lower().split(" ")[0]
    if action in {"delivered", "relayed", "expanded", "delayed"} or (not action and status.startswith("2")):
        return Found(REPLY, address, status, said[:500])
    return Found(str(meaning_of(0, said, status=status)), address, status, said[:500])


def _blocks(part: Message) -> list[dict[str, str]]:
    """The fields about the whole mail and about each recipient. Some write them as parts, some as plain text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [{str(k).lower(): _line(v) for k, v in one.items()} for one in payload if isinstance(one, Message)]
    blocks: list[dict[str, str]] = [{}]
    name = ""
    for line in _decoded(part).splitlines():
        if not line.strip():
            blocks.append({})
        elif line[0] in " \t" and name:
            blocks[-1][name] += " " + line.strip()
        elif ":" in line:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            blocks[-1][name] = value.strip()
    return [block for block in blocks if block]


def _typed(value: str) -> str:
    """The value of `rfc822; x` or `smtp; x`."""
    kind, mark, rest = value.partition(";")
    return (rest if mark and len(kind) < 20 else value).strip().strip("<>")


# Bounces by nobody's standard

_ADDRESS = re.compile(r"<?([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,250}\.[A-Za-z0-9-]{2,30})>?")
_ORIGINAL = re.compile(
    r"^-{2,}.{0,40}(original message|copy of|below this line|returned message|headers|begin message|message header)"
    r"|^(received|return-path): |this is a copy of the message",
    re.IGNORECASE | re.MULTILINE,
)


def _is_from_a_machine(mail: Message, text: str) -> bool:
    if mail.get("X-Failed-Recipients"):
        return True
    sender = str(mail.get("From", "")) + " " + str(mail.get("Return-Path", "x"))
    is_machine = bool(SAYS["machine"].search(sender)) or str(mail.get("Return-Path", "x")).strip() == "<>"
    return is_machine and bool(SAYS["bounced"].search(_subject(mail)) or SAYS["bounced"].search(text[:1_500]))


def _odd_bounce(mail: Message, text: str) -> Found:
    cut = _ORIGINAL.search(text)
    said = text[: cut.start()] if cut and cut.start() > 60 else text
    failed = str(mail.get("X-Failed-Recipients", "")).split(",")[0].strip()
    own = parseaddr(str(mail.get("To", "")))[1].lower()
    named = (found[1] for found in _ADDRESS.finditer(said))
    address = failed or next((one for one in named if one.lower() != own and "mailer-daemon" not in one.lower()), "")
    if SAYS["waits"].search(said[:800]):
        return Found(REPLY, address, detail=said[:500])
    found = STATUS.search(said)
    return Found(str(meaning_of(0, said[:2_000], status="")), address, found[1] if found else "", said[:500])


# Complaints

_FEEDBACK = {"not-spam": REPLY, "opt-out": LEAVE, "opt-out-list": LEAVE, "auth-failure": UNKNOWN, "dmarc": UNKNOWN}


def _complaint(parts: list[Message]) -> Found:
    fields: dict[str, str] = {}
    for part in parts:
        if part.get_content_type() == "message/feedback-report":
            for block in _blocks(part):
                fields.update(block)
    kind = _FEEDBACK.get(fields.get("feedback-type", "abuse").lower(), COMPLAINT)
    address = _typed(fields.get("original-rcpt-to", "")) or _typed(fields.get("removal-recipient", ""))
    return Found(
        kind, address, detail=f"{fields.get('feedback-type', '')} {fields.get('user-agent', '')}".strip()[:500]
    )


def _is_old_complaint(mail: Message) -> bool:
    """Two services that tell of complaints in a form of their own."""
    sender, subject = parseaddr(str(mail.get("From", "")))[1].lower(), _subject(mail).lower()
    if sender.endswith((".spamcop.net", "@spamcop.net")) and "[spamcop" in subject:
        return True
    return sender.endswith("@hotmail.com") and sender.startswith(("staff@", "postmaster@")) and "complaint" in subject


# Automatic answers and wishes


def _is_automatic(mail: Message) -> bool:
    said = str(mail.get("Auto-Submitted", "no")).lower()
    if not said.startswith("no") or str(mail.get("Precedence", "")).lower() in {"auto_reply", "auto-reply", "junk"}:
        return True
    if any(mail.get(f"X-{name}") for name in ("Autoreply", "Autorespond", "Autoresponder", "Vacation", "Auto-Reply")):
        return True
    return bool(SAYS["away"].search(_subject(mail)))


def _wants_to_leave(mail: Message, traces: tuple[str, ...]) -> bool:
    """Written to an address that is for leaving, or in so many words in the subject."""
    to = " ".join(traces)
    return bool(re.search(r"\+l[0-9]+\.[0-9a-f]{20}@", to, re.IGNORECASE) or SAYS["leave"].search(_subject(mail)))


# Reading mail as it comes


def _traces(mail: Message, parts: list[Message], to: str) -> Iterator[str]:
    yield to
    for name in ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Subject", "References", "In-Reply-To"):
        for value in mail.get_all(name, [])[:5]:
            yield str(value)[:1_000]
    for part in parts[1:]:
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            part = message_from_bytes(_decoded(part).encode("utf-8", "replace"))
        for name in ("Message-ID", "List-Unsubscribe", "Return-Path", "X-Original-Message-ID", "Original-Message-ID"):
            if part.get(name):
                yield str(part.get(name))[:1_000]
        if kind == "message/feedback-report":
            yield _decoded(part)[:2_000]
    text = _text(parts)
    for found in re.finditer(r"(?:message-id|list-unsubscribe)\s*:.{0,300}", text, re.IGNORECASE):
        yield found[0]


def _text(parts: list[Message]) -> str:
    """The words for people: plain text, else the HTML without its tags."""
    plain = [_decoded(part) for part in parts if part.get_content_type() == "text/plain"]
    if plain:
        return "\n".join(plain)[:_MOST_TEXT]
    html = " ".join(_decoded(part)[:20_000] for part in parts if part.get_content_type() == "text/html")
    return re.sub(r"\s+", " ", re.sub(r"<[^<>]{0,2000}>", " ", html))[:_MOST_TEXT]


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        charset = part.get_content_charset() or "utf-8"
        try:
            return payload.decode(charset, "replace")
        except (LookupError, ValueError):  # no such encoding, or no name of one
            return payload.decode("utf-8", "replace")
    inner = part.get_payload()
    if isinstance(inner, list):
        return "\n\n".join(str(one) for one in inner)
    return str(inner)


def _subject(mail: Message) -> str:
    return _line(mail.get("Subject", ""))[:200]


def _line(value: object) -> str:
    try:
        return clean(str(make_header(decode_header(str(value)))))
    except (MessageError, LookupError, ValueError):
        return clean(str(value))


def _parameter(mail: Message, name: str) -> str:
    return str(mail.get_param(name, "") or "").lower()
