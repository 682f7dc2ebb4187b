"""Tables of the letters' room, a file for each idea."""

from broadsheet.letters.models.audience import LeavingReason, Letter, LetterKind, Proof, Subscriber, Subscription
from broadsheet.letters.models.editions import Edition, EditionState, Item, ItemKind
from broadsheet.letters.models.post import Delivery, DeliveryState, Lane, Return, ReturnKind, Suppression, Tally

__all__ = [
    "Delivery",
    "DeliveryState",
    "Edition",
    "EditionState",
    "Item",
    "ItemKind",
    "Lane",
    "LeavingReason",
    "Letter",
    "LetterKind",
    "Proof",
    "Return",
    "ReturnKind",
    "Subscriber",
    "Subscription",
    "Suppression",
    "Tally",
]
