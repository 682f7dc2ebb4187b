"""Random walks through account, gate and consent that must keep what was promised.

`python -m tests.readers 2000` walks as often as told; the suite walks a little (`test_walks.py`).

    never charged twice     a text that was opened costs nothing more in its period, in any order, tab or browser
    never locked out        what is free opens to everybody; whose account opens texts passes what is for accounts
    never asked anew        who said no to an account that opens texts is left in peace for a year
    never by default        nothing optional runs that was not granted by hand and not taken back since
"""

from datetime import UTC, datetime, timedelta

from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from broadsheet.articles.gates import Gate
from broadsheet.readers import consent, incentive, meter
from broadsheet.readers.gate import Members, Visitor, decide_access
from broadsheet.readers.incentive import Standing
from broadsheet.readers.models import MeterBook, MeterPass, Reader, Receipt, Throttle

ARTICLES = st.integers(1, 9)
BROWSERS = st.sampled_from("abc")


class Walk(RuleBasedStateMachine):
    """Three browsers, nine metered texts, a clock that only goes forward."""

    @initialize()
    def begin(self):
        for model in (MeterBook, MeterPass, Receipt, Throttle):
            model.objects.all().delete()
        self.now = datetime(2026, 11, 1, tzinfo=UTC)
        self.tokens, self.until = {}, {}
        self.opened = {browser: set() for browser in "abc"}
        self.has_account = dict.fromkeys("abc", False)
        Reader.objects.all().delete()
        self.readers = {name: Reader.objects.create_user(f"{name}@harbor.example") for name in "abc"}
        self.agreed, self.refused_at = dict.fromkeys("abc", False), dict.fromkeys("abc")
        self.cookies, self.grants = dict.fromkeys("abc", ""), dict.fromkeys("abc", False)

    def expire(self, browser):
        if browser in self.until and self.until[browser] <= self.now:
            self.opened[browser] = set()
            del self.until[browser]

    @rule(browser=BROWSERS, article=ARTICLES, times=st.integers(1, 3))
    def read(self, browser, article, times):
        self.expire(browser)
        for _ in range(times):
            was_open = article in self.opened[browser]
            had_room = len(self.opened[browser]) < meter.terms().texts
            spent = meter.spend(self.tokens.get(browser, ""), article, f"network {browser}", now=self.now)
            assert spent.opens is (was_open or had_room)
            self.tokens[browser] = spent.token
            self.until[browser] = spent.allowance.until
            if spent.opens:
                self.opened[browser].add(article)

    @rule(browser=BROWSERS)
    def throw_cookies_away(self, browser):
        self.tokens.pop(browser, None)
        self.until.pop(browser, None)
        self.opened[browser] = set()
        self.cookies[browser], self.grants[browser] = "", False

    @rule(hours=st.integers(1, 500))
    def wait(self, hours):
        self.now += timedelta(hours=hours)
        for browser in "abc":
            self.expire(browser)

    @rule(browser=BROWSERS, joined=st.booleans())
    def account(self, browser, joined):
        self.has_account[browser] = joined

    @rule(browser=BROWSERS, agrees=st.booleans())
    def say(self, browser, agrees):
        reader = self.readers[browser]
        if agrees:
            incentive.agree(reader, now=self.now)
        else:
            incentive.refuse(reader, now=self.now)
        self.agreed[browser], self.refused_at[browser] = agrees, None if agrees else self.now

    @rule(browser=BROWSERS, granted=st.sampled_from([["counts"], [], ["made-up"]]))
    def choose(self, browser, granted):
        before = consent.read_choice(self.cookies[browser], now=self.now)
        self.cookies[browser] = consent.choose(granted, before=before, now=self.now)
        self.grants[browser] = self.now if "counts" in granted else False

    @precondition(lambda self: any(self.cookies.values()))
    @rule(browser=BROWSERS, cut=st.integers(0, 30))
    def break_a_cookie(self, browser, cut):
        broken = self.cookies[browser][:cut]
        assert not consent.is_granted("counts", broken, now=self.now)

    @invariant()
    def never_charged_twice(self):
        for browser, token in self.tokens.items():
            if browser in self.until and self.until[browser] > self.now:
                allowance = meter.allowance_of(token, now=self.now)
                assert allowance.left == meter.terms().texts - len(self.opened[browser])
                for article in self.opened[browser]:
                    assert meter.has_pass(token, article, now=self.now)

    @invariant()
    def never_locked_out(self):
        for browser, has_account in self.has_account.items():
            visitor = Visitor(has_account=has_account)
            for gate in (Gate.METERED, Gate.ACCOUNT):
                assert decide_access(gate, visitor, Members([])).opens is has_account
            assert not decide_access(Gate.MEMBERS, visitor, Members([])).opens, browser

    @invariant()
    def never_asked_anew(self):
        for browser, reader in self.readers.items():
            found = incentive.standing(Reader.objects.get(pk=reader.pk), now=self.now)
            refused_at = self.refused_at[browser]
            is_silent = refused_at is not None and self.now - refused_at < timedelta(days=365)
            assert (found is Standing.AGREED) is self.agreed[browser]
            assert (found is Standing.SILENT) is is_silent

    @invariant()
    def never_by_default(self):
        for browser, cookie in self.cookies.items():
            granted_at = self.grants[browser]
            is_fresh = granted_at is not False and self.now - granted_at < consent.LASTS
            assert consent.is_granted("counts", cookie, now=self.now) is is_fresh

    @invariant()
    def every_grant_has_its_receipt(self):
        live = sum(1 for granted_at in self.grants.values() if granted_at is not False)
        assert Receipt.objects.filter(withdrawn_at=None, granted=["counts"]).count() >= live


def walks(number):
    """The settings of so many walks. Deterministic, so that a failure comes again."""
    return hypothesis_settings(
        max_examples=number, stateful_step_count=25, deadline=None, derandomize=True, database=None
    )


def write_purposes(folder):
    (folder / "texts").mkdir(exist_ok=True)
    text = '[[purpose]]\nname = "counts"\ntitle = "Counts"\nwords = "We count."\n'
    (folder / "texts" / "purposes.toml").write_text(text, encoding="utf-8")
