"""How fast an edition is written, signed and handed over: `python -m bench.letters [READERS]`, per CPU second.

The whole way: readers asked again, rendering, MIME, DKIM (RSA 2048), SMTP over a socket, every state written down. The
server is a process of its own and is not counted; it takes what it gets and writes a line for each mail. Beside it, in
the same run, the framework's own messages over its own SMTP, unsigned, with the same words and nothing written down.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

FLOOR = 300
READERS = 10_000
MOST_GROWTH_MB = 16
"""From a tenth of the way to the end; a list of readers held in memory would show."""
PEER_MAILS = 500


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["send"]:
        return send()
    readers = int(arguments[0]) if arguments else READERS
    with tempfile.TemporaryDirectory(prefix="bench-letters-") as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "broadsheet.settings",
            "BROADSHEET_DATA": name,
            "BROADSHEET_DATABASE_URL": "",
            "BROADSHEET_SITE_URL": "https://news.example.org",
            "BROADSHEET_POSTAL_ADDRESS": "The Courier, 1 Pier Road, Skerries",
            "BROADSHEET_MAIL_CHECKS": "report",
            "BROADSHEET_RETURNS_ADDRESS": "returns@news.example.org",
        }
        subprocess.run(
            [sys.executable, "-m", "tests.letters.sender", "make", str(readers)], env=environment, check=True
        )
        port = _free_port()
        sink = subprocess.Popen(
            [sys.executable, "-m", "tests.letters.sink", str(port), str(folder / "sink.log")], stdout=subprocess.PIPE
        )
        assert sink.stdout is not None
        sink.stdout.readline()
        try:
            environment["BROADSHEET_EMAIL_URL"] = f"smtp://127.0.0.1:{port}?tls=no"
            done = subprocess.run(
                [sys.executable, "-m", "bench.letters", "send"], env=environment, check=True, stdout=subprocess.PIPE
            )
        finally:
            sink.kill()
            sink.wait()
        arrived = (folder / "sink.log").read_text().split()
    return report(json.loads(done.stdout.splitlines()[-1]), arrived, readers)


def report(told: dict, arrived: list[str], readers: int) -> int:
    letters = [one for one in arrived if one.startswith("reader")]
    rate = readers / told["cpu_s"]
    curve = told["memory_mb"]
    growth = max(curve[len(curve) // 10 :]) - curve[len(curve) // 10]
    print(f"{readers:,} readers: {readers / told['begin_cpu_s']:,.0f} rows written a CPU s before the first leaves")
    print(f"sent {rate:,.0f} a CPU s (floor {FLOOR}), {readers / told['wall_s']:,.0f} a s by the clock")
    print(f"{told['bytes']:,} bytes each; the framework's own, unsigned and unnoted: {told['peer']:,.0f} a CPU s")
    steps = [curve[len(curve) * tenth // 10] for tenth in range(10)] + [curve[-1]]
    print("memory in MB, by tenths of the time: " + " ".join(f"{mb:.0f}" for mb in steps) + f"; growth {growth:.1f}")
    once = len(letters) == len(set(letters)) == readers
    print(f"arrived {len(letters):,}, different {len(set(letters)):,}; states {told['states']}")
    return 0 if rate >= FLOOR and growth <= MOST_GROWTH_MB and once else 1


def send() -> int:
    """In a process of its own: what is measured."""
    import django

    django.setup()
    from django.utils import timezone

    from broadsheet.letters import sending
    from broadsheet.letters.models import Delivery, Edition

    memory: list[float] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            memory.append(_resident_mb())

    start = time.process_time()
    sending.begin_due(now=timezone.now())
    begun = time.process_time() - start
    threading.Thread(target=watch, daemon=True).start()
    start, clock = time.process_time(), time.monotonic()
    while Edition.objects.filter(state="sending").exists():
        sending.run()  # a slice at a time, as the workers do
    cpu, wall = time.process_time() - start, time.monotonic() - clock
    done.set()
    states: dict[str, int] = {}
    for state in Delivery.objects.values_list("state", flat=True).iterator(chunk_size=5_000):
        states[state] = states.get(state, 0) + 1
    told = {"begin_cpu_s": begun, "cpu_s": cpu, "wall_s": wall, "memory_mb": memory, "states": states}
    print(json.dumps({**told, **peer()}))
    return 0


def peer() -> dict[str, float]:
    """Mails of the same words as the framework's messages."""
    from django.core.mail import EmailMultiAlternatives, get_connection
    from django.utils import timezone

    from broadsheet.letters.audience import recipients
    from broadsheet.letters.headers import head_of
    from broadsheet.letters.models import Edition
    from broadsheet.letters.rendering import compose
    from broadsheet.letters.transports import Mail, Packer, own_signer

    edition = Edition.objects.select_related("letter").get()
    recipient = next(iter(recipients(edition)))
    now = timezone.now()
    written = compose(edition, now=now).mail(recipient)
    assert written is not None
    head = head_of(edition, recipient, 1, subject=written.subject, language="en", now=now)
    size = len(Packer(own_signer()).pack(Mail("", recipient.address, head, written.text, written.html)))
    more = {name: value for name, value in head if name.startswith("List") or name == "Feedback-ID"}
    host, port = os.environ["BROADSHEET_EMAIL_URL"].removeprefix("smtp://").removesuffix("?tls=no").split(":")
    backend = get_connection("django.core.mail.backends.smtp.EmailBackend", host=host, port=int(port), use_tls=False)
    backend.open()
    start = time.process_time()
    for number in range(PEER_MAILS):
        message = EmailMultiAlternatives(
            written.subject, written.text, "news@news.example.org", [f"peer{number}@harbor.example"], headers=more
        )
        message.attach_alternative(written.html, "text/html")
        backend.send_messages([message])
    taken = time.process_time() - start
    backend.close()
    return {"peer": PEER_MAILS / taken, "bytes": size}


def _resident_mb() -> float:
    """Without the pages of the database that are mapped into it, which belong to the system's cache."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("RssAnon:")[2].split()[0]) / 1e3


def _free_port() -> int:
    from tests.services import free_port

    return free_port()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
