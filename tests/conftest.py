import os

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """A test database in a file: gathering writes from a thread of its own, as in real life."""
    from django.conf import settings
    from django.db import connections

    if connections["default"].vendor == "sqlite":
        name = str(settings.DATA / f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.sqlite3")
        connections["default"].settings_dict["TEST"]["NAME"] = name
