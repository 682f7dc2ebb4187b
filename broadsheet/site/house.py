"""What one web process holds: the store of finished pages and its watch, the renderer, static files, counters."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from broadsheet import finished
from broadsheet.finished.store import Store
from broadsheet.finished.watch import Watch
from broadsheet.readers.consent import version as consent_version
from broadsheet.site import replies
from broadsheet.site.assets import assets, assets_by_path
from broadsheet.site.audience import Audience
from broadsheet.site.dress import dressed_asset, looks_digest
from broadsheet.site.head import chrome
from broadsheet.site.metrics import exposition
from broadsheet.site.rendering import Incoming, Renderer
from broadsheet.sources.queries import newest_ledger_line

TOLD_EVERY_S = 2.0


class House:
    """Made once in each process, after Django is set up."""

    incoming = staticmethod(Incoming)
    dressed = staticmethod(dressed_asset)

    def __init__(self, *, threads: int) -> None:
        folder = Path(settings.DATA) / "pages"
        self.threads = threads
        self.store = Store(
            folder / "pages.sqlite3", room_bytes=settings.ENVIRONMENT.pages_mb * 1024 * 1024, build=build()
        )
        self.renderer = Renderer(self.store, folder / "locks")
        self.watch = Watch(self.store, around)
        self.watch.every_look.append(self._tell)
        self.audience = Audience()
        self.watch.every_look.append(self.audience.hand_over)
        self.assets = assets_by_path()
        self.counts: Counter[str] = Counter()
        self._told_at = 0.0

    def health(self, path: str) -> replies.Reply:
        """The answers below /-/: live, ready, metrics."""
        if path == "/-/live":
            return replies.plain(200, "live")
        if path == "/-/ready":
            problem = self._problem()
            return replies.plain(503, problem) if problem else replies.plain(200, "ready")
        if path == "/-/metrics":
            self._tell(at_once=True)
            return replies.plain(200, exposition(self.store))
        return replies.plain(404, "There is no such check.")

    def _problem(self) -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM articles_article LIMIT 1")
        except DatabaseError as error:
            return f"not ready: the database does not answer: {error}"
        return "" if self.watch.is_awake else "not ready: the watch over finished pages has not looked lately"

    def _tell(self, *, at_once: bool = False) -> None:
        """Leave this process's counters where any process can add them up."""
        now = time.monotonic()
        if not at_once and now - self._told_at < TOLD_EVERY_S:
            return
        self._told_at = now
        told = {
            **{f"requests.{outcome}": count for outcome, count in self.counts.items()},
            "renders": self.renderer.renders,
            "render_seconds": round(self.renderer.seconds, 4),
            "failures": self.renderer.failures,
            "at": int(time.time()),
        }
        self.store.set_note(f"worker.{os.getpid()}", json.dumps(told))


@cache
def build() -> str:
    """Names what pages are made with: a new version, template, style or setting makes all of them anew."""
    digest = blake2b(digest_size=12)
    for template in sorted((Path(settings.PACKAGE) / "templates").rglob("*.html")):
        digest.update(template.read_bytes())
    for code in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(code.read_bytes())
    for name, asset in sorted(assets().items()):
        digest.update(f"{name} {asset.path}".encode())
    told: list[Any] = [settings.SITE_NAME, settings.SITE_URL, settings.LANGUAGE_CODE, settings.TIME_ZONE]
    told += [settings.ENVIRONMENT.territory, settings.ENVIRONMENT.contact, finished.__name__]
    digest.update(json.dumps(told).encode())
    return digest.hexdigest()


def around() -> str:
    """What stands around every page or decides about all of them: sections, sample label, ledger, looks."""
    shown = chrome()
    sections = [(section.slug, section.name) for section in shown.sections]
    return json.dumps([sections, shown.is_sample, newest_ledger_line(), looks_digest(), consent_version()])
