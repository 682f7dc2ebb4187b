"""Videos, posts and sounds of other sites: told from their address, named, and loaded only when a reader says so.

Nothing of a provider is in our pages. Where the operator allows one (`embed = "youtube"` in `texts/purposes.toml`), a
reader may have it shown on a page of its own; everywhere else there is the link. Only numbers and names of the forms
below ever come into a provider's address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

LONGEST_ADDRESS = 500
_LINK = re.compile(r"""href=["'](https?://[^"'\s<>]{4,500})["']""")
_BARE = re.compile(r"https?://[^\s<>\"']{4,500}")


@dataclass(frozen=True, slots=True)
class Provider:
    """name: for programs and settings. title: for readers. kind: video, post or sound.

    hosts: of the addresses people link. paths: what their paths look like, with a group `id`; query: the field that
    holds it instead. link, player: addresses to fill with the id.
    """

    name: str
    title: str
    kind: str
    hosts: tuple[str, ...]
    paths: re.Pattern[str]
    link: str
    player: str
    query: str = ""

    @property
    def origin(self) -> str:
        """What a page has to be allowed to frame."""
        parts = urlsplit(self.player)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def purpose(self) -> str:
        """What consent to it is called."""
        return f"embed-{self.name}"


PROVIDERS = {
    provider.name: provider
    for provider in (
        Provider(
            name="youtube",
            title="YouTube",
            kind="video",
            hosts=("youtube.com", "youtube-nocookie.com", "youtu.be"),
            paths=re.compile(r"/(?:(?:embed|shorts|live|v)/)?(?P<id>[\w-]{11})/?"),
            query="v",
            link="https://www.youtube.com/watch?v={id}",
            player="https://www.youtube-nocookie.com/embed/{id}",
        ),
        Provider(
            name="vimeo",
            title="Vimeo",
            kind="video",
            hosts=("vimeo.com", "player.vimeo.com"),
            paths=re.compile(r"/(?:video/)?(?P<id>[0-9]{5,12})/?"),
            link="https://vimeo.com/{id}",
            player="https://player.vimeo.com/video/{id}?dnt=1",
        ),
        Provider(
            name="dailymotion",
            title="Dailymotion",
            kind="video",
            hosts=("dailymotion.com", "dai.ly"),
            paths=re.compile(r"/(?:(?:embed/)?video/)?(?P<id>[a-z0-9]{6,9})(?:_[\w-]*)?/?"),
            link="https://www.dailymotion.com/video/{id}",
            player="https://geo.dailymotion.com/player.html?video={id}",
        ),
        Provider(
            name="x",
            title="X",
            kind="post",
            hosts=("twitter.com", "x.com"),
            paths=re.compile(r"/\w{1,20}/status/(?P<id>[0-9]{5,20})/?"),
            link="https://x.com/i/status/{id}",
            player="https://platform.twitter.com/embed/Tweet.html?dnt=true&id={id}",
        ),
        Provider(
            name="instagram",
            title="Instagram",
            kind="post",
            hosts=("instagram.com",),
            paths=re.compile(r"/(?:p|reel)/(?P<id>[\w-]{5,20})/?(?:embed/?)?"),
            link="https://www.instagram.com/p/{id}/",
            player="https://www.instagram.com/p/{id}/embed/",
        ),
        Provider(
            name="tiktok",
            title="TikTok",
            kind="video",
            hosts=("tiktok.com",),
            paths=re.compile(r"/(?:@[\w.-]{1,40}/video|embed/v2)/(?P<id>[0-9]{5,25})/?"),
            link="https://www.tiktok.com/embed/v2/{id}",
            player="https://www.tiktok.com/embed/v2/{id}",
        ),
        Provider(
            name="spotify",
            title="Spotify",
            kind="sound",
            hosts=("open.spotify.com",),
            paths=re.compile(r"/(?:embed/)?(?P<id>(?:track|album|episode|show|playlist)/[A-Za-z0-9]{10,30})/?"),
            link="https://open.spotify.com/{id}",
            player="https://open.spotify.com/embed/{id}",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Embed:
    """One thing at a provider's. words: what the article quotes of it, if anything."""

    provider: Provider
    id: str
    words: str = ""

    @property
    def link(self) -> str:
        return self.provider.link.format(id=self.id)

    @property
    def player(self) -> str:
        return self.provider.player.format(id=self.id)


def embed_at(address: str, words: str = "") -> Embed | None:
    """What an address leads to; None unless it is a provider's and of the form the provider gives."""
    try:
        parts = urlsplit(address[:LONGEST_ADDRESS])
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    for provider in PROVIDERS.values():
        if host in provider.hosts:
            asked = parse_qs(parts.query, max_num_fields=20).get(provider.query, [""])[0] if provider.query else ""
            found = provider.paths.fullmatch(f"/{asked}" if asked else parts.path)
            return Embed(provider, found["id"], words) if found else None
    return None


def embed_in(block: dict[str, Any]) -> Embed | None:
    """What a block of an article embeds: a quoted post that links to itself, or a paragraph that is but an address."""
    text = str(block.get("text", "")).strip()
    match block.get("kind"):
        case "embed":
            links = _LINK.findall(str(block.get("html", "")).replace("&amp;", "&"))
            return _first([*reversed(links), *reversed(_BARE.findall(text))], text)
        case "paragraph" if len(text) <= LONGEST_ADDRESS and _BARE.fullmatch(text):
            return embed_at(text)
    return None


def _first(addresses: Iterable[str], words: str) -> Embed | None:
    return next((found for address in addresses if (found := embed_at(address, words)) is not None), None)
