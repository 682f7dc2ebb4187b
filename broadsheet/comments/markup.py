"""What a reader may write: a small part of Markdown, made into HTML of ours and into plain text.

Paragraphs, line breaks, emphasis, links, quotations, lists, code. No headings, tables, pictures or HTML: what looks
like them stays as typed. markdown-it-py parses (CommonMark, linear time, bounded nesting); what it renders passes the
allow-list of nh3 all the same, so that neither alone is trusted.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt

LONGEST = 20_000
"""Characters that are rendered; the guard refuses far shorter comments."""
DEEPEST = 8
"""Levels of quotation; what is quoted deeper stands on the last one."""

_TAGS = {"p", "br", "em", "strong", "s", "a", "blockquote", "ul", "ol", "li", "code", "pre"}
_REL = "ugc nofollow noopener"
_MENTION = re.compile(r"(?<![\w@/.])@([^\W_](?:[\w.-]{0,38}[^\W_])?)")
_DEEP_QUOTE = re.compile(rf"^((?: {{0,3}}> ?){{{DEEPEST}}})(?: {{0,3}}> ?)+", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")
_OVERRIDE = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Direction marks that could make a comment turn the page around; each comment stands in its own direction anyway."""


def to_html(markdown: str) -> str:
    """Safe HTML of a comment. Links leave with rel="ugc nofollow noopener"; nothing is fetched from anywhere."""
    rendered = _parser().render(tidied(markdown))
    return nh3.clean(
        rendered,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=_REL,
    ).strip()


def to_text(markdown: str) -> str:
    """The words alone, paragraphs parted by empty lines: for mail, feeds of text, search and excerpts."""
    lines: list[str] = []
    for token in _parser().parse(tidied(markdown)):
        if token.type == "inline":
            lines.append(
                "".join(
                    "\n" if part.type in ("softbreak", "hardbreak") else part.content for part in token.children or ()
                )
            )
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip("\n"))
    return "\n\n".join(lines)


def mentions(markdown: str) -> list[str]:
    """Names after an @, in order, each once; whether somebody bears them is for the caller to find out."""
    parts = (part for token in _parser().parse(tidied(markdown)) for part in token.children or ())
    words = "".join(part.content if part.type == "text" else " " for part in parts)
    return list(dict.fromkeys(_MENTION.findall(words)))


def quoted(markdown: str, name: str) -> str:
    """A reply's beginning: the words answered, as a Markdown quotation under their writer's name."""
    lines = to_text(markdown)[:400].splitlines() or [""]
    return "\n".join([f"> **{_plain(name)}**", ">", *(f"> {_plain(line)}" for line in lines)]) + "\n\n"


def tidied(markdown: str) -> str:
    """Line ends made one kind, control and direction characters away, cut at the longest that is rendered."""
    text = markdown[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    return _DEEP_QUOTE.sub(r"\1", _OVERRIDE.sub("", _CONTROL.sub("", text)))


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>~])", r"\\\1", text)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"breaks": True, "linkify": True, "html": False, "maxNesting": 100})
    parser.enable([
        "paragraph", "newline", "escape", "entity", "emphasis", "strikethrough", "balance_pairs",
        "link", "autolink", "linkify", "blockquote", "list", "backticks", "fence",
    ])  # fmt: skip
    parser.add_render_rule("link_open", _link_open)
    return parser


def _link_open(_renderer: Any, tokens: Any, at: int, _options: Any, _env: Any) -> str:
    return f'<a href="{escape(str(tokens[at].attrGet("href") or ""))}">'
