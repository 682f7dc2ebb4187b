"""Tables of the readers' room, a file for each idea."""

from broadsheet.readers.models.accounts import AddressChange, Agreement, AuditLine, Reader, Role, RoleKind, Throttle
from broadsheet.readers.models.consent import Receipt
from broadsheet.readers.models.counts import PageCount
from broadsheet.readers.models.following import FeedKey, Follow, FollowKind, Mute, MuteKind, ReadMark, Saved, SavedKind
from broadsheet.readers.models.gates import GateKind, GateRule, Member, MemberKind, MeterBook, MeterPass, Wording

__all__ = [
    "AddressChange",
    "Agreement",
    "AuditLine",
    "FeedKey",
    "Follow",
    "FollowKind",
    "GateKind",
    "GateRule",
    "Member",
    "MemberKind",
    "MeterBook",
    "MeterPass",
    "Mute",
    "MuteKind",
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
