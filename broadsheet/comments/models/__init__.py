"""Tables of the comments' room, a file for each idea."""

from broadsheet.comments.models.guarding import FeatureCount, GuardSettings
from broadsheet.comments.models.moderation import Act, Appeal, Decision, Report, ReportKind, SavedAnswer
from broadsheet.comments.models.people import Ignore, Persona, Sanction, SanctionKind
from broadsheet.comments.models.threads import Comment, CommentState, Opening, Thread, Useful, Version

__all__ = [
    "Act",
    "Appeal",
    "Comment",
    "CommentState",
    "Decision",
    "FeatureCount",
    "GuardSettings",
    "Ignore",
    "Opening",
    "Persona",
    "Report",
    "ReportKind",
    "Sanction",
    "SanctionKind",
    "SavedAnswer",
    "Thread",
    "Useful",
    "Version",
]
