"""Rights: signals and ledger lines in, display mode for each output out.

    display = decide(ledger, signals, Output.PAGE, "FR", now)

Plain Python, pure, no clock, no network. Leaves to others: fetching the files that signals stand in (`fetching`),
keeping the ledger (`sources`), and obeying (`every output`). Engineering, not legal advice.
"""

from broadsheet.rights.decision import Display, Policy, Reason, decide
from broadsheet.rights.ledger import LedgerEntry
from broadsheet.rights.licences import Licence, attribution_line, read_licence
from broadsheet.rights.modes import Basis, Mode, Output, Scope
from broadsheet.rights.rsl import rsl_for
from broadsheet.rights.signals import Limit, Signal, Signals, propose_entry, read_signals
from broadsheet.rights.tdmrep import tdmrep_for
from broadsheet.rights.territories import Territory, territory_of
from broadsheet.rights.usage import ai_txt_for, licence_files, usage_for

__all__ = [
    "Basis",
    "Display",
    "LedgerEntry",
    "Licence",
    "Limit",
    "Mode",
    "Output",
    "Policy",
    "Reason",
    "Scope",
    "Signal",
    "Signals",
    "Territory",
    "ai_txt_for",
    "attribution_line",
    "decide",
    "licence_files",
    "propose_entry",
    "read_licence",
    "read_signals",
    "rsl_for",
    "tdmrep_for",
    "territory_of",
    "usage_for",
]
