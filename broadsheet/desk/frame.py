"""What the desk's pages share: who may enter, and the page around them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from broadsheet.readers.accounts import has_role
from broadsheet.readers.models import Reader, RoleKind
from broadsheet.site.reader_pages.frame import show

View = Callable[..., HttpResponse]


def for_roles(*kinds: RoleKind) -> Callable[[View], View]:
    """Let in who has one of these roles, administrators always. To everybody else the page does not exist."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            if not has_role(request.user, *kinds):
                raise Http404
            return view(request, *args, **more)

        return guarded

    return decorate


moderators = for_roles(RoleKind.MODERATOR, RoleKind.EDITOR)


def actor(request: HttpRequest) -> Reader:
    assert isinstance(request.user, Reader)  # `for_roles` stands before it
    return request.user


def desk(request: HttpRequest, template: str, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
    return show(request, f"desk/{template}", title, status=status, **context)
