"""The queue keeps its promises on each of its stores."""

import pytest

from broadsheet.queue import make_queue
from tests import services


@pytest.fixture(params=["sqlite", "postgres", "redis"])
def queue(request, tmp_path):
    if request.param == "sqlite":
        made = make_queue(f"sqlite:///{tmp_path}/queue.sqlite3")
        yield made
        made.storage.close()
        return
    with getattr(services, request.param)() as address:
        if address is None:
            pytest.skip(f"no {request.param} server: none runs, and none is installed to be started")
        made = make_queue(address)
        made.flush()
        yield made
        made.flush()
        made.storage.close()


def test_task_comes_out_once_and_in_order(queue):
    @queue.task()
    def add(a, b):
        return a + b

    results = [add(1, 2), add(3, 4)]
    for _ in range(2):
        queue.execute(queue.dequeue())

    assert [result.get() for result in results] == [3, 7]
    assert queue.storage.queue_size() == 0


def test_lock_keeps_a_second_runner_out(queue):
    from huey.exceptions import TaskLockedException

    with queue.lock_task("gather-1-1"), pytest.raises(TaskLockedException), queue.lock_task("gather-1-1"):
        pass
    with queue.lock_task("gather-1-1"):
        pass


def test_unknown_address_is_refused_by_name():
    with pytest.raises(ValueError, match="amqp"):
        make_queue("amqp://localhost")
