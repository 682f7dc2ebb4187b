"""Whether hostile strings run in a real browser when readers write them: `python -m evals.comments_attacks`.

Each string stands as the words of a comment, as the name of its writer, as the target of a link and in the preview,
under the site's own headers; then once more as raw HTML in the page, as if nothing had sanitised it, so that the policy
alone has to hold. What counts as running: a dialog, a call of `alert`, `confirm` or `prompt`, a script's own mark, or a
request that leaves the page's host. As a control the same raw strings run without the policy: some of them must.

The strings are a JSON list in `comments/attacks.json` of the folder BROADSHEET_EVAL_DATA names. Collections to make one
from: wfuzz's XSS list, xss-filters' seeds, the Big List of Naughty Strings, the tests of bleach and lxml-html-clean.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from html import escape
from pathlib import Path
from typing import Any

from broadsheet.comments import markup
from broadsheet.site.middleware import SECURITY_HEADERS

HOST = "http://comments.test"
_WATCH = """
window.__ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = (...words) => { __ran.push(name); };
"""


class Visit:
    """One page with strings in it, served to the browser under some headers; `left` are requests to elsewhere."""

    def __init__(self, body: str, headers: dict[str, str]) -> None:
        self._body = "<!doctype html><title>x</title>" + body
        self._headers = {**headers, "Content-Type": "text/html; charset=utf-8"}
        self.left: list[str] = []

    def serve(self, route: Any) -> None:
        address = route.request.url
        if address == f"{HOST}/":
            route.fulfill(body=self._body, headers=self._headers)
            return
        if not address.startswith(HOST):
            self.left.append(address)
        route.abort()


def as_written(string: str) -> str:
    """The string in the four places, as the site's templates print them."""
    name = escape(string[:60])
    return "".join(
        f'<article><h3><bdi>{name}</bdi></h3><div dir="auto">{html}</div></article>'
        for html in (markup.to_html(string), markup.to_html(f"[words]({string})"), markup.to_html(f"<{string}>"))
    )


def main() -> int:
    folder = os.environ.get("BROADSHEET_EVAL_DATA", "")
    path = Path(folder) / "comments" / "attacks.json"
    browser = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
    if not folder or not path.is_file() or browser is None:
        print(f"SKIPPED: needs {path} and a Chromium; see the docstring of evals/comments_attacks.py", file=sys.stderr)
        return 0
    from playwright.sync_api import Error, sync_playwright

    strings: list[str] = json.loads(path.read_text("utf-8"))
    ran: dict[str, int] = {}
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        ways = {
            "sanitised, with the policy": (as_written, dict(SECURITY_HEADERS), 40),
            "sanitised, without the policy": (as_written, {}, 40),
            "raw, with the policy": (str, dict(SECURITY_HEADERS), 1),
            "raw, without the policy (control)": (str, {}, 1),
        }
        for way, (write, headers, size) in ways.items():
            count = 0
            for at in range(0, len(strings), size):
                page = chromium.new_page()
                page.add_init_script(_WATCH)
                page.on("dialog", lambda dialog: dialog.dismiss())
                visit = Visit("".join(write(string) for string in strings[at : at + size]), headers)
                page.route("**/*", visit.serve)
                try:
                    page.goto(f"{HOST}/", wait_until="domcontentloaded")
                    for node in page.query_selector_all("a, img, svg, input, button")[:200]:
                        node.dispatch_event("mouseover")
                    page.wait_for_timeout(30)
                    ran_here = bool(page.evaluate("window.__ran.length"))
                except Error:  # the page went elsewhere while we looked
                    ran_here = bool(visit.left)
                count += bool(ran_here or visit.left)
                page.close()
            ran[way] = count
            pages = -(-len(strings) // size)
            print(f"{way:36} {len(strings)} strings on {pages} pages: {count} pages ran or reached out", flush=True)
        chromium.close()
    return 1 if any(count for way, count in ran.items() if "control" not in way) else 0


if __name__ == "__main__":
    sys.exit(main())
