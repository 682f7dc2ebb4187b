"""Foreign HTML made safe: inline markup for article blocks, a little more for summaries, and plain text.

The allow-lists are all there is: what is not named is dropped, its text kept, except inside elements whose text was
never meant to be read (scripts, styles). nh3 does the sanitising; `plain` walks lexbor's tree.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

LONGEST = 1_000_000
"""Characters of HTML that `plain` reads; an article has a tenth of it."""
LONGEST_FRAGMENT = 200_000
"""Characters of a fragment that are sanitised; a paragraph has a hundredth of it, and html5ever needs time that grows
with the square of the number of ampersands (0.3 s here, 1.6 s at 500,000)."""

_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q"}
    | {"rp", "rt", "ruby", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
_SUMMARY = _INLINE | {"p", "ul", "ol", "li", "blockquote"}
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "hreflang"},
    "abbr": {"title"},
    "time": {"datetime"},
    "q": {"cite"},
    "blockquote": {"cite"},
}
_UNREAD = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "textarea", "select", "title"}
_SCHEMES = {"http", "https", "mailto"}
_VALUES = {
    "lang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}"),
    "hreflang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}"),
    "dir": re.compile(r"ltr|rtl|auto"),
}

# Outside a table the parser drops these tags and would glue the words of two cells together.
_CELL = re.compile(r"<(?=/?(?:td|th|tr|caption|tbody|thead|tfoot|option)[\s>/])", re.IGNORECASE)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "table"}
    | {"tbody", "tfoot", "thead", "tr", "ul", "video", "audio", "img", "iframe"}
)
_SPACED = frozenset({"td", "th", "button", "input", "select", "label"})
_SKIPPED = frozenset({"script", "style", "template", "noscript", "svg", "math", "title", "head", "textarea", "select"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff]")


def clean_inline(html: str, base: str = "") -> str:
    """Inline markup that may stand inside a paragraph of ours. base: the page's address, for relative links."""
    return _clean(html, _INLINE, base)


def clean_summary(html: str, base: str = "") -> str:
    """A feed's summary: inline markup, paragraphs, lists and quotations. base: the page's address."""
    return _clean(html, _SUMMARY, base)


def plain(html: str) -> str:
    """The words of HTML, white space folded, one line for each block; entities are read once.

    Inline tags leave words whole ("re<b>main</b>ed" is "remained"), block ends and cells part them.
    """
    html = html[:LONGEST]
    if "<" not in html and "&" not in html:
        return _folded(html)
    tree = LexborHTMLParser(_CELL.sub(" <", html))
    return _folded("".join(_pieces(tree.body))) if tree.body is not None else ""


def _clean(html: str, tags: frozenset[str], base: str) -> str:
    def keep(_tag: str, name: str, value: str) -> str | None:
        if name in ("href", "cite"):
            return _address(value, base)
        rule = _VALUES.get(name)
        return value if rule is None or rule.fullmatch(value) else None

    return nh3.clean(
        _CONTROL.sub("", html[:LONGEST_FRAGMENT]),
        tags=set(tags),
        clean_content_tags=_UNREAD,
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items() if tag == "*" or tag in tags},
        attribute_filter=keep,
        url_schemes=_SCHEMES,
        link_rel="noopener",
        strip_comments=True,
    ).strip()


def _address(value: str, base: str) -> str | None:
    """An absolute address of an allowed scheme, or None: a relative one would lead into our own site."""
    try:
        address = urljoin(base, value.strip()) if base else value.strip()
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme == "mailto":
        return address
    return address if parts.scheme in _SCHEMES and parts.netloc else None


def _pieces(root: LexborNode) -> list[str]:
    """Text in document order with "\\n" at the edges of blocks. Walks with a stack: pages nest as deep as they like."""
    pieces: list[str] = []
    stack: list[LexborNode | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        tag = node.tag or ""
        if tag == "-text":
            pieces.append(re.sub(r"\s+", " ", node.text_content or ""))
            continue
        if tag in _SKIPPED or tag.startswith(("-", "!")):
            continue
        edge = "\n" if tag in _BLOCKS else " " if tag in _SPACED else ""
        if edge:
            pieces.append(edge)
            stack.append(edge)
        child = node.last_child
        while child is not None:
            stack.append(child)
            child = child.prev
    return pieces


def _folded(text: str) -> str:
    lines = (" ".join(line.split()) for line in _CONTROL.sub("", text).split("\n"))
    return "\n".join(line for line in lines if line)
