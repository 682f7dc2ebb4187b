"""The guard: what happens to a comment before anyone reads it, decided by pure functions and said in reasons.

    judgement = judge(draft, around, rules, spam=filter)
    judgement.verdict       # allowed, held (an editor looks first) or refused (the writer hears why at once)
    judgement.findings      # every phase that objected, with a code and the values its sentence needs

Nothing here opens a database, knows a framework or asks a third party. The same call over past comments is the dry
run of a changed rule.
"""

from broadsheet.comments.guard.draft import Around, Author, Draft, Earlier
from broadsheet.comments.guard.judgement import Finding, Judgement, Verdict
from broadsheet.comments.guard.phases import PHASES, judge
from broadsheet.comments.guard.rules import Rules, RulesError
from broadsheet.comments.guard.spam import SpamFilter
from broadsheet.comments.guard.wordlists import WordList, WordListError

__all__ = [
    "PHASES",
    "Around",
    "Author",
    "Draft",
    "Earlier",
    "Finding",
    "Judgement",
    "Rules",
    "RulesError",
    "SpamFilter",
    "Verdict",
    "WordList",
    "WordListError",
    "judge",
]
