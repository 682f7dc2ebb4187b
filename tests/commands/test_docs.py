"""README and docs are held to the program: commands, settings, targets of make, links."""

import contextlib
import io
import re
import shlex
from pathlib import Path
from urllib.parse import unquote

import pytest

from broadsheet.cli import GROUPS, parser
from broadsheet.environment import SETTINGS

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
SPAN = re.compile(r"`([^`\n]+)`")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?broadsheet ((?:[a-z]|--).*)")
SETTING = re.compile(r"\bBROADSHEET_[A-Z][A-Z_]*[A-Z]\b")


def pieces(text):
    """Lines of code blocks, and code within lines."""
    for block in FENCED.findall(text):
        yield from block.splitlines()[1:-1]
    plain = FENCED.sub("", text)
    yield from (line.strip() for line in plain.splitlines() if line.startswith("    "))
    yield from SPAN.findall(plain)


def commands(text):
    for piece in pieces(text):
        if found := COMMAND.match(piece.strip()):
            command = re.split(r"\s[|>]|\s#|[;]", found[1])[0]
            yield re.sub(r"\[[^\]]*\]|\$\([^)]*\)", "", command)


def is_understood(command):
    words = [word for word in shlex.split(command) if word not in {"…", "/"}]
    tries = [words, [*words, "x"]]
    if not any(word.startswith("-") for word in words):
        tries.append([*words, "--help"])  # a group of commands, named in prose
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        for tried in tries:
            try:
                parser().parse_args(tried)
            except SystemExit as ending:
                if ending.code == 0:
                    return True
            else:
                return True
    return False


def measuring():
    """What evals and benches read from the environment."""
    files = [*(ROOT / "evals").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]
    return {name for file in files for name in SETTING.findall(file.read_text(encoding="utf-8"))}


def test_a_command_that_does_not_exist_would_be_found():
    assert list(commands("Run `broadsheet fly --high` now.")) == ["fly --high"]
    assert not is_understood("fly --high")
    assert not is_understood("up --high")
    assert is_understood("sources")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_exists(page):
    text = page.read_text(encoding="utf-8")
    assert [command for command in commands(text) if not is_understood(command)] == []

    known = {f"BROADSHEET_{setting.name}{end}" for setting in SETTINGS for end in ("", "_FILE")}
    assert set(SETTING.findall(text)) - {"BROADSHEET_X_FILE"} <= known | measuring()

    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    made = {word for piece in pieces(text) for word in re.findall(r"^(?:[A-Z]+=\S+ )*make ([a-z]+)", piece.strip())}
    assert made <= targets

    links = [unquote(link.split("#")[0]) for link in re.findall(r"\]\(([^)\s]+)\)", FENCED.sub("", text))]
    assert [link for link in links if link and "://" not in link and not (page.parent / link).exists()] == []


def test_the_readme_names_every_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    top = next(action for action in parser()._actions if action.dest == "command")
    assert len(top.choices) >= len(GROUPS)
    assert [name for name in top.choices if not re.search(rf"`(?:broadsheet )?{name}\b", readme)] == []
