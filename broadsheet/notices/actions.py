"""Taking notices in, deciding them, and forgetting what has served its time."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import blake2b, sha256

from django.conf import settings
from django.db import transaction

from broadsheet.articles.models import Article
from broadsheet.notices.models import Notice, NoticeKind
from broadsheet.stories.models import Story

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FROM_ONE = 5
"""Notices that one sender may write in an hour: enough for an honest morning, too few for a flood."""
FROM_ALL = 200
"""Notices an hour from everybody together; a flood from many places must not fill the disk."""
KEPT_DECIDED = timedelta(days=180)
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that are taken for one another when read out."""


class NoticeLimitError(Exception):
    """Enough for now; trying again in an hour may help."""


@transaction.atomic
def receive_notice(
    about: Article | Story, *, kind: NoticeKind, words: str, contact: str, caller: str, now: datetime
) -> Notice:
    """Keep a notice about an article or a story. The same words about the same thing are the same notice.

    caller: where it came from; only a digest of it is kept, for a day. Raises NoticeLimitError.
    """
    told = f"{about.path}\n{kind}\n{contact}\n{words}"
    digest = blake2b(told.encode("utf-8", "replace"), digest_size=16).hexdigest()
    known = Notice.objects.filter(digest=digest, decided_at=None, received_at__gt=now - DAY).first()
    if known is not None:
        return known
    lately = Notice.objects.filter(received_at__gt=now - HOUR)
    sender = _sender(caller, now)
    if lately.filter(sender=sender).count() >= FROM_ONE or lately.count() >= FROM_ALL:
        raise NoticeLimitError
    return Notice.objects.create(
        reference="".join(secrets.choice(_LETTERS) for _ in range(8)),
        kind=kind,
        article=about if isinstance(about, Article) else None,
        story=about if isinstance(about, Story) else None,
        path=about.path[:200],
        words=words,
        contact=contact,
        sender=sender,
        digest=digest,
        received_at=now,
    )


def decide_notice(notice: Notice, *, decision: str, now: datetime) -> None:
    """Close a notice. decision: what was done about it and why."""
    notice.decided_at, notice.decision = now, decision
    notice.save(update_fields=["decided_at", "decision"])


def prune_notices(*, now: datetime) -> int:
    """Forget senders after a day, and notices `KEPT_DECIDED` after they were decided. Returns how many notices went."""
    Notice.objects.filter(received_at__lt=now - DAY).exclude(sender="").update(sender="")
    deleted, _ = Notice.objects.filter(decided_at__lt=now - KEPT_DECIDED).delete()
    return deleted


def _sender(caller: str, now: datetime) -> str:
    """Keyed and salted with the day, so that it leads nobody back to an address."""
    key = str(settings.SECRET_KEY).encode()
    return hmac.new(key, f"notice {now:%Y-%m-%d} {caller}".encode(), sha256).hexdigest()[:32]
