import os

import pytest
from hypothesis import settings as hypothesis_settings

# The same examples in every run, and no clock: two cores may be busy with something else.
hypothesis_settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis_settings.load_profile("steady")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """A test database in a file: gathering writes from a thread of its own, as in real life."""
    from django.conf import settings
    from django.db import connections

    if connections["default"].vendor == "sqlite":
        name = str(settings.DATA / f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.sqlite3")
        connections["default"].settings_dict["TEST"]["NAME"] = name
