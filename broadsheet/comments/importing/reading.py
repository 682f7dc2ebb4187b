"""Which format a file has, and its comments. Files are streams: memory does not grow with their number."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from broadsheet.comments.importing.comment import CommentsFileError, ImportedComment, State
from broadsheet.comments.importing.markdown import from_html
from broadsheet.comments.markup import tidied
from broadsheet.text.times import parse_time

LONGEST_LINE = 1_000_000
"""Bytes of one line of JSON; a comment has a thousandth of it."""
_DISQUS = "{http://disqus.com}"
_INTERNALS = "{http://disqus.com/disqus-internals}"


def read_comments(path: Path, format: str = "") -> Iterator[ImportedComment]:  # noqa: A002 - the option's name
    """The comments of a file. format: one of FORMATS; recognised when empty. Raises CommentsFileError."""
    name = format
    try:
        name = name or recognize(path)
        if name not in FORMATS:
            known = ", ".join(FORMATS)
            raise CommentsFileError(f"{path.name}: {name or 'this'} is no format known here; say one of {known}.")
        yield from FORMATS[name](path)
    except (etree.XMLSyntaxError, sqlite3.DatabaseError, UnicodeDecodeError, EOFError, OSError) as error:
        kind = f" as {name}" if name else ""
        raise CommentsFileError(f"{path.name}: not readable{kind}: {error}. Export it again, whole.") from error


def recognize(path: Path) -> str:
    """The format a file looks like, or ""."""
    with _opened(path) as file:
        head = file.read(4_000)
    if head.startswith(b"SQLite format 3\0"):
        return "isso"
    if b"http://disqus.com" in head:
        return "disqus"
    if b"wordpress.org/export/" in head:
        return "wordpress"
    return "remark42" if head.lstrip().startswith(b"{") and b'"version"' in head.split(b"\n", 1)[0] else ""


def _opened(path: Path) -> BinaryIO | gzip.GzipFile:
    with path.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path) if is_packed else path.open("rb")


def _elements(path: Path, *names: str) -> Iterator[etree._Element]:
    """Elements of these names one after the other, each forgotten when the next is asked for. No entity is expanded,
    no address fetched."""
    with _opened(path) as file:
        events = etree.iterparse(file, events=("end",), resolve_entities=False, no_network=True, load_dtd=False)
        for _, element in events:
            if etree.QName(element).localname in names and len(element):  # without children it only refers to one
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]


def _disqus(path: Path) -> Iterator[ImportedComment]:
    pages: dict[str, tuple[str, str]] = {}
    for element in _elements(path, "thread", "post"):
        key = element.get(f"{_INTERNALS}id", "")
        if element.tag == f"{_DISQUS}thread":
            pages[key] = _text(element, f"{_DISQUS}link"), _text(element, f"{_DISQUS}title")
        elif element.tag == f"{_DISQUS}post":
            page, title = pages.get(_reference(element, "thread"), ("", ""))
            deleted = _text(element, f"{_DISQUS}isDeleted") == "true"
            is_spam = _text(element, f"{_DISQUS}isSpam") == "true"
            yield ImportedComment(
                id=key,
                parent=_reference(element, "parent"),
                page=page,
                title=title,
                name=_text(element, f"{_DISQUS}author/{_DISQUS}name"),
                mail=_text(element, f"{_DISQUS}author/{_DISQUS}email"),
                site="",
                at=_time(_text(element, f"{_DISQUS}createdAt"), path, key),
                markdown=from_html(_text(element, f"{_DISQUS}message")),
                state=State.SPAM if is_spam else State.DELETED if deleted else State.APPROVED,
            )


def _reference(element: etree._Element, name: str) -> str:
    found = element.find(f"{_DISQUS}{name}")
    return "" if found is None else str(found.get(f"{_INTERNALS}id", ""))


_WORDPRESS_STATES = {"1": State.APPROVED, "0": State.WAITING, "spam": State.SPAM, "trash": State.DELETED}


def _wordpress(path: Path) -> Iterator[ImportedComment]:
    for item in _elements(path, "item"):
        said = {etree.QName(child).localname: (child.text or "").strip() for child in item}
        for element in item:
            if etree.QName(element).localname != "comment":
                continue
            value = {etree.QName(child).localname: (child.text or "").strip() for child in element}
            if value.get("comment_type", "") not in ("", "comment"):
                continue  # a pingback is no one's words
            key = value.get("comment_id", "")
            parent = value.get("comment_parent", "0")
            yield ImportedComment(
                id=key,
                parent="" if parent == "0" else parent,
                page=said.get("link", ""),
                title=said.get("title", ""),
                name=value.get("comment_author", ""),
                mail=value.get("comment_author_email", ""),
                site=value.get("comment_author_url", ""),
                at=_time(value.get("comment_date_gmt", "") + " +0000", path, key),
                markdown=from_html(value.get("comment_content", "").replace("\n", "<br>")),
                state=_WORDPRESS_STATES.get(value.get("comment_approved", "1"), State.WAITING),
            )


_ISSO_STATES = {1: State.APPROVED, 2: State.WAITING, 4: State.DELETED}
_ISSO = """
    SELECT c.id, c.parent, t.uri, t.title, c.author, c.email, c.website, c.created, c.text, c.mode,
           coalesce(c.likes, 0) - coalesce(c.dislikes, 0)
    FROM comments c JOIN threads t ON t.id = c.tid ORDER BY c.id
"""


def _isso(path: Path) -> Iterator[ImportedComment]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        for key, parent, page, title, name, mail, site, created, text, mode, score in database.execute(_ISSO):
            yield ImportedComment(
                id=str(key),
                parent=str(parent or ""),
                page=page or "",
                title=title or "",
                name=name or "",
                mail=mail or "",
                site=site or "",
                at=datetime.fromtimestamp(float(created), UTC),
                markdown=tidied(text or ""),
                state=_ISSO_STATES.get(mode, State.WAITING),
                score=int(score),
            )


def _remark42(path: Path) -> Iterator[ImportedComment]:
    with _opened(path) as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), start=1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except ValueError as error:
                raise CommentsFileError(
                    f"{path.name}, line {number}: no JSON ({error}). Make the backup again."
                ) from error
            if not isinstance(value, dict):
                raise CommentsFileError(
                    f"{path.name}, line {number}: expected one comment, found {type(value).__name__}."
                )
            if "text" in value or "orig" in value:
                yield _remark42_comment(value, path)


def _remark42_comment(value: dict[str, Any], path: Path) -> ImportedComment:
    key = str(value.get("id", ""))
    user, locator = value.get("user"), value.get("locator")
    typed = str(value.get("orig") or "")
    return ImportedComment(
        id=key,
        parent=str(value.get("pid") or ""),
        page=str(locator.get("url") or "") if isinstance(locator, dict) else "",
        title=str(value.get("title") or ""),
        name=str(user.get("name") or "") if isinstance(user, dict) else "",
        mail="",
        site="",
        at=_time(str(value.get("time", "")), path, key),
        markdown=tidied(typed) if typed else from_html(str(value.get("text") or "")),
        state=State.DELETED if value.get("delete") else State.APPROVED,
        score=int(value["score"]) if isinstance(value.get("score"), int | float) else 0,
    )


def _text(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return "" if found is None else (found.text or "").strip()


def _time(text: str, path: Path, key: str) -> datetime:
    if (at := parse_time(text)) is None:
        raise CommentsFileError(f"{path.name}: comment {key or '?'} has no readable time ({text[:40]!r}).")
    return at.astimezone(UTC)


FORMATS: dict[str, Callable[[Path], Iterator[ImportedComment]]] = {
    "disqus": _disqus,
    "wordpress": _wordpress,
    "isso": _isso,
    "remark42": _remark42,
}
