"""`broadsheet serve` and `broadsheet work`: the parts of `up` for many machines."""

from __future__ import annotations

import argparse
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from broadsheet.commands.common import CommandError, check_port, port_number, say, start_django
from broadsheet.commands.database import open_database


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = commands.add_parser("serve", help="the web processes")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", type=port_number, default=8000, help="port (default 8000)")
    serve.add_argument("--workers", type=int, default=1, help="web processes (default 1)")
    serve.set_defaults(run=run_serve)
    work = commands.add_parser("work", help="the workers and the schedule")
    work.add_argument("--with-sample", action="store_true", help=argparse.SUPPRESS)
    work.set_defaults(run=run_work)
    for command in (serve, work):
        command.add_argument("--data", type=Path, help="data folder (default: BROADSHEET_DATA, or ./data)")
        command.add_argument("--lifeline", type=int, help=argparse.SUPPRESS)


def run_serve(chosen: argparse.Namespace) -> int:
    if chosen.lifeline is None:  # `up` has looked already, and starts us again when we fail
        check_port(chosen.host, chosen.port)
    open_for(chosen)
    _hold(chosen.lifeline)
    from broadsheet.site.serving import serve

    serve(host=chosen.host, port=chosen.port, workers=chosen.workers)
    return 0


def run_work(chosen: argparse.Namespace) -> int:
    open_for(chosen)
    _hold(chosen.lifeline)
    with ExitStack() as stack:
        if chosen.with_sample:
            _open_sample(stack)
        _consume()
    say("The workers have stopped.")
    return 0


def open_for(chosen: argparse.Namespace) -> None:
    """Start Django, with the database brought up to date: `up` has done that before it started us, and what it takes
    would be held as long as the process lives. Raises CommandError."""
    if chosen.lifeline is None:
        open_database(chosen.data)
    else:
        start_django(chosen.data)


def _open_sample(stack: ExitStack) -> None:
    """Fill a new site, and serve the sample edition where it is wished; fetching may then reach its addresses."""
    from django.conf import settings

    from broadsheet.commands.contents import prepare_contents
    from broadsheet.environment import read_environment

    prepare_contents(stack)
    settings.ENVIRONMENT = read_environment()


def _consume() -> None:
    from broadsheet.queue import queue  # isort: skip  # first: it keeps huey from loading what is not needed
    import broadsheet.comments.tasks
    import broadsheet.letters.post_tasks
    import broadsheet.letters.tasks
    import broadsheet.readers.tasks  # noqa: F401  # the consumer knows the tasks that are loaded
    from broadsheet.gathering.tasks import gather_due
    from broadsheet.letters.sending import put_down

    # Gathering, packing pictures and sending may each hold a worker for a while; a fourth is there for codes to log in.
    consumer = queue.create_consumer(workers=4, periodic=True, flush_locks=True, initial_delay=0.1, max_delay=1.0)
    gather_due()  # at once, not at the next full minute
    with _returns():
        consumer.run()
        put_down(within_s=8)  # a mail in hand is finished, so that it leaves no doubt


@contextmanager
def _returns() -> Iterator[None]:
    """Listen for mail that comes back, where a place for it is set."""
    from django.conf import settings

    address = settings.ENVIRONMENT.returns_url
    if not address.startswith(("lmtp", "smtp")):  # nothing is loaded for it
        yield
        return
    from broadsheet.letters.listening import listen

    try:
        listener = listen(address)
    except OSError as error:
        raise CommandError(f"BROADSHEET_RETURNS_URL: nobody can listen there ({error.strerror or error}).") from error
    try:
        yield
    finally:
        if listener is not None:
            listener.stop()


def _hold(lifeline: int | None) -> None:
    """End with the process that started this one: when it is gone, the pipe it holds ends."""
    if lifeline is None:
        return

    def wait() -> None:
        while os.read(lifeline, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(10)
        os._exit(1)

    threading.Thread(target=wait, daemon=True, name="lifeline").start()
