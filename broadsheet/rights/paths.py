"""Path patterns as robots.txt writes them: `*` stands for anything, `$` at the end for the end (RFC 9309, 2.2.3).

TDMRep, RSL and Content-Usage borrow the same rules. Matching is linear in the path for each piece between stars.
"""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

LONGEST = 2_000


def path_of(address: str) -> str:
    """Path and query of an address; "/" when it has none."""
    try:
        parts = urlsplit(address[:LONGEST])
    except ValueError:
        return "/"
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def matches(pattern: str, path: str) -> bool:
    """Whether the pattern, a path or a whole address, covers the path. A pattern is a prefix unless it ends in `$`."""
    if "://" in pattern[:12]:
        # Of a whole address only the path is compared; the file came from that authority.
        rest = pattern.split("://", 1)[1]
        pattern = rest[rest.find("/") :] if "/" in rest else "/"
    pattern, path = _plain(pattern[:LONGEST]), _plain(path[:LONGEST])
    whole = pattern.endswith("$")
    pieces = (pattern[:-1] if whole else pattern).split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    if len(pieces) == 1:
        return not whole or at == len(path)
    # The earliest place for each piece is always good enough; only the last may be bound to the end.
    for piece in pieces[1:-1]:
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    last = pieces[-1]
    return path.endswith(last) and len(path) - len(last) >= at if whole else path.find(last, at) >= 0


def _plain(text: str) -> str:
    """Percent-encoding made uniform, so that "/caf%C3%A9" and "/café" are one path."""
    return quote(unquote(text), safe="/*$?=&%:;,@+~!'()#[]")
