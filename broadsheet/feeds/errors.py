"""What can be wrong with bytes that should have been a feed.

FeedError                base; `sentence` is for a person
├── NotAFeed             something else: a web page, nothing, a picture; `found` says what
└── NotASitemap          likewise for sitemaps
"""

from __future__ import annotations


class FeedError(ValueError):
    """found: a short word for what came instead: "html", "empty", "text", "binary", "json", "xml", "sitemap-index"."""

    def __init__(self, address: str, found: str, sentence: str) -> None:
        super().__init__(f"{address}: {found}: {sentence}")
        self.address = address
        self.found = found
        self.sentence = sentence

    @property
    def cause(self) -> str:
        """Stable enough to count by."""
        return f"no-feed-{self.found}"


class NotAFeed(FeedError):  # noqa: N818 - the sentence that is told
    pass


class NotASitemap(FeedError):  # noqa: N818
    pass
