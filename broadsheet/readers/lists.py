"""What somebody follows who has no account: a list in a signed address, kept by nobody but its holder.

The list stands in the address itself, so it works without a cookie, a script or a row in our database. The signature
says only that we made it: nobody can make our server work on ten thousand things.
"""

from __future__ import annotations

from collections.abc import Collection

from django.core import signing

from broadsheet.readers.models import FollowKind
from broadsheet.readers.targets import Thing

MOST = 60
LONGEST = 3_000
_SALT = "readers.lists"
_LETTERS = {kind: letter for letter, kind in zip("tspaqy", (
    FollowKind.TOPIC, FollowKind.SECTION, FollowKind.SOURCE, FollowKind.AUTHOR, FollowKind.SEARCH, FollowKind.STORY
), strict=True)}  # fmt: skip
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}


def write_list(things: Collection[Thing]) -> str:
    """The list as a word for an address; the same things give the same word."""
    rows = [[_LETTERS[FollowKind(one.kind)], one.name] for one in sorted(set(things))[:MOST]]
    return signing.Signer(salt=_SALT).sign_object(rows, compress=True)


def read_list(word: str) -> list[Thing]:
    """Empty for a word that we did not write."""
    if not word or len(word) > LONGEST:
        return []
    try:
        rows = signing.Signer(salt=_SALT).unsign_object(word)
    except (signing.BadSignature, ValueError):
        return []
    return [Thing(_KINDS[letter], str(name)) for letter, name in rows]
