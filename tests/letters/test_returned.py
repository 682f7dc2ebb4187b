"""What comes back is understood: two hundred samples, and hostile ones."""

import pytest

from broadsheet.letters.hooks import read_event
from broadsheet.post.answers import asks_to_wait, meaning_of
from broadsheet.post.reports import read_report
from tests.letters.returned import BACK, MESSAGE_ID, TO, dsn, samples

FLOOR = 0.98


def understood(sample):
    if sample.event is not None:
        return "".join(found.kind for found in read_event(sample.event))
    if sample.raw:
        return read_report(sample.raw, to=sample.to)[0].kind
    return str(meaning_of(sample.code, sample.text))


def test_of_two_hundred_samples_at_least_98_percent_are_understood():
    all_of_them = list(samples())
    wrong = [f"{one.name}: {understood(one)}, not {one.kind}" for one in all_of_them if understood(one) != one.kind]
    share = 1 - len(wrong) / len(all_of_them)
    print(f"{len(all_of_them)} samples, {share:.1%} right")

    assert len(all_of_them) >= 200
    assert share >= FLOOR, "\n".join(wrong)
    assert not [one for one in wrong if "hard, not" in one or "complaint, not" in one], "a reader would be silenced"


def test_a_bounce_tells_whom_it_is_about_and_carries_our_mark():
    found = read_report(dsn("postfix", "failed", "5.1.1", "smtp; 550 5.1.1 user unknown"), to=BACK)[0]

    assert (found.kind, found.address, found.status) == ("hard", TO, "5.1.1")
    assert BACK in found.traces
    assert MESSAGE_ID in found.traces


def test_a_report_about_several_tells_of_each():
    raw = dsn("postfix", "failed", "5.1.1", "smtp; 550 5.1.1 user unknown").replace(
        b"Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n",
        b"Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n\r\n"
        b"Final-Recipient: rfc822; bo@quay.example\r\nAction: failed\r\nStatus: 5.2.2\r\n"
        b"Diagnostic-Code: smtp; 552 5.2.2 mailbox full\r\n",
    )

    assert [(one.kind, one.address) for one in read_report(raw)] == [("hard", TO), ("soft", "bo@quay.example")]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 3000,
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=\r\n\r\n--\r\n",
        b"Content-Type: multipart/report; report-type=feedback-report\r\n\r\n",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 500,
        b"Subject: =?utf-9?q?=ff?=\r\nContent-Type: text/plain; charset=no-such\r\n\r\n\xff\xfe",
        b'Subject: x\r\nContent-Type: text/plain; charset="ut\x00f"\r\n\r\n\xff\xfe',
        b"Subject: =?utf\xff8?q?=41?=\r\n\r\nx",
        b"From: postmaster@x.example\r\nSubject: Undeliverable\r\n\r\n" + b"<a" * 400_000,
        b"Content-Type: text/html\r\nFrom: postmaster@x.example\r\nSubject: Undeliverable\r\n\r\n" + b"<" * 900_000,
        b"Subject: " + b"auto re " * 50_000 + b"\r\n\r\nx",
    ],
)
def test_broken_and_hostile_reports_say_something_harmless(raw):
    assert {one.kind for one in read_report(raw, to=BACK)} <= {"unknown", "reply", "soft", "complaint", "hard"}


def test_a_pace_is_the_providers_not_the_readers():
    assert asks_to_wait(421, "4.7.28 unusual rate of unsolicited mail")
    assert asks_to_wait(451, "4.7.650 the mail server has been temporarily rate limited")
    assert not asks_to_wait(450, "4.2.1 mailbox busy")
    assert not asks_to_wait(550, "too many connections")
