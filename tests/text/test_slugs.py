"""Slugs: readable, bounded, safe in an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.text.slugs import LONGEST_BYTES, ascii_slug, slug


@pytest.mark.parametrize(
    ("text", "own", "latin"),
    [
        ("Größe zählt!", "größe-zählt", "grosse-zahlt"),
        ("It’s the U.K.’s “big” day", "its-the-uks-big-day", "its-the-uks-big-day"),
        ("Украина: что дальше?", "украина-что-дальше", "ukraina-chto-dalshe"),
        ("Ελλάδα σήμερα", "ελλάδα-σήμερα", "ellada-simera"),
        ("市议会：两周", "市议会-两周", ""),
        ("हिन्दी में समाचार", "हिन्दी-में-समाचार", ""),
        ("می‌شود", "میشود", ""),
        ("Łódź, Đà Nẵng, İzmir", "łódź-đà-nẵng-i̇zmir", "lodz-da-nang-izmir"),
        ("½ + ２", "1-2-2", "1-2-2"),
        ("--- !!! ---", "", ""),
        ("../../etc/passwd?x=<b>#%00", "etc-passwd-x-b-00", "etc-passwd-x-b-00"),
    ],
)
def test_slugs(text, own, latin):
    assert slug(text) == own
    assert ascii_slug(text) == latin


def test_cut_between_words_else_inside():
    assert slug("one two three", 8) == "one-two"
    assert slug("extraordinarily", 5) == "extra"


@given(st.text(), st.integers(0, 80))
def test_slugs_are_bounded_and_safe(text, longest):
    for made in (slug(text, longest), ascii_slug(text, longest)):
        assert len(made) <= longest
        assert len(made.encode()) <= LONGEST_BYTES
        assert not set(made) & set(" /?#%<>\"'\\.&:;\n\x00")
        assert not made.startswith("-")
        assert not made.endswith("-")
        assert "--" not in made
    assert ascii_slug(text).isascii()
