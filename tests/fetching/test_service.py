"""Calls of services the operator named: any method, any status, no redirect; the guard and the limits hold."""

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from broadsheet.fetching import AddressRefused, BodyTooLarge, Call, FetchSettings, TooSlow, Unreachable, call
from broadsheet.fetching.service import MOST


@contextmanager
def service(answer):
    """answer(handler) on loopback; gives address and settings that may reach it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer(self)

        def do_POST(self):
            answer(self)

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    try:
        yield f"http://127.0.0.1:{port}/call", FetchSettings(allow_networks=(f"127.0.0.1:{port}",))
    finally:
        server.shutdown()
        server.server_close()


def say(handler, status=200, body=b"", **fields):
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **fields}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def test_what_is_sent_arrives_and_errors_are_answers_too():
    heard = []

    def answer(handler):
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        heard.append((handler.command, handler.path, handler.headers["X-Key"], handler.headers["User-Agent"], body))
        say(handler, 422, b"no")

    with service(answer) as (address, settings):
        found = call(Call(address, "POST", b"a=b", {"X-Key": "k"}), settings)

    assert (found.status, found.body) == (422, b"no")
    ((method, path, key, agent, body),) = heard
    assert (method, path, key, body) == ("POST", "/call", "k", b"a=b")
    assert agent.startswith("Broadsheet/")


def test_no_redirect_is_followed():
    paths = []

    def answer(handler):
        paths.append(handler.path)
        say(handler, 302, Location="/elsewhere")

    with service(answer) as (address, settings):
        assert call(Call(address), settings).headers["location"] == "/elsewhere"
    assert paths == ["/call"]


def test_the_guard_and_the_limits_hold():
    with service(lambda handler: say(handler, body=b"x" * (MOST + 1))) as (address, settings):
        with pytest.raises(AddressRefused):
            call(Call(address), FetchSettings())
        with pytest.raises(BodyTooLarge):
            call(Call(address), settings)
    for nonsense in ("", "file:///etc/passwd", "http://", "http://[broken"):
        with pytest.raises(AddressRefused):
            call(Call(nonsense), FetchSettings())


def test_a_service_that_says_nothing_is_given_up():
    def silent(handler):
        handler.rfile.read(1)

    with service(silent) as (address, settings), pytest.raises(TooSlow):
        call(Call(address, total_s=0.2), settings)


def test_nobody_there():
    with service(lambda handler: None) as (address, settings):
        pass
    with pytest.raises(Unreachable):
        call(Call(address), settings)
