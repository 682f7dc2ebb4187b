"""Django's settings, made from the checked environment and nothing else."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from broadsheet.environment import read_environment

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parent
DATA: Path = ENVIRONMENT.data.expanduser().resolve()


def _secret_key() -> str:
    """The operator's key, else one made at the first start and kept beside the database."""
    if ENVIRONMENT.secret_key:
        return str(ENVIRONMENT.secret_key)
    path = DATA / "secret-key"
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        key = secrets.token_urlsafe(48)
    try:
        DATA.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key)
    except FileExistsError:  # another process was quicker: its key counts
        return path.read_text(encoding="ascii").strip()
    except OSError:  # a read-only place, as for `--help`: a key for this process only
        return key
    return key


def _database(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    if parts.scheme in {"", "sqlite"}:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or str(DATA / "broadsheet.sqlite3"),
            "OPTIONS": {
                # One writer at a time takes its place at BEGIN, so no transaction fails half way for a lock.
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
                    "PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000; PRAGMA journal_size_limit=67108864"
                ),
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = _secret_key()
DEBUG = ENVIRONMENT.debug
SITE_URL: str = ENVIRONMENT.site_url
SITE_NAME: str = ENVIRONMENT.site_name
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *([urlsplit(SITE_URL).hostname] if SITE_URL else []),
    *ENVIRONMENT.allowed_hosts,
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "broadsheet.finished",
    "broadsheet.sources",
    "broadsheet.articles",
    "broadsheet.stories",
    "broadsheet.search",
    "broadsheet.gathering",
    "broadsheet.site",
]
DATABASES = {"default": _database(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "broadsheet.site.middleware.security_headers",
    "django.middleware.common.CommonMiddleware",
]
ROOT_URLCONF = "broadsheet.urls"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {"environment": "broadsheet.site.templating.environment", "autoescape": True},
    },
]

LANGUAGE_CODE = ENVIRONMENT.language
TIME_ZONE = ENVIRONMENT.time_zone
USE_TZ = True
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"huey": {"level": "WARNING"}},  # it would tell of every task it starts
}
