"""Usage preferences: `Content-Usage`, `Content-Signal` and `ai.txt`.

Sources: draft-ietf-aipref-attach-05 and draft-ietf-aipref-vocab (drafts; the vocabulary still moves, so unknown
words are kept as they are); contentsignals.org; ai.txt is informal and comes in two dialects, both read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadsheet.rights.paths import matches

LONGEST = 512 * 1024
"""Characters of robots.txt or ai.txt that are read, as for robots.txt in RFC 9309."""
_MEMBER = re.compile(r"([a-z*][a-z0-9_.*-]{0,40})\s*=\s*\"?(\?0|[a-z]{1,8})\"?", re.IGNORECASE)
_NO = frozenset({"n", "no", "?0", "disallow", "deny", "false", "none"})
_USAGE_LINES = {"content-usage": "robots-content-usage", "content-signal": "content-signal"}
_TEXT_FILES = frozenset({"*.txt", "*.htm", "*.html"})
_PURPOSES = {"training": "ai-train", "ai-training": "ai-train", "inference": "ai-input", "retrieval": "ai-index"}


def read_usage(value: str) -> frozenset[str]:
    """The purposes refused by one value such as `train-ai=n, search=y`; lower case, as named."""
    found = (_MEMBER.fullmatch(part.split(";", 1)[0].strip()) for part in value[:2_000].split(","))
    return frozenset(match[1].lower() for match in found if match and match[2].lower() in _NO)


def usage_for(robots_txt: str, path: str, agent: str = "broadsheet") -> dict[str, str]:
    """What robots.txt says about the use of a path, as names and values for `read_signals`.

    The groups of our agent count, else those of `*`; lines before any group speak to everybody. A value may begin
    with a path pattern; of several that match, the longest wins.
    """
    best: dict[str, tuple[tuple[bool, int], str]] = {}
    lines = list(_grouped(robots_txt[:LONGEST]))
    named = any(agent.lower() in agents for agents, _, _ in lines)
    for agents, name, value in lines:
        if name not in _USAGE_LINES or (agents and (agent.lower() if named else "*") not in agents):
            continue
        pattern, preference = _split_pattern(value)
        if not matches(pattern, path):
            continue
        weight = (bool(agents), len(pattern))
        known = best.get(name)
        if known is None or weight > known[0]:
            best[name] = (weight, preference)
        elif weight == known[0]:
            best[name] = (weight, f"{known[1]}, {preference}")
    return {_USAGE_LINES[name]: preference for name, (_, preference) in best.items()}


def licence_files(robots_txt: str) -> tuple[str, ...]:
    """The addresses of RSL files that robots.txt names in `License:` lines, whoever they speak to; at most five."""
    found = (value for _, name, value in _grouped(robots_txt[:LONGEST]) if name == "license" and value)
    return tuple(dict.fromkeys(found))[:5]


def ai_txt_for(text: str, path: str) -> dict[str, str]:
    """What ai.txt refuses for a path: {"ai-txt": "tdm ai-train"}, or nothing.

    One dialect is robots.txt with other ends (`Disallow: /`), the other names purposes (`Training: deny`).
    """
    refused: list[str] = []
    rule = (-1, False)
    for agents, name, value in _grouped(text[:LONGEST]):
        if agents and "*" not in agents and "broadsheet" not in agents:
            continue
        if name in ("disallow", "allow") and value and (value.lower() in _TEXT_FILES or matches(value, path)):
            # As in robots.txt: the longest pattern decides, and on a tie the permission.
            rule = max(rule, (len(value), name == "allow"))
            refused = [word for word in refused if word != "tdm"] + ([] if rule[1] else ["tdm"])
        elif name in _PURPOSES and value.lower() in _NO and _PURPOSES[name] not in refused:
            refused.append(_PURPOSES[name])
    return {"ai-txt": " ".join(refused)} if refused else {}


def _grouped(text: str) -> Iterator[tuple[frozenset[str], str, str]]:
    """(agents of the group, field name, value) for each line; the agents are empty before the first group."""
    agents: frozenset[str] = frozenset()
    in_head = False
    for line in text.splitlines():
        name, colon, value = line.lstrip("\ufeff").split("#", 1)[0].partition(":")
        if not colon:
            continue
        name, value = name.strip().lower(), value.strip()
        if name == "user-agent":
            agents = (agents if in_head else frozenset()) | {value.split("/", 1)[0].lower()}
        in_head = name == "user-agent"
        if not in_head:
            yield agents, name, value


def _split_pattern(value: str) -> tuple[str, str]:
    first, _, rest = value.partition(" ")
    if first.startswith(("/", "*")) and "=" in rest:
        return first, rest.strip()
    return "/", value
