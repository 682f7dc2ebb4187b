"""Fixtures: a local server and a client that visits it."""

import pytest

from broadsheet.fetching import Client, FetchSettings, run
from tests.fetching.local_web import Web


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
