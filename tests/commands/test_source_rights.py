"""What may be shown of a publisher, from the command line: noted, shown, refused where it rests on nothing."""

import argparse
from datetime import UTC, datetime

import pytest

from broadsheet.commands import source_rights
from broadsheet.commands.common import CommandError
from broadsheet.commands.sources import _publisher
from broadsheet.sources.models import LedgerLine
from tests.factories import make_article, make_publisher

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def asked(*words):
    parser = argparse.ArgumentParser(exit_on_error=False)
    source_rights.add_arguments(parser)
    return source_rights.read_entry(parser.parse_args(["quellstadt-post", *words]))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["full", "--basis", "permission"], "A permission counts with its proof"),
        (["full", "--basis", "licence", "--proof", "  "], "A licence counts with its proof"),
        (["full", "--basis", "open_licence", "--licence", "All rights reserved"], "no open licence that is known"),
        (["extract", "--extract", "0"], "from 1 to 10,000 characters, not 0"),
        (["extract", "--until", "soon"], "--until soon is no day. Write it as 2027-01-31."),
        (["extract", "--since", "2027-02-30"], "--since 2027-02-30 is no day"),
        (["extract", "--since", "2027-02-01", "--until", "2027-01-31"], "over before it begins"),
        (["extract", "--until", "2020-01-01"], "over before it begins"),
        (["full", "--basis", "own", "--proof", "x" * 2_001], "A proof has at most 2000 characters"),
        (["--proof", "a letter"], "How much may be shown? Name one of none, link, headline, extract, full"),
        (["--no-pictures"], "How much may be shown?"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(words, sentence):
    with pytest.raises(CommandError) as caught:
        asked(*words)
    assert sentence in str(caught.value)


@pytest.mark.parametrize("words", [["everything"], ["full", "--basis", "takedown"], ["full", "--basis", "sample"]])
def test_no_other_words_are_taken(words):
    with pytest.raises(argparse.ArgumentError):
        asked(*words)


def test_a_permission_shows_the_text_and_its_proof(capsys):
    publisher = make_publisher()
    words = ("full", "--basis", "permission", "--proof", "Mail of 3 November 2026", "--pictures", "--no-onward")

    source_rights.set_rights(publisher, asked(*words), NOW)

    out, err = capsys.readouterr()
    assert "full (permission); pictures: yes; onward: no; Mail of 3 November 2026" in out
    assert "now: page full, feed none, letter full, search full, api none" in out
    assert err == ""
    line = LedgerLine.objects.filter(publisher=publisher).latest("noted_at")
    assert (line.mode, line.basis, line.image, line.onward, line.noted_at) == ("full", "permission", True, False, NOW)


def test_what_machines_are_told_stands_above_an_open_licence(capsys):
    source_rights.set_rights(
        make_publisher(), asked("extract", "--basis", "open_licence", "--licence", "CC BY 4.0"), NOW
    )

    assert "may still take from it" in capsys.readouterr().err


def test_the_later_line_counts(capsys):
    publisher = make_publisher()
    source_rights.set_rights(publisher, asked("full", "--basis", "own"), NOW)
    source_rights.set_rights(publisher, asked("headline"), NOW.replace(hour=10))

    assert capsys.readouterr().out.splitlines()[-2].startswith(f"{publisher.name}, now: page headline, ")


def test_what_would_not_be_obeyed_is_not_noted():
    publisher = make_publisher()
    before = LedgerLine.objects.count()

    with pytest.raises(CommandError, match=r"With that only the headline of .* would be shown: .*--basis and --proof"):
        source_rights.set_rights(publisher, asked("full"), NOW)

    assert LedgerLine.objects.count() == before


def test_a_line_that_begins_later_is_judged_by_then(capsys):
    publisher = make_publisher()
    source_rights.set_rights(publisher, asked("full", "--basis", "own", "--since", "2027-01-01"), NOW)

    assert "now: page headline, " in capsys.readouterr().out


def test_the_site_shows_it(client):
    publisher = make_publisher("Quellstadt Post")
    article = make_article(publisher, blocks=["The harbor authority said on Monday that pier four opens."])
    assert b"pier four opens" not in client.get(article.path).content

    entry = asked("full", "--basis", "licence", "--proof", "Contract 12")
    source_rights.set_rights(_publisher("quellstadt-post"), entry, NOW)

    assert b"pier four opens" in client.get(article.path).content
