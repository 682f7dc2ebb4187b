"""`broadsheet extract`: the extractor alone, on files, addresses or standard input."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.commands.common import CommandError, note, say
from broadsheet.commands.rule_files import read_rules

if TYPE_CHECKING:
    from broadsheet.extraction import Article

FORMATS = ("json", "text", "markdown", "html")
LARGEST = 50_000_000
"""Bytes of one input."""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("extract", help="the extractor alone: pages in, articles out")
    command.add_argument("inputs", nargs="*", metavar="FILE or URL or -", help="default: standard input")
    command.add_argument("--format", choices=FORMATS, default="json", help="default: json")
    command.add_argument("--url", help="the page's own address, for relative links")
    command.add_argument("--rules", metavar="FILE", help="rules to read these pages by, as TOML; try them out here")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    from broadsheet.extraction import Verdict, extract
    from broadsheet.extraction.rules import Rules, idle_rules

    inputs = chosen.inputs or ["-"]
    if chosen.rules == "-" and "-" in inputs:
        raise CommandError("Standard input cannot be both the rules and a page. Name a file for one of them.")
    rules = Rules.from_toml(read_rules(chosen.rules)) if chosen.rules else None
    failed = 0
    for source in inputs:
        try:
            body, address = _read(source, chosen.url)
            article = extract(body, address, rules=rules)
        except CommandError as error:
            if len(inputs) == 1:
                raise
            note(f"broadsheet: {error}")
            failed += 1
            continue
        for idle in idle_rules(rules, body) if rules is not None else ():
            note(f"{source}: {idle}")
        if article.receipt.verdict is Verdict.EMPTY:
            note(f"broadsheet: {source} holds no article.")
        say(_shown(article, chosen.format, one_line=len(inputs) > 1, source=source))
    return 1 if failed else 0


def _read(source: str, url: str | None) -> tuple[bytes, str | None]:
    if source.startswith(("http://", "https://")):
        import asyncio

        return asyncio.run(_fetch(source))
    try:
        if source == "-":
            body = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(source).open("rb") as file:
                body = file.read(LARGEST + 1)
    except OSError as error:
        raise CommandError(f"{source} cannot be read: {error.strerror}.") from error
    if len(body) > LARGEST:
        raise CommandError(f"{source} is larger than {LARGEST // 1_000_000} MB, which no article page is.")
    return body, url


async def _fetch(address: str) -> tuple[bytes, str]:
    from broadsheet.environment import read_environment
    from broadsheet.fetching.client import Client
    from broadsheet.fetching.errors import FetchError
    from broadsheet.fetching.messages import Request
    from broadsheet.fetching.settings import FetchSettings

    settings = FetchSettings(allow_networks=tuple(read_environment().allow_networks))
    try:
        async with Client(settings) as client:
            response = await client.fetch(Request(address))
    except FetchError as error:
        raise CommandError(f"{address}: {error.sentence}") from error
    return response.body, response.address


def _shown(article: Article, form: str, *, one_line: bool, source: str) -> str:
    if form == "json":
        values: dict[str, Any] = {"input": source, **asdict(article), "text": article.text}
        return json.dumps(values, ensure_ascii=False, default=str, indent=None if one_line else 2)
    if form == "text":
        return f"{article.headline}\n\n{article.text}" if article.headline else article.text
    from broadsheet.commands.article_forms import as_html, as_markdown

    return as_markdown(article) if form == "markdown" else as_html(article)
