"""What the software keeps about people, told by the rooms that keep it.

Each app may have a module `privacy` with a function `holdings` that returns a list of `Holding`; the privacy page is
made of them, so it says what this installation does and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing that is kept, in words for readers.

    what: the data. why: the purpose and the legal ground. kept: for how long.
    """

    what: str
    why: str
    kept: str


def holdings() -> list[Holding]:
    """What every installed room of this program keeps, in the order of the rooms, in the language of the page."""
    found: list[Holding] = []
    for config in apps.get_app_configs():
        name = f"{config.name}.privacy"
        if config.name.startswith("broadsheet.") and find_spec(name) is not None:
            found.extend(import_module(name).holdings())
    return found
