"""How the operator's site looks: name, logo, colors, type, sections, footer, imprint, from a file in the data folder.

Plain but for `current`, which knows where the data folder is.
"""

from broadsheet.looks.current import FILE, looks, site_name
from broadsheet.looks.look import Footer, Imprint, Link, Logo, Looks, SectionLook
from broadsheet.looks.reading import read_looks, read_text

__all__ = [
    "FILE",
    "Footer",
    "Imprint",
    "Link",
    "Logo",
    "Looks",
    "SectionLook",
    "looks",
    "read_looks",
    "read_text",
    "site_name",
]
