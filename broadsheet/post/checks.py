"""Whether receivers will believe that our mail is ours: SPF, DKIM, DMARC and the names of machines in the DNS.

Pure but for the `Names` it is given. Each check tells what is wrong and what to write into the DNS.
"""

from __future__ import annotations

import ipaddress
import re
from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from broadsheet.post.names import Names, NoAnswerError

SPF_LOOKUPS = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """name: what was looked at. problem: empty when it is well. is_grave: letters may not leave with it."""

    name: str
    problem: str = ""
    is_grave: bool = True
    is_unknown: bool = False


def ask(name: str, question: Callable[[], str], *, is_grave: bool = True) -> Finding:
    """The finding of one check; a network that is away is told as that."""
    try:
        return Finding(name, question(), is_grave)
    except NoAnswerError as error:
        return Finding(name, f"the DNS does not answer, so this is not known ({error})", is_grave, is_unknown=True)


def check_spf(names: Names, domain: str) -> str:
    """The domain of the envelope's sender."""
    records = _records(names, domain, "v=spf1")
    wish = f'Write a TXT record at {domain}, such as "v=spf1 include:your-provider.example -all".'
    if not records:
        return f"{domain} has no SPF record. {wish}"
    if len(records) > 1:
        return f"{domain} has {len(records)} SPF records, which counts as none. Keep one."
    if re.search(r"(^|\s)\+?all(\s|$)", records[0], re.IGNORECASE):
        return f"the SPF record of {domain} lets everybody send (+all). End it with -all or ~all."
    if _lookups(names, domain, records[0], frozenset()) > SPF_LOOKUPS:
        return f"the SPF record of {domain} needs more than {SPF_LOOKUPS} lookups, and receivers stop there."
    return ""


def _lookups(names: Names, domain: str, record: str, seen: frozenset[str]) -> int:
    """How often a receiver has to ask the DNS (RFC 7208, section 4.6.4)."""
    count = 0
    for term in record.split()[1:]:
        found = re.fullmatch(r"[+?~-]?(include|a|mx|ptr|exists|redirect)(?:[:=/](.*))?", term, re.IGNORECASE)
        if found is None:
            continue
        count += 1
        inner = found[2] or ""
        follows = found[1].lower() in {"include", "redirect"} and "%" not in inner and inner not in seen
        if follows and count + len(seen) <= SPF_LOOKUPS:
            for text in _records(names, inner, "v=spf1")[:1]:
                count += _lookups(names, inner, text, seen | {domain, inner})
    return count


def check_dkim(names: Names, domain: str, selectors: Sequence[str], own: str = "") -> str:
    """Any of the selectors has a key; ours, where we sign, is the one we have. own: the public part of our key."""
    found = {one: key for one in selectors if (key := _key_of(names, domain, one)) is not None}
    if own:
        first = selectors[0]
        wish = f'Write a TXT record at {first}._domainkey.{domain}: "v=DKIM1; k=rsa; p={own}"'
        if first not in found:
            return f"the key we sign with is not in the DNS. {wish}"
        if found[first] != own:
            return f"another key than ours stands in the DNS. {wish}"
        return ""
    if not any(found.values()):
        tried = ", ".join(f"{one}._domainkey.{domain}" for one in selectors)
        return (
            f"there is no DKIM key at {tried}. Name your provider's in BROADSHEET_DKIM_SELECTORS, "
            "or make one of your own with `broadsheet letters dkim`."
        )
    return ""


def _key_of(names: Names, domain: str, selector: str) -> str | None:
    for text in names.texts(f"{selector}._domainkey.{domain}"):
        fields = _fields(text)
        if "p" in fields and fields.get("v", "DKIM1").upper() == "DKIM1":
            key = re.sub(r"\s", "", fields["p"])
            try:
                b64decode(key, validate=True)
            except ValueError:
                return None
            return key
    return None


def check_dmarc(names: Names, domain: str, envelope: str, *, is_signed: bool) -> str:
    """There is a policy, and what vouches for us is of the same house as the From line."""
    place, record = _policy(names, domain)
    if not record:
        return f'{domain} has no DMARC record. Write a TXT record at _dmarc.{domain}, such as "v=DMARC1; p=none".'
    fields = _fields(record)
    if fields.get("p", "").lower() not in {"none", "quarantine", "reject"}:
        return f"the DMARC record at {place} has no policy: p=none, p=quarantine or p=reject."
    if is_signed:
        return ""
    is_strict = fields.get("aspf", "r").lower() == "s"
    aligned = envelope == domain if is_strict else organization(envelope) == organization(domain)
    if not aligned:
        return f"mail from {domain} comes back to {envelope}, and nothing is signed for {domain}: DMARC fails."
    return ""


def _policy(names: Names, domain: str) -> tuple[str, str]:
    for name in dict.fromkeys((domain, organization(domain))):
        records = _records(names, f"_dmarc.{name}", "v=DMARC1")
        if len(records) == 1:
            return f"_dmarc.{name}", records[0]
    return "", ""


_SECOND = frozenset(("ac", "co", "com", "edu", "gov", "net", "or", "org", "ne", "go", "gob", "nom", "asso"))


def organization(domain: str) -> str:
    """The registered domain, roughly: the last two labels, three below names such as co.uk."""
    labels = domain.lower().rstrip(".").split(".")
    size = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND else 2
    return ".".join(labels[-size:])


def check_pointer(names: Names, host: str) -> str:
    """The machine that sends has a name, and the name leads back to it."""
    addresses = [one for one in names.addresses(host) if ipaddress.ip_address(one).is_global]
    if not addresses:
        return ""  # of this machine or a private network: who sends on from there is not seen from here
    for address in addresses:
        back = names.names_of(address)
        if not back:
            return f"{address} ({host}) has no name (PTR). Ask whoever gave you the address to set one."
        if not any(address in names.addresses(name) for name in back[:5]):
            return f"{address} is named {back[0]}, and that name does not lead back to it."
    return ""


def check_returns(names: Names, address: str) -> str:
    """Mail to this address has somewhere to go."""
    domain = address.rpartition("@")[2]
    if not names.exchangers(domain) and not names.addresses(domain):
        return f"no server takes mail for {domain}: bounces, and wishes to leave, are lost. Write an MX record."
    return ""


def _records(names: Names, name: str, start: str) -> list[str]:
    return [text for text in names.texts(name) if re.match(rf"{re.escape(start)}(\s|;|$)", text.strip(), re.IGNORECASE)]


def _fields(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if name.strip()}
