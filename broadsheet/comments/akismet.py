"""Asking a spam service elsewhere, where the setting AKISMET names one: Akismet, or any that answers as it does.

It is asked last and least: only about what our own guard would let through, of writers who are not trusted. It learns
the words, the name they are written under and the address of the page; no mail address and no network address.
Whatever goes wrong with it, our own filter stands alone.
"""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from django.conf import settings

from broadsheet.comments.models import Act, Comment, CommentState, Decision

log = logging.getLogger(__name__)

PATIENCE_S = 3.0
"""A writer waits for the answer."""
PHASE = "elsewhere"
"""What its finding is called among those of the guard."""
NO_ADDRESS = "0.0.0.0"  # noqa: S104  # the service wants the field; we tell nobody's


def is_on() -> bool:
    return bool(settings.ENVIRONMENT.akismet[0])


def calls_it_spam(words: str, name: str, path: str, *, is_reply: bool) -> bool:
    """Whether the service takes a comment for spam; False too when it does not answer as it should."""
    from broadsheet.fetching import FetchError  # noqa: PLC0415  # the client takes 6 MB, and few sites ask

    try:
        return _ask("comment-check", words, name, path, is_reply=is_reply) == "true"
    except FetchError as error:
        log.warning("the spam service was not heard, our own filter stands alone: %s", error)
        return False


def lesson_of(decision: Decision, comment: Comment) -> str:
    """What a decision teaches the service: "spam" it had let pass, "ham" it had called spam, or nothing."""
    if decision.act == Act.REMOVE and decision.reason == "spam" and decision.before == CommentState.PUBLISHED:
        return "spam"
    was_called_spam = any(finding.get("phase") == PHASE for finding in comment.held_for)
    return "ham" if was_called_spam and decision.act in (Act.APPROVE, Act.RESTORE) else ""


def teach(comment: Comment, lesson: str) -> None:
    """Raises FetchError. lesson: spam or ham."""
    path = comment.thread.story.path
    _ask(f"submit-{lesson}", comment.markdown, comment.name, path, is_reply=comment.parent_id is not None)


def _ask(what: str, words: str, name: str, path: str, *, is_reply: bool) -> str:
    from broadsheet.fetching import Call  # noqa: PLC0415  # the same
    from broadsheet.services import ask  # noqa: PLC0415  # the same

    address, key = settings.ENVIRONMENT.akismet
    fields = {
        "api_key": key,
        "blog": settings.SITE_URL or "http://localhost",
        "user_ip": NO_ADDRESS,
        "permalink": f"{settings.SITE_URL}{path}",
        "comment_type": "reply" if is_reply else "comment",
        "comment_author": name,
        "comment_content": words,
        "blog_lang": settings.LANGUAGE_CODE,
        "blog_charset": "UTF-8",
    }
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = ask(Call(f"{address}/1.1/{what}", "POST", urlencode(fields).encode(), form, PATIENCE_S))
    said = answer.body[:100].decode("utf-8", "replace").strip()
    if answer.status != 200 or (what == "comment-check" and said not in ("true", "false")):
        log.warning("the spam service answers %s to %s: %s", answer.status, what, said)
    return said if answer.status == 200 else ""
