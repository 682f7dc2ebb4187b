"""Decisions follow the operator's settings, wherever they are asked for."""

from datetime import UTC, datetime

import pytest
from django.conf import settings

from broadsheet.environment import SettingError, read_environment
from broadsheet.rights import Basis, LedgerEntry, Mode, Output
from broadsheet.sources.ledger import decide_here

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NON_COMMERCIAL = LedgerEntry(
    mode=Mode.FULL, basis=Basis.OPEN_LICENCE, licence="https://creativecommons.org/licenses/by-nc/4.0/"
)


def test_quotations_are_capped_by_the_settings(monkeypatch):
    monkeypatch.setitem(vars(settings.ENVIRONMENT), "quotations", 2)
    monkeypatch.setitem(vars(settings.ENVIRONMENT), "quotation_length", 80)

    display = decide_here((), {}, Output.QUOTATION, NOW)

    assert (display.quotations, display.extract) == (2, 80)


@pytest.mark.parametrize(("commercial", "mode"), [(True, Mode.HEADLINE), (False, Mode.FULL)])
def test_non_commercial_licences_reach_sites_that_earn_nothing(monkeypatch, commercial, mode):
    monkeypatch.setitem(vars(settings.ENVIRONMENT), "commercial", commercial)

    assert decide_here([NON_COMMERCIAL], {}, Output.PAGE, NOW).mode is mode


@pytest.mark.parametrize(("name", "value"), [("QUOTATIONS", "-1"), ("QUOTATION_LENGTH", "0"), ("COMMERCIAL", "maybe")])
def test_settings_that_make_no_sense_stop_the_start(name, value):
    with pytest.raises(SettingError, match=name):
        read_environment({f"BROADSHEET_{name}": value})
