"""The listener for returns: it takes what is ours, and nobody can keep it busy."""

import smtplib
import socket
from contextlib import suppress

import pytest

from broadsheet.letters import listening
from broadsheet.letters.listening import CONNECTIONS, FROM_ONE, listen
from broadsheet.letters.models import Return
from broadsheet.letters.tokens import return_path
from tests.letters.test_returns import HARD, delivery, house, ours  # noqa: F401  # fixtures
from tests.services import free_port


class Caller:
    """Somebody who connects and says what they like."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.lines = self.socket.makefile("rb")

    def hear(self):
        return self.lines.readline()

    def say(self, line):
        self.socket.sendall(line)

    def close(self):
        self.lines.close()
        self.socket.close()


@pytest.fixture
def called(house, request):  # noqa: F811
    """A function that calls the listener."""
    port, callers = free_port(), []
    listener = listen(f"{getattr(request, 'param', 'smtp')}://127.0.0.1:{port}")

    def call():
        callers.append(Caller(port))
        return callers[-1]

    call.port = port
    yield call
    for one in callers:
        one.close()
    listener.stop()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("called", "server"), [("lmtp", smtplib.LMTP), ("smtp", smtplib.SMTP)], indirect=["called"])
def test_it_takes_our_own_and_nothing_else(delivery, called, server):  # noqa: F811
    with server("127.0.0.1", called.port, local_hostname="mx.example") as line:
        line.sendmail("", [return_path(delivery.pk)], ours(HARD, delivery))
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            line.sendmail("x@y.example", ["somebody@elsewhere.example"], b"Subject: relay me\r\n\r\n")
        with pytest.raises(smtplib.SMTPException):
            line.sendmail("", [return_path(delivery.pk)], b"x" * 2_000_000)

    assert Return.objects.get().kind == "hard"


@pytest.mark.django_db
@pytest.mark.parametrize(("called", "most"), [("smtp", FROM_ONE), ("lmtp", CONNECTIONS)], indirect=["called"])
def test_who_opens_too_many_connections_is_sent_away_until_one_is_free(called, most):
    inside = [called() for _ in range(most)]
    assert {one.hear()[:4] for one in inside} == {b"220 "}

    for _ in range(5):
        late = called()
        assert late.hear() == listening.BUSY
        assert late.hear() == b""

    inside[0].say(b"QUIT\r\n")
    assert inside[0].hear()[:3] == b"221"
    assert inside[0].hear() == b""
    assert called().hear()[:4] == b"220 "


@pytest.mark.django_db
def test_who_says_nothing_is_left(called, monkeypatch):
    monkeypatch.setattr(listening, "PATIENCE_S", 0.2)
    silent = called()

    assert silent.hear()[:4] == b"220 "
    assert silent.hear() == b""


@pytest.mark.django_db
def test_who_says_much_and_sends_nothing_is_left_too(called, monkeypatch):
    monkeypatch.setattr(listening, "SESSION_S", 0.5)
    monkeypatch.setattr(listening, "COMMANDS", 10**9)
    talker = called()
    answers = [talker.hear()]
    with suppress(ConnectionError):
        while answers[-1]:
            talker.say(b"NOOP\r\n")
            answers.append(talker.hear())

    assert {line[:4] for line in answers if line} == {b"220 ", b"250 "}


@pytest.mark.django_db
def test_lines_without_end_and_commands_without_number_end_the_call(called):
    endless = called()
    endless.hear()
    endless.say(b"EHLO " + b"a" * 100_000 + b"\r\n")
    assert endless.hear()[:1] == b"5"

    many = called()
    many.hear()
    many.say(b"EHLO x\r\n" + b"RSET\r\n" * (listening.COMMANDS + 50))
    answers = []
    while line := many.hear():
        answers.append(line[:3])
    assert b"421" in answers
