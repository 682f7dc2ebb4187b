"""How a mail looks: styles that stand on each element, because many mail programs drop a style sheet.

Colors and faces are the operator's. On dark paper a style sheet takes over where it is read; elsewhere programs turn
the light colors around by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping

from broadsheet.looks import Looks
from broadsheet.looks.look import COLORS

_SERIF = "Georgia,'Times New Roman',serif"
_SANS = "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"


def colors(looks: Looks, theme: int = 0) -> dict[str, str]:
    """The colors by name on light paper (0) or dark (1)."""
    return {name: looks.shades(name)[theme] for name in COLORS}


def styles(looks: Looks) -> Mapping[str, str]:
    """The styles by what they are for. Line heights in pixels: Word, which draws mails in Outlook, rounds others."""
    ink, soft, accent, hair = (looks.shades(name)[0] for name in ("ink", "soft", "accent", "hair"))
    head = _SANS if looks.headlines == "sans" else _SERIF
    text = _SANS if looks.text == "sans" else _SERIF
    small = f"margin:0;font-family:{_SANS};font-size:13px;line-height:19px;color:{soft}"
    return {
        "site": f"margin:0;font-family:{head};font-size:34px;line-height:40px;font-weight:bold;color:{ink}",
        "letter": f"margin:0;font-family:{_SANS};font-size:14px;line-height:20px;font-weight:bold;color:{accent}",
        "first": f"margin:0;font-family:{head};font-size:28px;line-height:34px;font-weight:bold;color:{ink}",
        "headline": f"margin:0;font-family:{head};font-size:20px;line-height:26px;font-weight:bold;color:{ink}",
        "text": f"margin:0;font-family:{text};font-size:17px;line-height:26px;color:{ink}",
        "kicker": f"margin:0;font-family:{_SANS};font-size:13px;line-height:19px;font-weight:bold;color:{accent}",
        "small": small,
        "rule": f"border-top:1px solid {hair}",
        "plain": f"color:{ink};text-decoration:none",
        "quiet": f"color:{soft};text-decoration:underline",
        "link": f"color:{accent};text-decoration:underline",
        "report": f"margin:0;font-family:{text};font-size:16px;line-height:23px;color:{ink}",
    }


_WRITTEN = {
    "p": "margin:0 0 14px",
    "ul": "margin:0 0 14px;padding:0 20px",
    "ol": "margin:0 0 14px;padding:0 20px",
    "li": "margin:0 0 6px",
    "pre": "margin:0 0 14px;white-space:pre-wrap",
}


def written(looks: Looks, side: str) -> Mapping[str, str]:
    """Styles by tag for what an editor wrote in Markdown. side: where lines begin, left or right."""
    soft, accent, hair = (looks.shades(name)[0] for name in ("soft", "accent", "hair"))
    return {
        **_WRITTEN,
        "a": f"color:{accent};text-decoration:underline",
        "blockquote": f"margin:0 0 14px;padding:0 16px;border-{side}:3px solid {hair};color:{soft}",
    }
