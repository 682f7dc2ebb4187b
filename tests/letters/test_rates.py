"""Paces, lanes, the warm-up and the brake are data; a wrong file is named, not guessed at."""

from datetime import date
from itertools import pairwise

import pytest

from broadsheet.post.rates import OTHERS, Pace, RatesError, read_rates


def rates(tmp_path, text=""):
    if text:
        (tmp_path / "rates.toml").write_text(text)
    return read_rates(tmp_path)


def test_domains_of_one_provider_share_a_lane(tmp_path):
    found = rates(tmp_path)

    assert {found.lane_of(domain) for domain in ("gmail.com", "googlemail.com")} == {"google"}
    assert found.lane_of("harbor.example") == found.lane_of("harbor.example")
    assert len({found.lane_of(f"harbor{number}.example") for number in range(200)}) == OTHERS
    assert found.pace_of("google", "gmail.com")[0] == found.pace_of("google", "googlemail.com")[0]
    assert found.pace_of("other-1", "harbor.example") == ("harbor.example", 120)


def test_the_operators_file_changes_single_values_and_adds_lanes(tmp_path):
    found = rates(
        tmp_path,
        '[lanes.google]\nper_minute = 7\n[lanes.house]\ndomains = ["Harbor.example"]\n[server]\nconnections = 2\n',
    )

    assert found.lanes["google"].per_minute == 7
    assert "gmail.com" in found.lanes["google"].domains
    assert found.lane_of("harbor.example") == "house"
    assert found.connections_of("google") == 2


@pytest.mark.parametrize(
    "text",
    [
        "no toml",
        "[sever]\nconnections = 2",
        "[server]\nconnection = 2",
        "[server]\nconnections = 0",
        "[server]\nconnections = true",
        "[other]\nper_minute = -1",
        '[lanes.google]\nper_minute = "many"',
        '[warm_up]\nsince = "tomorrow"',
        '[brake]\ncomplaints = "few"',
        "lanes = 3",
    ],
)
def test_a_wrong_file_is_named(tmp_path, text):
    with pytest.raises(RatesError, match=r"rates\.toml"):
        rates(tmp_path, text)


def test_the_warm_up_grows_day_by_day_and_ends(tmp_path):
    found = rates(tmp_path, "[warm_up]\nsince = 2026-11-22\nper_day = [50, 100]\n")

    limits = [found.day_limit(date(2026, 11, day)) for day in (21, 22, 23, 24)]
    assert limits == [0, 50, 100, None]
    assert rates(tmp_path / "none").day_limit(date(2026, 11, 22)) is None


def test_a_pace_is_spread_evenly():
    pace, gone = Pace(60), []
    now = 100.0
    while now < 110:
        if not pace.wait(now):
            pace.count(now)
            gone.append(now)
        now += 0.25

    assert 10 <= len(gone) <= 12
    assert min(b - a for a, b in pairwise(gone[2:])) == 1.0
    assert Pace(0).wait(5.0) == 0.0


def test_the_brake_wants_a_share_and_a_least_number(tmp_path):
    brake = rates(tmp_path).brake

    assert brake.reason(sent=50, complaints=2, hard=0) == ""
    assert brake.reason(sent=50, complaints=3, hard=0) == "complaints"
    assert brake.reason(sent=100_000, complaints=99, hard=100) == ""
    assert brake.reason(sent=100_000, complaints=100, hard=0) == "complaints"
    assert brake.reason(sent=400, complaints=0, hard=24) == ""
    assert brake.reason(sent=400, complaints=0, hard=25) == "hard"
