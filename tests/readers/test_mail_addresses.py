"""Addresses are taken as they are; slips are asked about, never corrected behind the reader's back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.readers.mail_addresses import (
    COMMON,
    AddressError,
    is_disposable,
    likely_meant,
    read_address,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada@Harbor.example ", "ada@harbor.example"),
        ("o'brien+news@harbor.example", "o'brien+news@harbor.example"),
        ("grüße@straße.example", "grüße@straße.example"),
        ("用户@例子.广告", "用户@例子.广告"),
        ("ada@xn--strae-oqa.example", "ada@straße.example"),
        ("विजय@उदाहरण.भारत", "विजय@उदाहरण.भारत"),
    ],
)
def test_addresses_of_every_script_are_kept_in_one_form(typed, kept):
    assert read_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ada",
        "ada@",
        "@harbor.example",
        "ada@harbor",
        "a b@harbor.example",
        "ada@harbor..example",
        "ada@[1.2.3.4]",
        "ada@harbor.example\nBcc: x@y.example",
        "x" * 80 + "@harbor.example",
        "a@" + "b" * 300 + ".example",
    ],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(AddressError):
        read_address(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ada@gmial.com", "ada@gmail.com"),
        ("ada@gmai.com", "ada@gmail.com"),
        ("ada@gmail.co", "ada@gmail.com"),
        ("ada@gmaill.com", "ada@gmail.com"),
        ("ada@hotmial.com", "ada@hotmail.com"),
        ("ada@outlok.com", "ada@outlook.com"),
        ("ada@gmail.com", ""),
        ("ada@harbor.example", ""),
        ("ada@gmx.de", ""),
        ("ada@mail.de", ""),
    ],
)
def test_one_slip_from_a_common_domain_is_asked_about(typed, meant):
    assert likely_meant(typed) == meant


def test_no_common_domain_is_taken_for_a_slip_of_another():
    assert [domain for domain in COMMON if likely_meant(f"ada@{domain}")] == []


def test_addresses_to_be_thrown_away_are_known_with_their_subdomains():
    assert is_disposable("ada@mailinator.com")
    assert is_disposable("ada@north.mailinator.com")
    assert not is_disposable("ada@notmailinator.com")


@given(st.text(max_size=60))
def test_anything_typed_is_an_address_or_refused(text):
    try:
        kept = read_address(text)
    except AddressError:
        return
    assert read_address(kept) == kept
    likely_meant(kept)
