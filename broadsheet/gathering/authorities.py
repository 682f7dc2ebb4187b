"""What hosts say to machines, kept in the database: robots.txt for the client, tdmrep.json and ai.txt for `rights`."""

from __future__ import annotations

from datetime import datetime, timedelta

from broadsheet.fetching.client import Client
from broadsheet.fetching.errors import FetchError, StatusError
from broadsheet.fetching.messages import Purpose, Request
from broadsheet.fetching.robots import RobotsCopy
from broadsheet.gathering.desk import Desk
from broadsheet.rights import ai_txt_for, licence_files, rsl_for, tdmrep_for, usage_for
from broadsheet.rights.signals import RECHECK
from broadsheet.sources.models import AuthorityFile
from broadsheet.text.addresses import authority_of

ROBOTS, TDMREP, AI_TXT, RSL = "/robots.txt", "/.well-known/tdmrep.json", "/ai.txt", "rsl"
RETRY = timedelta(days=1)
LARGEST = 512 * 1024
"""Bytes kept of such a file."""


class DatabaseRobotsStore:
    """Copies of robots.txt that outlive the process, as `fetching.RobotsStore` asks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def get(self, authority: str) -> RobotsCopy | None:
        return await self._desk.run(_get, authority)

    async def put(self, copy: RobotsCopy) -> None:
        await self._desk.run(_put, copy)


def _get(authority: str) -> RobotsCopy | None:
    row = AuthorityFile.objects.filter(authority=authority, name=ROBOTS).first()
    if row is None:
        return None
    return RobotsCopy(
        row.authority,
        row.status,
        bytes(row.body),
        row.good_at,
        row.checked_at,
        row.expires_at,
        row.failure,
        row.sentence,
    )


def _put(copy: RobotsCopy) -> None:
    AuthorityFile.objects.update_or_create(
        authority=copy.authority[:300],
        name=ROBOTS,
        defaults={
            "status": copy.status,
            "body": copy.body,
            "good_at": copy.good_at,
            "checked_at": copy.checked_at,
            "expires_at": copy.expires_at,
            "failure": copy.failure[:40],
            "sentence": copy.sentence[:500],
        },
    )


class Reservations:
    """The reservations of each host, read before its first page and again every week."""

    def __init__(self, client: Client, desk: Desk) -> None:
        self._client = client
        self._desk = desk
        self._known: dict[str, tuple[datetime, dict[str, bytes]]] = {}

    async def about(self, address: str, now: datetime) -> dict[str, str]:
        """Signals that the host's files state for one address, as `rights.read_signals` takes them."""
        rules = await self._client.robots(address)
        if not rules.verdict(address).allowed:  # fetching the page will say so; the host is not asked for more
            return {}
        authority = str(authority_of(address))
        files = await self._files(authority, next(iter(licence_files(rules.text)), ""), now)
        path = address.partition(authority)[2] or "/"
        found = usage_for(rules.text, path)
        if files[TDMREP]:
            found |= tdmrep_for(files[TDMREP], path)
        if files[AI_TXT]:
            found |= ai_txt_for(files[AI_TXT].decode("utf-8", "replace"), path)
        if files[RSL]:
            found |= rsl_for(files[RSL], path)
        return found

    async def _files(self, authority: str, rsl: str, now: datetime) -> dict[str, bytes]:
        expires_at, files = self._known.get(authority, (now, {}))
        if files and expires_at > now:
            return files
        files, expires_at = {}, now + RECHECK
        addresses = {TDMREP: authority + TDMREP, AI_TXT: authority + AI_TXT, RSL: rsl}
        for name, address in addresses.items():
            if not address:  # robots.txt names no licence file
                files[name] = b""
                continue
            row = await self._desk.run(_stored, authority, name)
            if row is None or row.expires_at <= now:
                row = await self._fetch(authority, name, address, row, now)
            files[name] = bytes(row.body)
            expires_at = min(expires_at, row.expires_at)
        self._known[authority] = (expires_at, files)
        return files

    async def _fetch(
        self, authority: str, name: str, address: str, old: AuthorityFile | None, now: datetime
    ) -> AuthorityFile:
        body, status, failure, good_at = b"", 0, "", old.good_at if old else None
        try:
            response = await self._client.fetch(Request(address, Purpose.ROBOTS))
            status, good_at = response.status, now
            body = b"" if response.media_type == "text/html" else response.body[:LARGEST]
        except StatusError as error:
            status, failure = error.status, "" if error.permanent else error.cause
        except FetchError as error:
            failure = error.cause
        if failure and old is not None:
            body, status = bytes(old.body), old.status
        return await self._desk.run(_store, authority, name, status, body, good_at, failure, now)


def _stored(authority: str, name: str) -> AuthorityFile | None:
    return AuthorityFile.objects.filter(authority=authority, name=name).first()


def _store(
    authority: str, name: str, status: int, body: bytes, good_at: datetime | None, failure: str, now: datetime
) -> AuthorityFile:
    row, _ = AuthorityFile.objects.update_or_create(
        authority=authority[:300],
        name=name,
        defaults={
            "status": status,
            "body": body,
            "good_at": good_at,
            "checked_at": now,
            "expires_at": now + (RETRY if failure else RECHECK),
            "failure": failure[:40],
        },
    )
    return row
