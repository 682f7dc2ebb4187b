"""A site to be exported, and its archive for tests that only take it over."""

import pytest
from django.conf import settings as django_settings

from broadsheet.gathering.archive import export_site
from tests.factories import NOW
from tests.gathering.archived import fill, flush


@pytest.fixture
def data(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return settings.DATA


@pytest.fixture
def site(transactional_db, data):
    yield fill(data)
    flush()


@pytest.fixture(scope="module")
def archive(tmp_path_factory, django_db_setup, django_db_blocker):
    """The archive of such a site, for tests that only take it over."""
    folder = tmp_path_factory.mktemp("exported")
    before, django_settings.DATA = django_settings.DATA, folder / "data"
    django_settings.DATA.mkdir()
    with django_db_blocker.unblock():
        fill(django_settings.DATA)
        export_site(folder / "archive", now=NOW)
        flush()
    django_settings.DATA = before
    return folder / "archive"
