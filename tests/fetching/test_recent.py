from broadsheet.fetching.recent import Recent


def kept(recent, keys):
    return "".join(key for key in keys if recent.get(key) is not None)


def test_longest_unused_is_forgotten_first():
    recent = Recent(most=2, heaviest=100)
    recent.put("a", 1, 1)
    recent.put("b", 2, 1)
    recent.get("a")
    recent.put("c", 3, 1)
    assert kept(recent, "abc") == "ac"


def test_weight_counts_and_one_is_always_kept():
    recent = Recent(most=10, heaviest=10)
    for key in "abc":
        recent.put(key, key, 4)
    assert kept(recent, "abc") == "bc"
    recent.put("d", "d", 50)
    assert kept(recent, "abcd") == "d"
    recent.put("d", "d", 1)
    recent.put("e", "e", 9)
    assert kept(recent, "de") == "de"
