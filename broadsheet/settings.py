"""Django's settings, made from the checked environment and nothing else."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from broadsheet.environment import read_environment
from broadsheet.post.providers import provider_of, provider_settings

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
                # Times and booleans are read by Django's fields, so the driver need not read them first.
                "detect_types": 0,
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


def _mail(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    if not parts.scheme:
        return {"EMAIL_BACKEND": "broadsheet.readers.postbox.FolderBackend"}
    if provider := provider_of(address):
        return {"EMAIL_BACKEND": f"anymail.backends.{provider}.EmailBackend"}
    is_plain = parse_qs(parts.query).get("tls") == ["no"]
    return {
        "EMAIL_BACKEND": "broadsheet.readers.postbox.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not is_plain,
        "EMAIL_TIMEOUT": 30,
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
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "broadsheet.finished",
    "broadsheet.sources",
    "broadsheet.articles",
    "broadsheet.stories",
    "broadsheet.search",
    "broadsheet.notices",
    "broadsheet.readers",
    "broadsheet.comments",
    "broadsheet.letters",
    "broadsheet.gathering",
    "broadsheet.site",
]
DATABASES = {"default": _database(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Finished pages are served before any of this; who asks for nothing personal pays for none of it.
MIDDLEWARE = [
    "broadsheet.site.middleware.security_headers",
    "broadsheet.site.reader_pages.frame.private",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "readers_cache"}}
"""Shared by all processes, because limits on guessing are kept in it."""

# Sessions and forms
_IS_SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_NAME = "__Host-reader" if _IS_SECURE else "reader"
SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _IS_SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-form" if _IS_SECURE else "form"
CSRF_COOKIE_AGE = None
CSRF_TRUSTED_ORIGINS = [SITE_URL] if _IS_SECURE else []
CSRF_FAILURE_VIEW = "broadsheet.site.reader_pages.frame.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Accounts
AUTH_USER_MODEL = "readers.Reader"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/account/login"
LOGIN_REDIRECT_URL = "/my"
LOGOUT_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
ACCOUNT_ADAPTER = "broadsheet.readers.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    # For one address: enough for a slip or two, too few to guess a code or to fill a stranger's mailbox.
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "confirm_email": "1/10s/key,6/h/key",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "signup": "broadsheet.readers.forms.JoinForm",
    "request_login_code": "broadsheet.readers.forms.LoginForm",
    "confirm_login_code": "broadsheet.readers.forms.LoginCodeForm",
    "confirm_email_verification_code": "broadsheet.readers.forms.JoinCodeForm",
}
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _IS_SECURE

# Logging in with an account elsewhere, where the operator named one
if ENVIRONMENT.logins:
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")
    SOCIALACCOUNT_ADAPTER = "broadsheet.readers.social.SocialAdapter"
    SOCIALACCOUNT_FORMS = {"signup": "broadsheet.readers.social.SocialJoinForm"}
    SOCIALACCOUNT_AUTO_SIGNUP = SOCIALACCOUNT_LOGIN_ON_GET = SOCIALACCOUNT_STORE_TOKENS = False
    SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": login["slug"],
                    "name": login["name"],
                    "client_id": login["client"],
                    "secret": login["secret"],
                    "settings": {"server_url": login["issuer"], "oauth_pkce_enabled": True},
                }
                for login in ENVIRONMENT.logins
            ],
        }
    }
    ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _IS_SECURE else "http"

# Mail
globals().update(_mail(ENVIRONMENT.email_url))
ANYMAIL = provider_settings(ENVIRONMENT.email_url, hooks=ENVIRONMENT.hooks, hooks_key=ENVIRONMENT.hooks_key)
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from or f"{SITE_NAME} <news@{urlsplit(SITE_URL).hostname or 'localhost'}>"
LETTERS_FROM = ENVIRONMENT.letters_from or DEFAULT_FROM_EMAIL

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
