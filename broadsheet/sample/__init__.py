"""What a fresh Broadsheet can show at once: a list of real publishers and a sample edition of invented ones.

`starter` lists publishers to follow; `edition` reads the sample stories from `content/`; `server` puts the
sample publishers on loopback so that they are gathered through the same pipeline as everybody else. Nothing
here knows Django, the database or the network beyond this machine: following the publishers, labelling the
pages and taking the sample away again are the business of the rooms above.
"""

from broadsheet.sample.edition import (
    Correction,
    Edition,
    Figure,
    Picture,
    Piece,
    SampleArticle,
    SamplePublisher,
    SampleStory,
)
from broadsheet.sample.reading import edition
from broadsheet.sample.server import ExpectedArticle, SampleServer
from broadsheet.sample.starter import StarterPublisher, starter_publishers
from broadsheet.sample.tables import ContentError

__all__ = [
    "ContentError",
    "Correction",
    "Edition",
    "ExpectedArticle",
    "Figure",
    "Picture",
    "Piece",
    "SampleArticle",
    "SamplePublisher",
    "SampleServer",
    "SampleStory",
    "StarterPublisher",
    "edition",
    "starter_publishers",
]
