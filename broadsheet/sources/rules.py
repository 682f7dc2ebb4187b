"""An operator's rules for the pages of a publisher: kept as the TOML that was written, read once for each wording."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from broadsheet.extraction.rules import RuleError, Rules
from broadsheet.sources.models import Publisher
from broadsheet.sources.queries import publishers_with_rules


@dataclass(frozen=True, slots=True)
class PageRules:
    """rules: None where there are none, or none that can be used. digest: of what they say, "" for none; comments and
    order do not count. problem: why they cannot be used."""

    rules: Rules | None = None
    digest: str = ""
    problem: str = ""


@lru_cache(maxsize=1024)
def page_rules(text: str) -> PageRules:
    """What the kept text of a publisher says. Never fails: it may have been written into the database by hand."""
    try:
        rules = Rules.from_toml(text)
    except RuleError as error:
        return PageRules(problem=str(error))
    if rules == Rules():
        return PageRules()
    return PageRules(rules, blake2b(repr(rules).encode(), digest_size=16).hexdigest())


def unusable_rules() -> list[tuple[Publisher, str]]:
    """Publishers whose kept rules cannot be used, and why."""
    return [(one, problem) for one in publishers_with_rules() if (problem := page_rules(one.rules).problem)]
