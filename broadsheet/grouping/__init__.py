"""Articles to copies, stories and what is related: which reports tell of one event, and which are one text again."""

from broadsheet.grouping.compare import Change, Difference, compare
from broadsheet.grouping.copies import Copy, CopyFinder, CopySettings, Kind, copies
from broadsheet.grouping.grouper import Assignment, Grouper, group
from broadsheet.grouping.names import Name, NameKind, find_names
from broadsheet.grouping.related import Related, Subject, closeness, related
from broadsheet.grouping.settings import Settings
from broadsheet.grouping.weight import Weight, weight

__all__ = [
    "Assignment",
    "Change",
    "Copy",
    "CopyFinder",
    "CopySettings",
    "Difference",
    "Grouper",
    "Kind",
    "Name",
    "NameKind",
    "Related",
    "Settings",
    "Subject",
    "Weight",
    "closeness",
    "compare",
    "copies",
    "find_names",
    "group",
    "related",
    "weight",
]
