"""Whether hostile strings run in a real browser when readers write them: `python -m evals.comments_attacks`.

Each string stands as the words of a comment, as the name of its writer, as the target of a link and in the preview,
under the site's own headers; then once more as raw HTML, as if nothing had sanitised it, so that the policy alone has
to hold. Every string is a document of its own, forty of them framed by one page: what one leaves open swallows no
other. What counts as running: a dialog, a call of `alert`, `confirm`, `prompt`, `print` or `open`, also after the
pointer was over everything and links that are scripts were followed. What counts as reaching out: a request elsewhere.
A policy cannot forbid that a document moves on by itself, so that is told of raw strings and not held against them.
As a control the same raw strings run without the policy: some of them must.

The strings are a JSON list in `comments/attacks.json` of the folder BROADSHEET_EVAL_DATA names. Collections to make one
from: wfuzz's XSS list, xss-filters' tests, the Big List of Naughty Strings, the tests of bleach, lxml-html-clean,
feedparser, mistune and readme-renderer.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from broadsheet.comments import markup
from broadsheet.site.middleware import SECURITY_HEADERS

HOST = "http://comments.test"
FRAMES = 40
_WATCH = """
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = () => { try { (top.__ran ||= {})[location.pathname] = name; } catch (_) {} };
}
"""
_TOUCH = """
() => {
  for (const node of [...document.querySelectorAll("*")].slice(0, 300)) {
    for (const kind of ["mouseover", "mouseenter", "focus", "toggle", "pointerover"]) {
      node.dispatchEvent(new Event(kind));
    }
    const link = node.getAttribute && (node.getAttribute("href") || node.getAttribute("xlink:href") || "");
    if (/^[\\s\\0-\\x20]*(javascript|vbscript|data)/i.test(link || "") && node.click) node.click();
  }
}
"""


class Strings:
    """Serves the pages: `/` frames the documents, `/7` is the seventh. left: those that asked another host."""

    def __init__(self, bodies: list[str], headers: dict[str, str]) -> None:
        self._bodies = bodies
        own = {name: value for name, value in headers.items() if name != "X-Frame-Options"}
        policy = own.get("Content-Security-Policy", "")
        if policy:  # we frame it ourselves here; that is no matter of what runs in it
            own["Content-Security-Policy"] = policy.replace("frame-ancestors 'none'; ", "")
        self._headers = {**own, "Content-Type": "text/html; charset=utf-8"}
        self.left: set[str] = set()

    def serve(self, route: Any) -> None:
        request = route.request
        parts = urlsplit(request.url)
        if not request.url.startswith(HOST + "/"):
            self.left.add(urlsplit(request.frame.url).path or request.url[:80])
        elif parts.path == "/":
            frames = "".join(f'<iframe src="/{number}"></iframe>' for number in range(len(self._bodies)))
            route.fulfill(body=f"<!doctype html><title>x</title>{frames}", content_type="text/html; charset=utf-8")
            return
        elif parts.path[1:].isdigit() and int(parts.path[1:]) < len(self._bodies):
            body = "<!doctype html><title>x</title>" + self._bodies[int(parts.path[1:])]
            route.fulfill(body=body, headers=self._headers)
            return
        route.abort()


def as_written(string: str) -> str:
    """The string in the four places, as the site's templates print them."""
    name = escape(string[:60])
    return "".join(
        f'<article><h3><bdi>{name}</bdi></h3><div dir="auto">{html}</div></article>'
        for html in (markup.to_html(string), markup.to_html(f"[words]({string})"), markup.to_html(f"<{string}>"))
    )


def tried(chromium: Any, strings: list[str], write: Callable[[str], str], headers: dict[str, str]) -> tuple[int, int]:
    """How many strings ran, how many reached out."""
    from playwright.sync_api import Error

    ran, left = 0, 0
    for at in range(0, len(strings), FRAMES):
        page = chromium.new_page()
        page.add_init_script(_WATCH)
        page.on("dialog", lambda dialog: dialog.dismiss())
        served = Strings([write(string) for string in strings[at : at + FRAMES]], headers)
        page.route("**/*", served.serve)
        page.goto(f"{HOST}/", wait_until="load", timeout=60_000)
        for frame in page.frames[1:]:
            try:
                if frame.url.startswith(HOST):
                    frame.evaluate(_TOUCH)
            except Error:  # it went elsewhere while we looked
                continue
        page.wait_for_timeout(150)
        seen = page.evaluate("window.__ran || {}")
        for path, name in list(seen.items())[:3]:
            print(f"  ran by {name}: {strings[at + int(path[1:])][:100]!r}" if path[1:].isdigit() else f"  ran: {path}")
        ran, left = ran + len(seen), left + len(served.left)
        page.close()
    return ran, left


def main() -> int:
    folder = os.environ.get("BROADSHEET_EVAL_DATA", "")
    path = Path(folder) / "comments" / "attacks.json"
    browser = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
    if not folder or not path.is_file() or browser is None:
        print(f"SKIPPED: needs {path} and a Chromium; see the docstring of evals/comments_attacks.py", file=sys.stderr)
        return 0
    from playwright.sync_api import sync_playwright

    strings: list[str] = json.loads(path.read_text("utf-8"))
    ways: dict[str, tuple[Callable[[str], str], dict[str, str]]] = {
        "sanitised, with the policy": (as_written, dict(SECURITY_HEADERS)),
        "sanitised, without the policy": (as_written, {}),
        "raw, with the policy": (str, dict(SECURITY_HEADERS)),
        "raw, without the policy (control)": (str, {}),
    }
    counts: dict[str, tuple[int, int]] = {}
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for way, (write, headers) in ways.items():
            began = time.monotonic()
            counts[way] = tried(chromium, strings, write, headers)
            ran, left = counts[way]
            took = time.monotonic() - began
            print(f"{way:36} {len(strings)} strings: {ran} ran, {left} reached out ({took:.0f} s)", flush=True)
        chromium.close()
    held = [ran for way, (ran, _left) in counts.items() if "control" not in way]
    silent = [left for way, (_ran, left) in counts.items() if "raw" not in way]
    control = counts["raw, without the policy (control)"][0]
    return 1 if any(held) or any(silent) or not control else 0


if __name__ == "__main__":
    sys.exit(main())
