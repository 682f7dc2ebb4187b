"""What an operator may choose, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Shades = tuple[str, str]
"""A color on light and on dark paper, each as #rrggbb."""

COLORS: Mapping[str, Shades] = {
    "paper": ("#fbfaf7", "#15140f"),
    "tint": ("#f3f0e8", "#1f1d17"),
    "ink": ("#1b1a17", "#ece8dd"),
    "soft": ("#5d594f", "#aaa496"),
    "hair": ("#d8d3c6", "#37342b"),
    "accent": ("#9b2917", "#f0917c"),
}
"""The colors by name, as they are without a file; `static/css/tokens.css` says the same."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture in place of the name on the masthead. type: its media type. width, height: in CSS pixels."""

    name: str
    type: str
    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SectionLook:
    slug: str
    label: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """address: a path of this site or a web address."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Footer:
    words: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who runs the site, as the law asks it to be told. Several lines are shown as lines."""

    operator: str = ""
    address: str = ""
    contact: str = ""
    responsible: str = ""
    register: str = ""
    owner: str = ""
    funding: str = ""
    more: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether it holds what every imprint needs."""
        return bool(self.operator and self.address and self.contact)


@dataclass(frozen=True, slots=True)
class Looks:
    """Empty strings and mappings leave things as they are. sections: in the order of the file."""

    name: str = ""
    motto: str = ""
    logo: Logo | None = None
    colors: Mapping[str, Shades] = field(default_factory=dict)
    headlines: str = "serif"
    text: str = "serif"
    sections: tuple[SectionLook, ...] = ()
    footer: Footer = Footer()
    imprint: Imprint = Imprint()

    def shades(self, name: str) -> Shades:
        """A color as it is shown."""
        return self.colors.get(name) or COLORS[name]
