"""Lists from elsewhere: proof or nothing, hostile files, limits, the same twice, and out again as it came in."""

import codecs
import csv
import io
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.letters import lists
from broadsheet.letters.keys import address_key
from broadsheet.letters.leaving import leave
from broadsheet.letters.lists import ListError, Refused, read_list, write_cell
from broadsheet.letters.models import Letter, Proof, Subscriber, Subscription, Suppression
from broadsheet.letters.moving import bring_in, take_out
from broadsheet.letters.starting import ensure_letters
from tests.factories import NOW

pytestmark = pytest.mark.django_db
HEAD = "address,letters,language,zone,consent,consented_at\n"
GOOD = HEAD + "ada@harbor.example,morning;week,de,Europe/Berlin,Form on the old site 3 May,2024-05-03T10:00:00Z\n"


@pytest.fixture(autouse=True)
def letters():
    ensure_letters()
    return {letter.slug: letter for letter in Letter.objects.all()}


def read(text, **more):
    file = io.BytesIO(text.encode() if isinstance(text, str) else text)
    return list(read_list(file, now=NOW, **more))


def bring(text, **more):
    *_rest, moved = bring_in(read_list(io.BytesIO(text.encode()), now=NOW), now=NOW, **more)
    return moved


def live():
    rows = Subscription.objects.filter(ended_at=None).order_by("subscriber__address", "letter__slug")
    return list(rows.values_list("subscriber__address", "letter__slug"))


def test_a_row_with_proof_comes_in_confirmed_and_the_proof_is_kept_word_for_word():
    moved = bring(GOOD)
    assert (moved.new, moved.refused) == (1, {})
    ada = Subscriber.objects.get()
    assert (ada.language, ada.zone) == ("de", "Europe/Berlin")
    assert ada.confirmed_at == datetime(2024, 5, 3, 10, tzinfo=UTC)
    assert live() == [("ada@harbor.example", "morning"), ("ada@harbor.example", "week")]
    proof = Proof.objects.get()
    assert (proof.evidence, proof.way) == ("Form on the old site 3 May", "import")


def test_the_same_file_twice_brings_nothing_twice():
    bring(GOOD)
    moved = bring(GOOD)
    assert (moved.new, moved.more, moved.same) == (0, 0, 1)
    assert (Subscriber.objects.count(), Proof.objects.count(), Subscription.objects.count()) == (1, 1, 2)


def test_a_dry_run_says_the_same_and_changes_nothing():
    text = GOOD + "bo@harbor.example,,,,no,2024-01-01\n"
    tried = bring(text, dry_run=True)
    assert Subscriber.objects.count() == 0
    done = bring(text)
    assert (
        (tried.new, tried.refused, tried.named)
        == (done.new, done.refused, done.named)
        == (1, {"consent": 1}, [(3, "consent")])
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("ada@harbor.example,morning,,,,2024-05-03", "consent"),
        ("ada@harbor.example,morning,,,no,2024-05-03", "consent"),
        ("ada@harbor.example,morning,,,N/A,2024-05-03", "consent"),
        ("ada@harbor.example,morning,,,form,", "date"),
        ("ada@harbor.example,morning,,,form,03.05.2024", "date"),
        ("ada@harbor.example,morning,,,form,1970-01-01", "date"),
        ("ada@harbor.example,morning,,,form,2031-01-01", "future"),
        ("ada@harbor.example,morning,,,form,0001-01-01T00:00:00+23:00", "date"),
        ("ada,morning,,,form,2024-05-03", "address"),
        ('"ada@harbor.example\nBcc: x@y.example",morning,,,form,2024-05-03', "address"),
        ("ada@harbor.example,nonesuch,,,form,2024-05-03", "letter"),
        ("ada@harbor.example,story,,,form,2024-05-03", "letter"),
        ("ada@harbor.example,,,,form,2024-05-03", "letter"),
        ("gone@harbor.example,morning,,,form,2024-05-03", "suppressed"),
        ("ada@harbor.example", "consent"),
    ],
)
def test_a_row_that_may_not_come_in_is_refused_and_named(row, why):
    Suppression.objects.create(key=address_key("gone@harbor.example"), reason="asked")
    moved = bring(HEAD + row + "\n")
    assert moved.refused == {why: 1}
    assert [reason for _line, reason in moved.named] == [why]
    assert Subscriber.objects.count() == 0


def test_who_left_here_after_the_proof_stays_away_and_a_later_proof_counts(letters):
    bring(GOOD)
    leave(Subscriber.objects.get().key, "morning", now=NOW - timedelta(days=10))
    assert bring(GOOD).same == 1
    assert live() == [("ada@harbor.example", "week")]
    later = (NOW - timedelta(days=1)).isoformat()
    assert bring(f"{HEAD}ada@harbor.example,morning,,,asked again,{later}\n").more == 1
    assert ("ada@harbor.example", "morning") in live()


def test_an_unconfirmed_address_is_confirmed_by_proof(letters):
    Subscriber.objects.create(address="ada@harbor.example", key="k" * 30, asked_at=NOW)
    bring(GOOD)
    assert Subscriber.objects.get().confirmed_at is not None


def test_rows_that_name_no_letter_get_the_one_chosen(letters):
    moved = bring(
        "Email;Proof of consent;Consent date\nada@harbor.example;form;2024-05-03\n", default=letters["evening"]
    )
    assert moved.new == 1
    assert live() == [("ada@harbor.example", "evening")]


def test_an_address_twice_in_a_file_counts_once():
    moved = bring(GOOD + "ADA@Harbor.example,evening,,,form,2024-05-03\n")
    assert (moved.new, moved.refused) == (1, {"twice": 1})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom"])
def test_encodings_that_say_what_they_are_are_read(encoding):
    text = GOOD.replace("old site", "alten Seite „Möwe“")
    data = codecs.BOM_UTF16_LE + text.encode("utf-16-le") if encoding == "utf-16-le-bom" else text.encode(encoding)
    assert read(data)[0].consent == "Form on the alten Seite „Möwe“ 3 May"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "names no column address and none consent"),
        (b"\n\n\n", "names no column"),
        (b"name,phone\nx,y\n", "names no column"),
        (GOOD.replace("3 May", "3 M\u00e4rz").encode("latin-1"), "not in UTF-8"),
        (b"PK\x03\x04\x14\x00\x08\x08", "names no column"),
        (b"\xff\xfe\x00", "not in UTF-8"),
        (GOOD.encode() + b"x" * 30_000, "more than 20000 characters"),
        (HEAD.encode() + b'"' + b"x\n" * 100_000, "not a CSV file"),
        (GOOD.encode() + b"\x80\n", "not in UTF-8"),
    ],
)
def test_what_is_no_list_is_said_so(data, says):
    with pytest.raises(ListError, match=says):
        read(data)


def test_cells_that_a_sheet_would_run_are_marked_on_the_way_out_and_read_back():
    text = "=HYPERLINK(1)"
    bring(HEAD + f'"=cmd@harbor.example",morning,,,"{text}",2024-05-03\n')
    rows = list(take_out())
    assert rows[1][0] == "'=cmd@harbor.example"
    assert rows[1][4] == f"'{text}"
    for cell in ("=1", "+1", "-1", "@x", "\t=1"):
        assert write_cell(cell) == f"'{cell}"
    assert write_cell("plain") == "plain"
    assert Proof.objects.get().evidence == text


def test_a_list_goes_out_as_it_came_in(letters):
    bring(GOOD + "bo@harbor.example,evening,,,Paper form 17,2023-01-01\n")
    rows = list(take_out())
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    proofs = Proof.objects.order_by("subscriber__address").values_list("evidence", "confirmed_at")
    before = live(), list(proofs.all())
    Subscriber.objects.all().delete()
    Subscription.objects.all().delete()
    bring(out.getvalue())
    assert (
        live(),
        list(Proof.objects.order_by("subscriber__address").values_list("evidence", "confirmed_at")),
    ) == before
    assert list(take_out()) == rows


def test_there_is_a_most_of_rows(monkeypatch):
    monkeypatch.setattr(lists, "MOST_ROWS", 3)
    with pytest.raises(ListError, match="more than 3 rows"):
        read(HEAD + "x,,,,,\n" * 5)


class Endless(io.RawIOBase):
    """A file of a million rows that is never all in memory."""

    def __init__(self, rows):
        self.rows, self.rest = iter(rows), b""

    def read(self, size=-1):
        while len(self.rest) < size and (row := next(self.rows, None)) is not None:
            self.rest += row
        found, self.rest = self.rest[:size], self.rest[size:]
        return found


def test_memory_does_not_grow_with_the_file():
    rows = (b"nobody,,,,form,2024-05-03\n" for _ in range(60_000))
    file = Endless([HEAD.encode()])
    file.rows = (row for part in ([HEAD.encode()], rows) for row in part)
    tracemalloc.start()
    try:
        refused = sum(isinstance(row, Refused) for row in read_list(file, now=NOW))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refused == 60_000
    assert peak < 2_000_000
