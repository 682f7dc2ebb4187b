import pytest

from broadsheet.site.api.limits import MOST_REMEMBERED, Limits, caller_at


def test_a_share_fills_steadily():
    now = [0.0]
    limits = Limits(clock=lambda: now[0])
    assert [limits.take("a", 3).granted for _ in range(4)] == [True, True, True, False]

    assert limits.take("a", 3).wait_s == 20
    now[0] += 20
    assert limits.take("a", 3).granted
    assert not limits.take("a", 3).granted
    assert limits.take("b", 3).left == 2


def test_callers_are_forgotten_beyond_a_bound():
    limits = Limits(clock=lambda: 0.0)
    for number in range(MOST_REMEMBERED + 50):
        limits.take(str(number), 2)

    assert len(limits._buckets) == MOST_REMEMBERED


@pytest.mark.parametrize(
    ("peer", "forwarded", "caller"),
    [
        ("9.9.9.9", "", "9.9.9.9"),
        ("9.9.9.9", "8.8.8.8", "9.9.9.9"),
        ("127.0.0.1", "1.1.1.1, 8.8.8.8", "8.8.8.8"),
        ("10.0.0.2", "nonsense", "10.0.0.2"),
        ("2a00:1450:4001:831::200e", "", "2a00:1450:4001:831::/64"),
        ("::ffff:9.9.9.9", "", "9.9.9.9"),
        ("", "", "unknown"),
    ],
)
def test_who_asks(peer, forwarded, caller):
    assert caller_at(peer, forwarded) == caller
