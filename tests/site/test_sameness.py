"""Results are found again for the very same things only, and what they were made of cannot pass away meanwhile."""

from broadsheet.site.sameness import OfSame


def test_equal_things_are_not_the_same():
    made = OfSame(10)
    one, equal = [1], [1]
    assert made.get((one, "a"), lambda: "first") == "first"
    assert made.get((one, "a"), lambda: "again") == "first"
    assert made.get((equal, "a"), lambda: "other") == "other"


def test_no_new_thing_passes_for_one_that_is_gone():
    made = OfSame(2_000)
    for number in range(1_000):
        assert made.get(([number],), lambda number=number: number) == number


def test_what_does_not_fit_is_made_again():
    made, things = OfSame(2), [[1], [2], [3]]
    for thing in things:
        made.get((thing,), lambda: "before")
    assert made.get((things[0],), lambda: "after") == "after"
    assert made.get((things[2],), lambda: "after") == "before"
