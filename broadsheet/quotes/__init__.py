"""Who said what: quotations of a text with their speakers.

Finds the words between quotation marks, tells speech from titles and irony, and credits each quotation to the phrase,
name and role the article gives. Reads one text at a time; keeps nothing.
"""

from .find import find_quotes
from .quote import Quote
from .same import Difference, SameWords, differences, gather_same, quotation_key, same_quotation

__all__ = [
    "Difference",
    "Quote",
    "SameWords",
    "differences",
    "find_quotes",
    "gather_same",
    "quotation_key",
    "same_quotation",
]
