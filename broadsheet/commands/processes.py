"""`broadsheet serve` and `broadsheet work`: the parts of `up` for many machines."""

from __future__ import annotations

import argparse
import os
import signal
import threading
from contextlib import ExitStack
from pathlib import Path

from broadsheet.commands.common import check_port, port_number, say
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
    open_database(chosen.data)
    _hold(chosen.lifeline)
    from broadsheet.site.serving import serve

    serve(host=chosen.host, port=chosen.port, workers=chosen.workers)
    return 0


def run_work(chosen: argparse.Namespace) -> int:
    open_database(chosen.data)
    _hold(chosen.lifeline)
    with ExitStack() as stack:
        if chosen.with_sample:
            _open_sample(stack)
        _consume()
    say("The workers have stopped.")
    return 0


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
    import broadsheet.readers.tasks  # noqa: F401  # the consumer knows the tasks that are loaded
    from broadsheet.gathering.tasks import gather_due

    consumer = queue.create_consumer(workers=2, periodic=True, flush_locks=True, initial_delay=0.1, max_delay=1.0)
    gather_due()  # at once, not at the next full minute
    consumer.run()


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
