"""A few of the random walks of `walks.py`; `python -m tests.readers 2000` walks on."""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.readers.walks import Walk, walks, write_purposes


@pytest.mark.django_db
def test_walks_keep_what_was_promised(tmp_path, settings):
    settings.DATA = tmp_path
    write_purposes(tmp_path)

    run_state_machine_as_test(Walk, settings=walks(12))
