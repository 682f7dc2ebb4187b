"""Names that look alike have one skeleton; names that do not, do not."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.comments.lookalikes import folded, skeleton, undisguised


@pytest.mark.parametrize(
    "names",
    [
        ("Anna", "anna", "ANNA", "Аnnа", "Ａｎｎａ", "Ànnà", "an na", "An.na"),
        ("Mill", "MiII", "mi11", "Mi|l"),
        ("corner", "comer"),
        ("Böll", "Boll"),
        ("иван", "Иван"),
        ("Wow", "VVow", "W0w"),
    ],
)
def test_alike(names):
    assert len({skeleton(name) for name in names}) == 1, [(name, skeleton(name)) for name in names]


def test_different():
    names = ["Anna", "Hanna", "Anne", "Иван", "Ирина", "محمد", "محمود", "王伟", "王芳", "Lena", "Nele"]
    for one, other in itertools.combinations(names, 2):
        assert skeleton(one) != skeleton(other)


def test_only_mixed_words_are_undisguised():
    assert undisguised(folded("саsіnо")) == "casino"
    assert undisguised("сор") == "сор"


@given(st.text(max_size=40))
def test_a_skeleton_is_its_own(name):
    assert skeleton(skeleton(name)) == skeleton(name)
