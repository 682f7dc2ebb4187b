"""Fixtures: a local server and a client that visits it."""

import pytest
from hypothesis import settings as hypothesis_settings

from broadsheet.fetching import Client, FetchSettings, run
from tests.fetching.local_web import Web

# Property tests see the same examples in every run, and no clock.
hypothesis_settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis_settings.load_profile("steady")


@pytest.fixture
def web():
    return Web()


@pytest.fixture
def browse(web):
    """Run `visit(client)` against the running server; further settings as keywords."""

    def go(visit, *, store=None, **settings):
        async def main():
            async with web.running():
                settings.setdefault("allow_networks", (f"127.0.0.1:{web.port}",))
                settings.setdefault("gap_s", 0.0)
                async with Client(FetchSettings(**settings), robots_store=store) as client:
                    return await visit(client)

        return run(main())

    return go
