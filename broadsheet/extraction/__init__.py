"""From any publisher's page to its true article.

    from broadsheet.extraction import extract
    article = extract(html, url)

`extract` and the values it returns are all that leaves this room. Loading it costs no framework and no network code.
"""

from broadsheet.extraction.article import (
    TEXT_KINDS,
    Access,
    Article,
    Block,
    BlockKind,
    Damage,
    Image,
    Kind,
    Omission,
    Receipt,
    Verdict,
)
from broadsheet.extraction.extract import extract

__all__ = [
    "TEXT_KINDS",
    "Access",
    "Article",
    "Block",
    "BlockKind",
    "Damage",
    "Image",
    "Kind",
    "Omission",
    "Receipt",
    "Verdict",
    "extract",
]
