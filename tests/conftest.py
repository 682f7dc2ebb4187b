import os
from datetime import UTC, datetime

import pytest
from hypothesis import settings as hypothesis_settings

# The same examples in every run, and no clock: two cores may be busy with something else.
hypothesis_settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis_settings.load_profile("steady")


LONGEST_NAME = 80


def pytest_make_parametrize_id(config, val, argname):
    """A long value goes by its length: names stay readable, and the same in every process."""
    if isinstance(val, str | bytes) and len(val) > LONGEST_NAME:
        return f"{argname}-of-{len(val)}"
    return None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """A test database in a file: gathering writes from a thread of its own, as in real life."""
    from django.conf import settings
    from django.db import connections

    if connections["default"].vendor == "sqlite":
        name = str(settings.DATA / f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.sqlite3")
        connections["default"].settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session", autouse=True)
def flushed_indexes():
    """Where a database is emptied its search index is too, of which Django's `flush` knows nothing."""
    from django.db.models.signals import post_migrate

    post_migrate.connect(_empty_the_index, dispatch_uid="flushed_indexes")
    yield
    post_migrate.disconnect(dispatch_uid="flushed_indexes")


def _empty_the_index(sender, **_):
    from broadsheet.articles.models import Article
    from broadsheet.search.rebuild import rebuild

    if sender.label == "articles" and not Article.objects.exists():
        for _done in rebuild(now=datetime.now(UTC)):
            pass
