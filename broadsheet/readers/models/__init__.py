"""Tables of the readers' room, a file for each idea."""

from broadsheet.readers.models.accounts import AddressChange, Agreement, AuditLine, Reader, Role, RoleKind, Throttle
from broadsheet.readers.models.consent import Receipt
from broadsheet.readers.models.counts import PageCount
from broadsheet.readers.models.following import FeedKey, Follow, FollowKind, Mute, MuteKind, ReadMark, Saved, SavedKind
from broadsheet.readers.models.gates import (
    GateChange,
    GateKind,
    GateRule,
    Member,
    MemberKind,
    MeterBook,
    MeterPass,
    MeterTerms,
    Wording,
)
from broadsheet.readers.models.rights import Objection, ObjectionKind

__all__ = [
    "AddressChange",
    "Agreement",
    "AuditLine",
    "FeedKey",
    "Follow",
    "FollowKind",
    "GateChange",
    "GateKind",
    "GateRule",
    "Member",
    "MemberKind",
    "MeterBook",
    "MeterPass",
    "MeterTerms",
    "Mute",
    "MuteKind",
    "Objection",
    "ObjectionKind",
    "PageCount",
    "ReadMark",
    "Reader",
    "Receipt",
    "Role",
    "RoleKind",
    "Saved",
    "SavedKind",
    "Throttle",
    "Wording",
]
