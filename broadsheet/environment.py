"""Settings as the environment gives them: typed, documented and checked before anything starts.

Each setting is one `Setting` below; `docs/reference/settings.md` is held to this list by a test.
`BROADSHEET_X_FILE` may name a file that holds the value of `BROADSHEET_X`, for secrets.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from broadsheet.post.providers import PROVIDERS

PREFIX = "BROADSHEET_"


class SettingError(ValueError):
    """A setting has a value that cannot be used; the message names it, the value seen and the value wished."""


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    read: Callable[[str], Any]
    wish: str
    """What a right value looks like, for the error message and the reference."""
    help: str
    secret: bool = False


def _boolean(value: str) -> bool:
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    return words[value.strip().lower()]


def _networks(value: str) -> tuple[str, ...]:
    found = tuple(part for part in re.split(r"[,\s]+", value) if part)
    for part in found:
        host, _, port = part.rpartition(":")
        if host and port.isdigit() and (host.startswith("[") or ":" not in host):
            ipaddress.ip_address(host.strip("[]"))
        else:
            ipaddress.ip_network(part)
    return found


def _sample(value: str) -> str:
    if value not in {"auto", "always", "never"}:
        raise ValueError(value)
    return value


def _web_address(value: str) -> str:
    value = value.strip().rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValueError(value)
    return value


def _hosts(value: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[,\s]+", value) if part)


def _keys(value: str) -> tuple[tuple[str, str], ...]:
    found = tuple((name, key) for name, _, key in (part.partition(":") for part in _hosts(value)))
    if any(not name or len(key) < 20 for name, key in found):
        raise ValueError(value)
    return found


LANGUAGES = ("en", "ar", "de", "es", "fr", "zh")
"""Languages the interface speaks; Chinese is written in simplified characters."""


def _language(text: str) -> str:
    """A tag of a language the interface speaks, as the framework calls it."""
    tag = text.strip().lower().replace("_", "-")
    language, _separator, rest = tag.partition("-")
    if language not in LANGUAGES or not re.fullmatch(r"(?:[a-z0-9]{2,8}(?:-|$))*", rest):
        raise ValueError(text)
    return "zh-hans" if language == "zh" else tag


def _positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError(value)
    return number


def _whole(value: str) -> int:
    number = int(value)
    if number < 0:
        raise ValueError(value)
    return number


def _database(value: str) -> str:
    if value and urlsplit(value).scheme not in {"sqlite", "postgresql", "postgres"}:
        raise ValueError(value)
    return value


def _queue(value: str) -> str:
    if value and urlsplit(value).scheme not in {"sqlite", "postgresql", "postgres", "redis", "rediss"}:
        raise ValueError(value)
    return value


def _mail(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"smtp", "smtps", *PROVIDERS} or not parts.hostname):
        raise ValueError(value)
    if value and parts.scheme in PROVIDERS and not parts.username:
        raise ValueError(value)
    if value and parts.port == 0:
        raise ValueError(value)
    return value


def _returns(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"imap", "imaps", "lmtp", "smtp"} or not parts.hostname):
        raise ValueError(value)
    if value and parts.scheme in {"lmtp", "smtp"} and not parts.port:
        raise ValueError(value)
    return value


def _one_line(value: str) -> str:
    if len(value) > 300 or any(ord(sign) < 32 or ord(sign) == 127 for sign in value):
        raise ValueError(value)
    return value.strip()


def _address(value: str) -> str:
    if value and not re.fullmatch(r"[^\s@<>,;:+\"\\]+@[^\s@<>,;:\"\\]+", value):
        raise ValueError(value)
    return value.lower()


def _checks(value: str) -> str:
    if value not in {"refuse", "report"}:
        raise ValueError(value)
    return value


def _selectors(value: str) -> tuple[str, ...]:
    found = _hosts(value)
    if any(not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", one) for one in found):
        raise ValueError(value)
    return found


def _credentials(value: str) -> str:
    if value and (len(value) < 20 or ":" not in value):
        raise ValueError(value)
    return value


def _logins(value: str) -> tuple[dict[str, str], ...]:
    """Providers of OpenID Connect, each as https://client:secret@issuer/path?name=Title."""
    found = []
    for part in value.split():
        parts = urlsplit(part)
        name = dict(parse_qsl(parts.query, keep_blank_values=True)).get("name", parts.hostname or "")
        if parts.scheme not in {"http", "https"} or not (parts.hostname and parts.username and parts.password):
            raise ValueError(part)
        if {key for key, _value in parse_qsl(parts.query)} - {"name"} or not name.strip():
            raise ValueError(part)
        host = parts.netloc.rpartition("@")[2]
        slug = re.sub(r"[^a-z0-9]+", "-", f"{host}{parts.path}".lower()).strip("-")
        issuer = f"{parts.scheme}://{host}{parts.path.rstrip('/')}"
        client, secret = unquote(parts.username), unquote(parts.password)
        found.append({"slug": slug, "name": name.strip(), "issuer": issuer, "client": client, "secret": secret})
    if len({one["slug"] for one in found}) != len(found):
        raise ValueError(value)
    return tuple(found)


def _akismet(value: str) -> tuple[str, str]:
    """Address and key; both empty without a service."""
    parts = urlsplit(value.strip())
    if not value.strip():
        return "", ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or not parts.username or parts.query:
        raise ValueError(value)
    address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"
    return address, unquote(parts.username)


def _meter(value: str) -> tuple[int, int]:
    texts, _, days = value.partition("/")
    return _whole(texts), _positive(days)


def _shard(value: str) -> tuple[int, int]:
    part, _, whole = value.partition("/")
    shard, shards = int(part), int(whole)
    if not 1 <= shard <= shards:
        raise ValueError(value)
    return shard, shards


def _territory(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", value):
        raise ValueError(value)
    return value


SETTINGS: tuple[Setting, ...] = (
    Setting("DATA", "data", Path, "a folder", "The data folder: database, queue, finished pages, pictures."),
    Setting(
        "DATABASE_URL",
        "",
        _database,
        "sqlite:///path or postgresql://user:password@host/name",
        "The database. Empty: SQLite in the data folder.",
        secret=True,
    ),
    Setting(
        "QUEUE_URL",
        "",
        _queue,
        "sqlite:///path, postgresql://… or redis://…",
        "The task queue. Empty: SQLite in the data folder.",
        secret=True,
    ),
    Setting(
        "SITE_URL",
        "",
        _web_address,
        "https://news.example.org",
        "The public address of the site. Empty: taken from `up`'s port on this machine.",
    ),
    Setting("SITE_NAME", "Broadsheet", str, "a name", "The name on the masthead."),
    Setting(
        "SECRET_KEY",
        "",
        str,
        "at least 40 random characters",
        "Signs forms and links. Empty: made once and kept in the data folder.",
        secret=True,
    ),
    Setting(
        "ALLOWED_HOSTS",
        "",
        _hosts,
        "host names, separated by commas",
        "Host names this site answers to besides the one of SITE_URL and this machine's own.",
    ),
    Setting(
        "ALLOW_NETWORKS",
        "",
        _networks,
        "networks such as 10.1.0.0/16 or single ports such as 127.0.0.1:8800, separated by commas",
        "Private networks that fetching may reach. Empty: none.",
    ),
    Setting("TERRITORY", "US", _territory, "a two-letter country code", "Whose law decides what may be shown."),
    Setting(
        "COMMERCIAL",
        "True",
        _boolean,
        "True or False",
        "Whether the site earns money: then licences for non-commercial use do not reach it.",
    ),
    Setting(
        "QUOTATIONS",
        "5",
        _whole,
        "a whole number, 0 for none",
        "How many quotations of one article may be shown, unless its publisher allowed all of it.",
    ),
    Setting("QUOTATION_LENGTH", "300", _positive, "a whole number above 0", "Characters shown of each quotation."),
    Setting("TIME_ZONE", "UTC", str, "a zone such as Europe/Berlin", "The newsroom's own time zone."),
    Setting(
        "LANGUAGE",
        "en",
        _language,
        "one of en, ar, de, es, fr and zh, with or without a region",
        "The language of the site's own words.",
    ),
    Setting(
        "CONTACT",
        "",
        str,
        "a web page or mail address",
        "Where publishers can write to; part of the User-Agent. Empty: the about page.",
    ),
    Setting("DEBUG", "False", _boolean, "True or False", "Show tracebacks in the browser. Never on a public site."),
    Setting(
        "SAMPLE",
        "auto",
        _sample,
        "auto, always or never",
        "The sample edition: shown until real news is here (auto), for good, or not at all.",
    ),
    Setting("GATHER_CONNECTIONS", "32", _positive, "a whole number above 0", "Publishers' hosts asked at once."),
    Setting(
        "SHARD",
        "1/1",
        _shard,
        "this worker's part, such as 2/4",
        "Which share of the hosts this worker gathers.",
    ),
    Setting(
        "FETCH_LOG_DAYS",
        "30",
        _positive,
        "a whole number above 0",
        "How long single fetches are remembered.",
    ),
    Setting("PAGES_MB", "512", _positive, "a whole number above 0", "Room for finished pages on disk, in MB."),
    Setting(
        "PICTURES_MB",
        "4096",
        _positive,
        "a whole number above 0",
        "Room for pictures on disk, in MB; beyond it those of the oldest articles go.",
    ),
    Setting(
        "API_KEYS",
        "",
        _keys,
        "name:key pairs, separated by commas, each key at least 20 characters",
        "Keys that give more answers of the API in a minute. Nobody needs one.",
        secret=True,
    ),
    Setting(
        "EMAIL_URL",
        "",
        _mail,
        "smtp://user:password@host:587 (STARTTLS), smtps://…, smtp://localhost:25?tls=no or provider://key@domain",
        "The server or provider that sends our mail. Empty: mail is written to the folder mail in the data folder.",
        secret=True,
    ),
    Setting(
        "MAIL_FROM",
        "",
        _one_line,
        "a mail address, or Name <address>",
        "The sender of our mail. Empty: news at the host of SITE_URL.",
    ),
    Setting(
        "LETTERS_FROM",
        "",
        _one_line,
        "a mail address, or Name <address>",
        "The sender of letters, best at a subdomain of its own. Empty: MAIL_FROM.",
    ),
    Setting(
        "POSTAL_ADDRESS",
        "",
        _one_line,
        "one line, such as The Harbor Courier, 1 Pier Road, Skerries",
        "Where the newsroom can be written to. It stands in every letter; without it none is sent.",
    ),
    Setting(
        "MAIL_CHECKS",
        "refuse",
        _checks,
        "refuse or report",
        "What happens when SPF, DKIM or DMARC of our domain are not right: no letter leaves, or only `doctor` says so.",
    ),
    Setting(
        "DKIM_SELECTORS",
        "broadsheet",
        _selectors,
        "names, separated by commas",
        "Under which names the DKIM keys of our mail stand in the DNS; the first is that of our own key.",
    ),
    Setting(
        "RETURNS_ADDRESS",
        "",
        _address,
        "an address without a plus sign, such as returns@letters.example.org",
        "Where bounces, complaints and wishes to leave come back to, as returns+…@. Empty: the sender of letters.",
    ),
    Setting(
        "RETURNS_URL",
        "",
        _returns,
        "imaps://user:password@host/INBOX to ask a mailbox, lmtp://127.0.0.1:8024 or smtp://0.0.0.0:2525 to listen",
        "How mail to RETURNS_ADDRESS reaches us. Empty: not at all, unless the provider tells by hooks.",
        secret=True,
    ),
    Setting(
        "HOOKS",
        "",
        _credentials,
        "user:password, at least 20 characters in all",
        "What a provider's hooks must present at /letters/hooks/PROVIDER (HTTP basic authentication).",
        secret=True,
    ),
    Setting(
        "HOOKS_KEY",
        "",
        str,
        "the provider's signing key",
        "With which a provider signs its hooks, where it signs them.",
        secret=True,
    ),
    Setting(
        "LOGINS",
        "",
        _logins,
        "https://client:secret@issuer.example.org/path?name=Title, several separated by blanks",
        "Providers of OpenID Connect with whose accounts readers may log in. Empty: none.",
        secret=True,
    ),
    Setting(
        "AKISMET",
        "",
        _akismet,
        "https://key@rest.akismet.com, or another service that answers like it",
        "Asked about comments of writers who are not trusted, besides our own filter. Empty: nobody.",
        secret=True,
    ),
    Setting(
        "METER",
        "5/30",
        _meter,
        "texts/days, such as 5/30",
        "How many metered texts anybody may open in how many days, where the gate is metered.",
    ),
    Setting(
        "UNCONFIRMED_DAYS",
        "7",
        _positive,
        "a whole number above 0",
        "How long unconfirmed accounts and addresses for letters are kept.",
    ),
    Setting("IP_DAYS", "14", _positive, "a whole number above 0", "How long network addresses of sessions are kept."),
    Setting("READ_DAYS", "90", _positive, "a whole number above 0", "How long what a reader saw is kept, if at all."),
    Setting(
        "MAIL_DAYS", "395", _positive, "a whole number above 0", "How long we remember what became of each letter."
    ),
    Setting("AUDIT_DAYS", "730", _positive, "a whole number above 0", "How long acts on personal data are remembered."),
    Setting("LEAST_AGE", "16", _positive, "a whole number above 0", "How old who joins has to be."),
    Setting(
        "PROXIES",
        "0",
        _whole,
        "a whole number",
        "Proxies of your own before the site, each of which adds to X-Forwarded-For. 0: the header is not believed.",
    ),
    Setting(
        "WEBSUB_HUB",
        "",
        _web_address,
        "https://hub.example.org/",
        "The WebSub hub that is told when our feeds change. Empty: none.",
    ),
)


class Environment:
    """The checked settings, one attribute each, in lower case."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


def read_environment(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read every setting. Raises SettingError for the first one that cannot be used."""
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        raw = _raw_value(setting, environ)
        try:
            values[setting.name.lower()] = setting.read(raw)
        except (ValueError, KeyError) as error:
            seen = "a value that is not shown" if setting.secret else repr(raw)
            raise SettingError(f"{PREFIX}{setting.name} is {seen}; it should be {setting.wish}.") from error
    return Environment(values)


def _raw_value(setting: Setting, environ: Mapping[str, str]) -> str:
    name = PREFIX + setting.name
    path = environ.get(name + "_FILE")
    if path and name in environ:
        raise SettingError(f"Both {name} and {name}_FILE are set; keep one of them.")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingError(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from error
    return environ.get(name, setting.default)
