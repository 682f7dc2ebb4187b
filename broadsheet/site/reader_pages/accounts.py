"""Joining, logging in, looking after an account: allauth's flows in this site's look, all usable without a script."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from broadsheet.readers import accounts
from broadsheet.readers.forms import AddressCodesForm, AddressForm
from broadsheet.readers.incentive import agree, is_offered
from broadsheet.readers.models import Reader
from broadsheet.site.reader_pages import folds
from broadsheet.site.reader_pages.frame import frame, show


class Framed:
    """An allauth view with the page around it."""

    title: Any = ""
    request: HttpRequest

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)  # type: ignore[misc]  # of the view beside it
        return {**context, "page": frame(self.request, str(self.title))}


class Joined:
    """What joining asks besides the address, whichever way it comes, and what is written down of it."""

    request: HttpRequest

    def joined(self) -> Reader | None:
        """Whose account it became; nobody's where the address has one already, which only its owner is told."""
        raise NotImplementedError

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)  # type: ignore[misc]  # of the view beside it
        return {**context, "least_age": settings.ENVIRONMENT.least_age, "incentive": is_offered()}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        joined = self.joined()
        if joined is not None:
            for document in ("terms", "privacy"):
                accounts.record_agreement(joined, document)
            if self.request.POST.get("incentive") == "yes" and is_offered():
                agree(joined, now=timezone.now())
        return response


class Join(Joined, Framed, account.SignupView):  # type: ignore[misc]  # allauth has no types
    title = gettext_lazy("Join, free of charge")
    template_name = "readers/join.html"

    def joined(self) -> Reader | None:
        return self.user if isinstance(self.user, Reader) else None


class Login(Framed, account.RequestLoginCodeView):  # type: ignore[misc]
    title = gettext_lazy("Log in")
    template_name = "readers/login.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return {**super().get_context_data(**more), "logins": settings.ENVIRONMENT.logins}


class LoginCode(Framed, account.ConfirmLoginCodeView):  # type: ignore[misc]
    title = gettext_lazy("Enter the code")
    template_name = "readers/code.html"


class JoinCode(Framed, account.ConfirmEmailVerificationCodeView):  # type: ignore[misc]
    title = gettext_lazy("Enter the code")
    template_name = "readers/code.html"


class Logout(Framed, account.LogoutView):  # type: ignore[misc]
    title = gettext_lazy("Log out")
    template_name = "readers/logout.html"

    def post(self, *args: Any, **more: Any) -> HttpResponseBase:
        return folds.forget(super().post(*args, **more))


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything about the account on one page: name, address, passkeys, devices, data."""
    reader = reader_of(request)
    return show(
        request,
        "readers/account.html",
        _("Your account"),
        reader=reader,
        passkeys=[found.wrap() for found in Authenticator.objects.filter(user=reader).order_by("pk")],
        sessions=UserSession.objects.purge_and_list(reader),
        logins=settings.ENVIRONMENT.logins,
        connected=dict(SocialAccount.objects.filter(user=reader).values_list("provider", "pk")),
        current=request.session.session_key,
    )


@login_required
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Log out one other device, or all others."""
    wished = request.POST.get("session", "")
    for found in UserSession.objects.filter(user=reader_of(request)).exclude(session_key=request.session.session_key):
        if wished in ("all", str(found.pk)):
            found.end()
    messages.success(request, _("Logged out there."))
    return redirect("/account")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Ask for another address: codes go to both, and both are needed."""
    reader = reader_of(request)
    form = AddressForm(request.POST or None, reader=reader)
    if request.method == "POST" and form.is_valid():
        if not accounts.ask_address_change(reader, form.cleaned_data["email"]):
            form.add_error("email", _("Codes were sent several times today already. Please wait until tomorrow."))
        else:
            return redirect("/account/address/confirm")
    return show(request, "readers/address.html", _("Change your address"), form=form, reader=reader)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    change = accounts.pending_address_change(reader)
    if change is None:
        messages.info(request, _("There is no change under way, or its codes have expired."))
        return redirect("/account/address")
    form = AddressCodesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if accounts.change_address(reader, form.cleaned_data["old_code"], form.cleaned_data["new_code"]):
            messages.success(request, _("Your address is changed."))
            return redirect("/account")
        form.add_error(None, _("The two codes do not both fit. Please look at the newest mail in each mailbox."))
    return show(
        request, "readers/address_confirm.html", _("Confirm your new address"), form=form, change=change, reader=reader
    )


def reader_of(request: HttpRequest) -> Reader:
    """Who is logged in; for views that demand it."""
    if not isinstance(request.user, Reader):
        raise TypeError("nobody is logged in")
    return request.user


def has_proved_address(reader: Reader) -> bool:
    return bool(EmailAddress.objects.filter(user=reader, email=reader.email, verified=True).exists())
