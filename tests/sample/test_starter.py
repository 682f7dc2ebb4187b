"""The starter list: size, spread, and what a slip in it is answered with."""

from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from broadsheet.sample import ContentError, starter_publishers

GOOD = (
    'name = "A", home = "https://a.example/", country = "US", language = "en", kind = "newspaper", section = "politics"'
)


def read(tmp_path: Path, text: str):
    file = tmp_path / "list.toml"
    file.write_text(text, encoding="utf-8")
    return starter_publishers(file)


def test_starter_list_is_wide_enough():
    publishers = starter_publishers()
    countries = Counter(publisher.country for publisher in publishers)
    languages = {publisher.language.partition("-")[0] for publisher in publishers}
    assert len(publishers) >= 80
    assert len(countries) >= 35
    assert len(languages) >= 12
    assert countries["US"] >= 25


def test_starter_publishers_begin_as_headlines():
    assert {publisher.mode for publisher in starter_publishers()} == {"headline"}


def test_starter_names_and_feeds_are_unique():
    publishers = starter_publishers()
    names = Counter(publisher.name for publisher in publishers)
    feeds = Counter(publisher.feed for publisher in publishers if publisher.feed)
    assert max(names.values()) == 1
    assert max(feeds.values()) == 1


def test_starter_homes_are_front_doors():
    for publisher in starter_publishers():
        parts = urlsplit(publisher.home)
        assert parts.scheme in {"http", "https"}
        assert not parts.query
        assert not parts.fragment


def test_optional_keys_are_empty_when_not_said(tmp_path):
    (publisher,) = read(tmp_path, f"publisher = [{{ {GOOD} }}]")
    assert (publisher.feed, publisher.owner, publisher.section) == ("", "", "politics")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('home = "https://a.example/"', 'home = "a.example"', "A: home: 'a.example' is not a web address"),
        ('home = "https://a.example/"', 'home = "javascript:alert(1)"', "home"),
        ('country = "US"', 'country = "usa"', "A: country: 'usa' is not two capital letters"),
        ('language = "en"', 'language = "English"', "language: 'English' is not a language tag"),
        ('kind = "newspaper"', 'kind = "blog"', "A: kind: 'blog' is not one of agency, broadcaster"),
        ('kind = "newspaper"', 'kind = "newspaper", mode = "full"', "A: unknown key mode"),
        ('name = "A"', 'name = ""', "number 1: name: expected text, found ''"),
        ('name = "A"', "name = 7", "name: expected text, found 7"),
    ],
)
def test_a_slip_is_named(tmp_path, old, new, message):
    with pytest.raises(ContentError, match=r"list\.toml") as caught:
        read(tmp_path, f"publisher = [{{ {GOOD.replace(old, new)} }}]")
    assert message in str(caught.value)


def test_a_publisher_listed_twice_is_named(tmp_path):
    twin = GOOD.replace("https://a.example/", "https://www.A.example").replace('"A"', '"B"')
    with pytest.raises(ContentError, match=r"B: home: 'https://www.A.example' already belongs to A"):
        read(tmp_path, f"publisher = [{{ {GOOD} }}, {{ {twin} }}]")


@pytest.mark.parametrize("text", ["publisher = [", "publisher = 3", "", "\ufeff\x00"])
def test_a_broken_file_is_one_sentence(tmp_path, text):
    with pytest.raises(ContentError, match=r"list\.toml"):
        read(tmp_path, text)


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(ContentError, match=r"none\.toml: cannot be read"):
        starter_publishers(tmp_path / "none.toml")


def test_a_huge_file_is_refused(tmp_path):
    with pytest.raises(ContentError, match="bytes, at most"):
        read(tmp_path, "#" * 1_000_001)
