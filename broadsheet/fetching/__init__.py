"""The polite client: the only door outward.

    async with Client(FetchSettings(contact="https://news.example/about")) as client:
        response = await client.fetch(Request("https://publisher.example/feed", purpose="feed"))

It identifies itself, keeps to robots.txt and Retry-After, asks a host one thing at a time and connects only to
addresses it has vetted. When to ask again is decided by `next_poll` and `next_try`. Parsing is left to others.
"""

from broadsheet.fetching.client import Client
from broadsheet.fetching.errors import (
    AddressRefused,
    BadAnswer,
    BodyTooLarge,
    FetchError,
    HeadersTooLarge,
    HostResting,
    NameNotFound,
    Refused,
    RobotsRefused,
    StatusError,
    TlsFailed,
    TooManyRedirects,
    TooMuch,
    TooSlow,
    Unreachable,
)
from broadsheet.fetching.guard import Guard
from broadsheet.fetching.loop import run
from broadsheet.fetching.messages import Hop, Purpose, Request, Response, Validators
from broadsheet.fetching.robots import MemoryRobotsStore, RobotsCopy, RobotsRules, RobotsStore
from broadsheet.fetching.schedule import Outcome, PollPlan, PollState, TryPlan, next_poll, next_try
from broadsheet.fetching.service import Call, call
from broadsheet.fetching.settings import LIMITS, FetchSettings, Limit
from broadsheet.fetching.wire import Answer

__all__ = [
    "LIMITS",
    "AddressRefused",
    "Answer",
    "BadAnswer",
    "BodyTooLarge",
    "Call",
    "Client",
    "FetchError",
    "FetchSettings",
    "Guard",
    "HeadersTooLarge",
    "Hop",
    "HostResting",
    "Limit",
    "MemoryRobotsStore",
    "NameNotFound",
    "Outcome",
    "PollPlan",
    "PollState",
    "Purpose",
    "Refused",
    "Request",
    "Response",
    "RobotsCopy",
    "RobotsRefused",
    "RobotsRules",
    "RobotsStore",
    "StatusError",
    "TlsFailed",
    "TooManyRedirects",
    "TooMuch",
    "TooSlow",
    "TryPlan",
    "Unreachable",
    "Validators",
    "call",
    "next_poll",
    "next_try",
    "run",
]
