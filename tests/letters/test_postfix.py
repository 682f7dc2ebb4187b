"""Through a real mail server: Postfix takes our letters, hands them on, and brings back what could not be delivered."""

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import timezone

from broadsheet.letters import sending
from broadsheet.letters.listening import listen
from broadsheet.letters.models import Return, Suppression
from tests.letters.post_office import Handler, mail_server, make_edition, say, states
from tests.services import free_port

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not Path("/usr/sbin/postfix").exists() or os.geteuid() != 0,
        reason="POSTFIX IS MISSING: `apt-get install postfix` as root brings it, and this test with it",
    ),
]
MAIN = """compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
myhostname = relay.example
mydestination = relay.example
inet_interfaces = 127.0.0.1
smtputf8_enable = yes
relayhost = [127.0.0.1]:{onward}
transport_maps = inline:{{ news.example.org=lmtp:inet:127.0.0.1:{back} }}
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
bounce_queue_lifetime = 1d
"""
MASTER = """127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 5 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@contextmanager
def postfix(folder, *, onward, back):
    port = free_port()
    for name in ("etc", "queue", "data"):
        (folder / name).mkdir()
    folder.chmod(0o755)
    shutil.chown(folder / "data", "postfix")
    (folder / "etc/main.cf").write_text(MAIN.format(folder=folder, onward=onward, back=back))
    (folder / "etc/master.cf").write_text(MASTER.format(port=port))
    command = ["/usr/sbin/postfix", "-c", str(folder / "etc")]
    subprocess.run([*command, "start"], check=True, capture_output=True)
    try:
        yield f"smtp://127.0.0.1:{port}?tls=no"
    finally:
        subprocess.run([*command, "stop"], check=True, capture_output=True)


def until(true, *, within_s=40):
    deadline = time.monotonic() + within_s
    while not true() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert true()


@pytest.fixture
def folder():
    path = Path(f"/tmp/broadsheet-postfix-{os.getpid()}")  # short and open to the server's own user
    path.mkdir()
    yield path
    shutil.rmtree(path)


def test_letters_go_through_postfix_and_its_bounces_come_back(monkeypatch, tmp_path, folder):
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(settings, "SITE_URL", "https://news.example.org")
    monkeypatch.setattr(settings, "LETTERS_FROM", "The Courier <news@news.example.org>")
    readers = ["ada@harbor.example", "bo@harbor.example", "ädä@quay.example"]
    far = Handler()
    far.answers["bo@harbor.example"] = "550 5.1.1 no such user here"
    back = free_port()
    listener = listen(f"lmtp://127.0.0.1:{back}")
    try:
        with (
            mail_server(far) as onward,
            postfix(folder, onward=urlsplit(onward).port, back=back) as address,
        ):
            say(
                monkeypatch,
                email_url=address,
                postal_address="1 Pier Road",
                mail_checks="report",
                returns_address="returns@news.example.org",
            )
            edition = make_edition(readers)
            sending.begin_due(now=timezone.now())
            sending.run(for_s=20)
            assert set(states(edition).values()) == {"sent"}  # Postfix took them all

            until(lambda: len(far.mails) == 2)
            until(Return.objects.exists)
    finally:
        listener.stop()

    assert far.addresses == ["ada@harbor.example", "ädä@quay.example"]
    sender, _, raw = far.mails[0]
    assert sender.startswith("returns+d")
    assert message_from_bytes(raw)["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    row = Return.objects.get()
    assert (row.kind, row.way, row.status, row.address) == ("hard", "mail", "5.1.1", "bo@harbor.example")
    assert row.delivery.returned == "hard"
    assert Suppression.objects.get().address == "bo@harbor.example"
