"""What a first start shows: the sample edition, served on loopback, and the starter list."""

from __future__ import annotations

import json
import os
import threading
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from broadsheet.commands.common import note
from broadsheet.gathering.sample import follow_starter_list, install_sample, look_at_sample_again, sample_is_read
from broadsheet.sample.server import SampleServer
from broadsheet.sources.models import Publisher

LOOK_EVERY_S = 2.0
AFTER_SAMPLE = timedelta(seconds=20)
"""How much later than the sample the starter list is polled first: where names cannot be found, that takes a while."""


def prepare_contents(stack: ExitStack) -> None:
    """On a first start follow the starter list and the sample; later go on with what is there.

    The sample's server lives in this process until `stack` closes; the guard of the workers is opened for exactly its
    addresses.
    """
    wish = settings.ENVIRONMENT.sample
    is_first = not Publisher.objects.exists()
    now = datetime.now(UTC)
    if is_first and wish != "always":
        followed = follow_starter_list(now=now, first_poll=now if wish == "never" else now + AFTER_SAMPLE)
        note(f"Following {followed} publishers of the starter list, as headline and link.")
    has_sample = Publisher.objects.filter(is_sample=True).exists()
    if wish != "never" and (has_sample or is_first or wish == "always"):
        _serve_sample(stack, settings.DATA / "sample.json", now)


def _serve_sample(stack: ExitStack, memory: Path, now: datetime) -> None:
    remembered = _remembered(memory)
    since = datetime.fromisoformat(remembered["now"]) if remembered else now
    server = SampleServer(since)
    try:
        server.start(int(remembered["port"]) if remembered else 0)
    except OSError as error:
        note(f"The sample edition is not served: port {remembered.get('port')} is taken ({error.strerror}).")
        return
    stack.callback(server.stop)
    is_corrected = bool(remembered.get("is_corrected"))
    if is_corrected:
        server.tick()
    _remember(memory, since, server.port, is_corrected=is_corrected)
    install_sample(server.edition, server.addresses, server.feeds, now=now)
    opened = [f"{host}:{port}" for host, port in server.endpoints]
    allowed = [*settings.ENVIRONMENT.allow_networks, *opened]
    os.environ["BROADSHEET_ALLOW_NETWORKS"] = ",".join(allowed)
    if not is_corrected:
        correcting = Correcting(server, memory, since)
        stack.callback(correcting.stop)
        correcting.start()


class Correcting(threading.Thread):
    """Once the sample's first version has been read, its one correction is published, and looked for at once."""

    def __init__(self, server: SampleServer, memory: Path, since: datetime) -> None:
        super().__init__(name="sample-correction", daemon=True)
        self._server, self._memory, self._since = server, memory, since
        self._stopping = threading.Event()

    def stop(self) -> None:
        self._stopping.set()
        self.join()

    def run(self) -> None:
        try:
            while not self._stopping.wait(LOOK_EVERY_S):
                if sample_is_read():
                    self._server.tick()
                    _remember(self._memory, self._since, self._server.port, is_corrected=True)
                    look_at_sample_again(now=datetime.now(UTC))
                    return
        finally:
            connection.close()


def _remember(memory: Path, since: datetime, port: int, *, is_corrected: bool) -> None:
    values = {"now": since.isoformat(), "port": port, "is_corrected": is_corrected}
    draft = memory.with_suffix(".part")
    draft.write_text(json.dumps(values), encoding="ascii")
    draft.replace(memory)


def _remembered(memory: Path) -> dict[str, Any]:
    try:
        found = json.loads(memory.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and {"now", "port"} <= set(found) else {}
