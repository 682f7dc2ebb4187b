"""Services that take mail by an interface of their own, as django-anymail calls their settings.

`provider://KEY[:SECOND]@domain?option=value` says all of it; every other service takes mail by SMTP.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Provider:
    """key, second: the settings that the user and the password of the address stand for; hook: of its signing key."""

    key: str
    second: str = ""
    domain: str = ""
    hook: str = ""


PROVIDERS = {
    "brevo": Provider("API_KEY"),
    "mailersend": Provider("API_TOKEN", hook="SIGNING_SECRET"),
    "mailgun": Provider("API_KEY", domain="SENDER_DOMAIN", hook="WEBHOOK_SIGNING_KEY"),
    "mailjet": Provider("API_KEY", second="SECRET_KEY"),
    "mailtrap": Provider("API_TOKEN", hook="SIGNING_SECRET"),
    "mandrill": Provider("API_KEY", hook="WEBHOOK_KEY"),
    "postal": Provider("API_KEY", domain="API_URL", hook="WEBHOOK_KEY"),
    "postmark": Provider("SERVER_TOKEN"),
    "resend": Provider("API_KEY"),
    "scaleway": Provider("SECRET_KEY", second="PROJECT_ID"),
    "sparkpost": Provider("API_KEY"),
}


def provider_of(address: str) -> str:
    """The provider's name in an address of a mail service; empty for SMTP and for none."""
    scheme = urlsplit(address).scheme
    return scheme if scheme in PROVIDERS else ""


def provider_settings(address: str, *, hooks: str = "", hooks_key: str = "") -> dict[str, str]:
    """What django-anymail wants to be told. hooks: what a hook presents; hooks_key: with which it is signed."""
    found = {"WEBHOOK_SECRET": hooks} if hooks else {}
    if hooks_key:
        found |= {f"{name.upper()}_{one.hook}": hooks_key for name, one in PROVIDERS.items() if one.hook}
    parts = urlsplit(address)
    provider = PROVIDERS.get(parts.scheme)
    if provider is None:  # by SMTP; hooks may come all the same
        return found
    name = parts.scheme.upper()
    found[f"{name}_{provider.key}"] = unquote(parts.username or "")
    if provider.second:
        found[f"{name}_{provider.second}"] = unquote(parts.password or "")
    if provider.domain:
        host = parts.hostname or ""
        found[f"{name}_{provider.domain}"] = f"https://{host}" if provider.domain == "API_URL" else host
    found.update({f"{name}_{option.upper()}": value for option, value in parse_qsl(parts.query)})
    return found
