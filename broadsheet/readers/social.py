"""Logging in with an account elsewhere, by OpenID Connect: loaded only where the setting LOGINS names a provider.

The provider says who somebody is, and nothing else is kept: its name and the number it gave. An account here that has
the same address is never taken over by it; whoever holds that account connects the two, logged in. Calls to the
provider leave through `fetching`, and none is made before a reader presses the button.
"""

from __future__ import annotations

import base64
import json
from types import TracebackType
from typing import Any, NoReturn, Self
from urllib.parse import urlencode

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.forms import SignupForm
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from broadsheet.fetching import Answer, Call, FetchError
from broadsheet.readers.forms import AddressField, Joining
from broadsheet.services import ask


class SocialJoinForm(Joining, SignupForm):  # type: ignore[misc]  # allauth has no types
    """The provider told the address; the terms are agreed to here all the same."""

    email = AddressField()


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def get_requests_session(self) -> Session:
        return Session()

    def on_authentication_error(self, request: HttpRequest, *_arguments: Any, **_more: Any) -> NoReturn:
        """Refused there, broken here or there: back to the ways in that always work."""
        refuse(request)

    def is_auto_signup_allowed(self, _request: HttpRequest, _login: Any) -> bool:
        return False

    def send_notification_mail(self, *_arguments: Any, **_more: Any) -> None:
        """The list on the account page tells what is connected."""


def refuse(request: HttpRequest) -> NoReturn:
    """Raises: the reader goes to the page of logging in, which says why."""
    messages.error(request, _("Logging in there did not work, or you stopped it. A code by mail always works."))
    raise ImmediateHttpResponse(redirect("/account/login"))


@receiver(pre_save, sender=SocialAccount)
def keep_little(instance: SocialAccount, **_more: Any) -> None:
    """Before a row is written: what the provider told besides the number is not for us to keep."""
    instance.extra_data = {}


class Session:
    """What allauth asks of a session of `requests`, done by our own door."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def get(self, url: str, **more: Any) -> Answered:
        return self.request("GET", url, **more)

    def post(self, url: str, **more: Any) -> Answered:
        return self.request("POST", url, **more)

    def request(
        self,
        method: str,
        url: str,
        *,
        params: dict[str, str] | None = None,
        data: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        auth: Any = None,
    ) -> Answered:
        fields = {"Accept": "application/json", **(headers or {})}
        if auth is not None:
            pair = base64.b64encode(f"{auth.username}:{auth.password}".encode()).decode()
            fields["Authorization"] = f"Basic {pair}"
        body = None
        if data is not None:
            body = urlencode(data).encode()
            fields["Content-Type"] = "application/x-www-form-urlencoded"
        address = f"{url}?{urlencode(params)}" if params else url
        try:
            return Answered(ask(Call(address, method, body, fields)))
        except FetchError as error:
            raise requests.ConnectionError(str(error)) from error


class Answered:
    """An answer as allauth reads it."""

    def __init__(self, answer: Answer) -> None:
        self.status_code, self.content = answer.status, answer.body
        self.headers = {"content-type": "", **answer.headers}

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        try:
            return json.loads(self.content)
        except ValueError as error:
            raise requests.RequestException("the provider's answer is no JSON") from error

    def raise_for_status(self) -> None:
        if self.status_code >= 300:
            raise requests.HTTPError(f"the provider answers {self.status_code}")
