"""The gate: rules, who passes, the meter, gifts, and that what stands behind it never leaves the server."""

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

import tests.factories as make
from broadsheet.articles.displays import display_article
from broadsheet.articles.gates import Gate
from broadsheet.articles.models import Article
from broadsheet.readers import meter
from broadsheet.readers.gate import Members, Rule, Visitor, decide_access, gate_before
from broadsheet.readers.gate_rules import add_member, set_rule
from broadsheet.readers.models import GateKind, MemberKind, MeterBook, MeterPass, Reader
from broadsheet.rights import Mode, Output
from broadsheet.sources.models import LedgerLine

SECRET = "The harbor master signed the order at noon."
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def own(db, monkeypatch):
    """An article of the site's own newsroom, with a text worth a gate."""
    monkeypatch.setattr(make, "NOW", datetime.now(UTC))
    publisher = make.make_publisher("Own Desk", mode="full", basis="own")
    return make.make_article(
        publisher,
        section=make.make_section("world", "World"),
        headline="Harbor opens",
        summary="The harbor opens again.",
        blocks=[SECRET, "Ships came in before one."],
    )


def path_of(article):
    return f"/read/{article.pk}"


class TestRules:
    article = Article(pk=5, section_id=7, shown_at=NOW - timedelta(days=3))

    def gate(self, *rules, is_own=True):
        self.article.publisher = make.Publisher(slug="own-desk")
        return gate_before(self.article, rules, is_own=is_own, now=NOW)

    def test_the_narrowest_rule_counts(self):
        site, section = Rule("site", "", "account"), Rule("section", "7", "metered")
        source, article = Rule("source", "own-desk", "members"), Rule("article", "5", "open")

        assert self.gate() is None
        assert self.gate(site) is Gate.ACCOUNT
        assert self.gate(site, section) is Gate.METERED
        assert self.gate(site, section, source) is Gate.MEMBERS
        assert self.gate(site, section, source, article) is None

    def test_rules_of_site_and_section_leave_others_work_alone(self):
        rules = Rule("site", "", "account"), Rule("section", "7", "account")

        assert self.gate(*rules, is_own=False) is None
        assert self.gate(Rule("source", "own-desk", "account"), is_own=False) is Gate.ACCOUNT

    def test_a_rule_for_new_texts_ends_with_their_days(self):
        assert self.gate(Rule("site", "", "account", 4)) is Gate.ACCOUNT
        assert self.gate(Rule("site", "", "account", 2)) is None

    @pytest.mark.django_db
    @pytest.mark.parametrize("scope", ["", "site:x", "section", "section:nowhere", "planet:earth", "article:x"])
    def test_rules_of_nothing_are_refused(self, scope):
        with pytest.raises(ValueError, match=r"\w"):
            set_rule(scope, GateKind.ACCOUNT)


class TestAccess:
    @pytest.mark.parametrize("gate", list(Gate))
    def test_nobody_passes_for_nothing_whatever_they_call_themselves(self, gate):
        assert not decide_access(gate, Visitor(network="66.249.66.1"), Members([])).opens

    @given(
        st.sampled_from(list(Gate)),
        st.builds(
            Visitor,
            has_account=st.booleans(),
            address=st.sampled_from(["", "ada@harbor.example", "bob@uni.example"]),
            network=st.sampled_from(["", "192.0.2.7", "::ffff:192.0.2.7", "2001:db8::1", "nonsense"]),
            has_gift=st.booleans(),
            has_pass=st.booleans(),
        ),
    )
    def test_more_in_hand_never_closes_a_gate(self, gate, visitor):
        members = Members([("domain", "uni.example"), ("network", "192.0.2.0/24")])
        opens = decide_access(gate, visitor, members).opens
        wider = Visitor(True, visitor.address, visitor.network, visitor.has_gift, visitor.has_pass)

        assert decide_access(gate, wider, members).opens >= opens
        if gate is not Gate.MEMBERS and visitor.has_account:
            assert opens
        if "192.0.2.7" in visitor.network:
            assert opens


@pytest.mark.django_db
class TestWhatLeavesTheServer:
    OUTPUTS = (
        "/articles/{pk}",
        "/read/{pk}",
        "/latest.atom",
        "/latest.json",
        "/latest.rss",
        "/api/v1/articles/{pk}",
        "/search?q=harbor",
        "/search.json?q=harbor",
        "/",
        "/sections/world",
    )

    @pytest.mark.parametrize("kind", ["metered", "account", "members"])
    def test_nothing_of_the_text_is_in_any_output(self, client, own, kind):
        story = make.make_story(own)
        paths = [*self.OUTPUTS, story.path, f"/stories/{story.pk}.atom"]
        before = [self.answer(client, path, own) for path in paths]
        assert any(SECRET in text for text in before), "the text would leak if there were no gate"

        set_rule("site", GateKind(kind))

        for path in paths:
            assert SECRET not in self.answer(client, path, own), path

    def answer(self, client, path, article):
        found = client.get(path.format(pk=article.pk), follow=True)
        body = found.content
        return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()

    def test_search_engines_get_what_everybody_gets(self, own):
        set_rule("site", GateKind.METERED)
        pages = [
            Client(HTTP_USER_AGENT=agent).get(own.path).content
            for agent in ("Googlebot/2.1", "Mozilla/5.0 Firefox/145.0")
        ]

        assert pages[0] == pages[1]

    def test_words_of_the_gate_stand_outside_of_the_article(self, client, own):
        set_rule("site", GateKind.METERED)
        page = client.get(own.path).content.decode()
        article = page[page.index("<article") : page.index("</article>")]

        assert "gate__title" in page
        assert "gate" not in article
        for words in ("free of charge", "account", "Log in"):
            assert words not in article
        assert '"isAccessibleForFree":false' in page

    def test_the_extractor_takes_no_word_of_the_gate_for_the_article(self, client, own):
        from broadsheet.extraction import extract

        set_rule("site", GateKind.ACCOUNT)
        found = extract(client.get(own.path).content, own.address)

        assert "account" not in found.text
        assert "free of charge" not in found.text

    def test_others_work_under_a_public_licence_is_never_behind_a_gate(self, own):
        LedgerLine.objects.filter(publisher=own.publisher).update(
            basis="open_licence", licence="https://creativecommons.org/licenses/by/4.0/"
        )
        for scope in ("site", "source:own-desk", f"article:{own.pk}"):
            set_rule(scope, GateKind.MEMBERS)

        shown = display_article(own, Output.PAGE, now=datetime.now(UTC))

        assert shown.mode is Mode.FULL
        assert shown.licence is not None
        assert shown.gate is None

    def test_what_is_shown_as_an_extract_has_no_gate(self, db):
        other = make.make_article(make.make_publisher("Far Paper", mode="extract"))
        set_rule("source:far-paper", GateKind.MEMBERS)

        shown = display_article(other, Output.PAGE, now=datetime.now(UTC))

        assert shown.mode is Mode.EXTRACT
        assert shown.gate is None


@pytest.mark.django_db
class TestPassing:
    def test_metered_texts_open_a_number_of_times_and_again_for_nothing(self, client, own, settings):
        set_rule("site", GateKind.METERED)
        most = meter.terms().texts
        texts = [own, *(self.another(own) for _ in range(most))]
        client.cookies["x"] = "keeps cookies"
        for article in texts[:most]:
            for _ in range(3):
                page = client.post(path_of(article), {"act": "read"}, follow=True)
                assert SECRET in page.content.decode()
        assert MeterBook.objects.get().used == most

        refused = client.post(path_of(texts[most]), {"act": "read"}, follow=True)

        assert SECRET not in refused.content.decode()
        assert "Your free texts of this period are read" in refused.content.decode()
        assert SECRET in client.get(path_of(texts[0])).content.decode()

    def another(self, own):
        return make.make_article(own.publisher, blocks=[SECRET], section=own.section)

    def test_a_period_ends_with_its_token(self, client, own):
        now = datetime.now(UTC)
        spent = meter.spend("", own.pk, "192.0.2.1", now=now)
        later = now + timedelta(days=meter.terms().days) + timedelta(minutes=1)

        assert not meter.has_pass(spent.token, own.pk, now=later)
        fresh = meter.spend(spent.token, own.pk, "192.0.2.1", now=later)
        assert fresh.token != spent.token
        assert fresh.allowance.left == meter.terms().texts - 1

    def test_tables_say_neither_who_nor_what(self, client, own):
        set_rule("site", GateKind.METERED)
        client.cookies["x"] = "1"
        client.post(path_of(own), {"act": "read"})

        told = [*MeterBook.objects.values_list("key", flat=True), *MeterPass.objects.values_list("key", flat=True)]
        assert len(told) == 2
        token = client.cookies["meter"].value
        assert all(token not in key and str(own.pk) != key for key in told)
        assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in told)

    def test_a_browser_that_keeps_nothing_reads_too(self, own):
        set_rule("site", GateKind.METERED)
        opened = Client().post(path_of(own), {"act": "read"})

        assert "?pass=" in opened["Location"]
        stranger = Client()
        assert SECRET in stranger.get(opened["Location"]).content.decode()
        assert SECRET in stranger.get(opened["Location"]).content.decode()

    def test_a_pass_opens_its_own_text_alone_and_for_a_day(self, own, monkeypatch):
        other = make.make_article(own.publisher, blocks=[SECRET])
        set_rule("site", GateKind.METERED)
        word = meter.write_pass(own.pk)

        assert SECRET not in Client().get(f"/read/{other.pk}?pass={word}").content.decode()
        assert SECRET not in Client().get(f"/read/{own.pk}?pass={word[:-1]}x").content.decode()
        monkeypatch.setattr(meter, "PASS_LASTS", timedelta(seconds=-1))
        assert SECRET not in Client().get(f"/read/{own.pk}?pass={word}").content.decode()

    def test_a_machine_that_throws_its_token_away_is_stopped(self, own, monkeypatch):
        monkeypatch.setattr(meter, "FRESH_A_DAY", 3)
        now = datetime.now(UTC)

        assert [meter.spend("", own.pk, "192.0.2.1", now=now).opens for _ in range(5)] == [True] * 3 + [False] * 2
        assert meter.spend("", own.pk, "192.0.2.2", now=now).opens

    def test_an_account_opens_what_is_metered_or_for_accounts(self, client, own, reader):
        client.force_login(reader)
        for kind, opens in (("metered", True), ("account", True), ("members", False)):
            set_rule("site", GateKind(kind))
            page = client.get(path_of(own))
            assert (SECRET in page.content.decode()) is opens
            assert page["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize(
        ("kind", "value", "opens"),
        [
            ("address", "ada@harbor.example", True),
            ("domain", "harbor.example", True),
            ("domain", "bor.example", False),
            ("address", "bob@harbor.example", False),
        ],
    )
    def test_members_by_list_and_domain(self, client, own, reader, kind, value, opens):
        set_rule("site", GateKind.MEMBERS)
        add_member(MemberKind(kind), value)
        client.force_login(reader)

        assert (SECRET in client.get(path_of(own)).content.decode()) is opens

    def test_a_claimed_address_that_was_never_proved_is_no_membership(self, client, own):
        set_rule("site", GateKind.MEMBERS)
        add_member(MemberKind.DOMAIN, "harbor.example")
        client.force_login(Reader.objects.create_user("eve@harbor.example"))

        assert SECRET not in client.get(path_of(own)).content.decode()

    def test_institutions_by_network_and_no_header_fakes_one(self, own):
        set_rule("site", GateKind.MEMBERS)
        add_member(MemberKind.NETWORK, "192.0.2.0/24")

        assert SECRET in Client(REMOTE_ADDR="192.0.2.9").get(path_of(own)).content.decode()
        faked = Client(REMOTE_ADDR="198.51.100.1").get(path_of(own), HTTP_X_FORWARDED_FOR="192.0.2.9")
        assert SECRET not in faked.content.decode()

    def test_a_gift_opens_one_text_to_whoever_has_it(self, client, own, reader):
        other = make.make_article(own.publisher, blocks=[SECRET])
        set_rule("site", GateKind.ACCOUNT)
        client.force_login(reader)
        page = client.post(path_of(own), {"act": "gift"}).content.decode()
        link = re.search(r'href="(/read/\d+\?gift=[^"]+)"', page)[1].replace("&amp;", "&")

        assert SECRET in Client().get(link).content.decode()
        assert SECRET not in Client().get(link.replace(f"/{own.pk}?", f"/{other.pk}?")).content.decode()

    def test_gifts_are_given_by_accounts_and_so_many_a_month(self, client, own, reader):
        set_rule("site", GateKind.ACCOUNT)
        assert Client().post(path_of(own), {"act": "gift"}).status_code == 403
        client.force_login(reader)
        found = [client.post(path_of(own), {"act": "gift"}).status_code for _ in range(meter.GIFTS_A_MONTH + 1)]

        assert found == [200] * meter.GIFTS_A_MONTH + [429]

    def test_other_sites_spend_nobodys_texts(self, client, own):
        set_rule("site", GateKind.METERED)
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
            assert client.post(path_of(own), {"act": "read"}, headers=headers).status_code == 403
        assert MeterBook.objects.count() == 0

    def test_opening_a_page_spends_nothing(self, client, own):
        set_rule("site", GateKind.METERED)
        client.get(path_of(own))
        client.get(own.path)

        assert MeterBook.objects.count() == 0
        assert not client.cookies

    def test_an_open_text_has_no_page_of_its_own(self, client, own):
        assert client.get(path_of(own))["Location"] == own.path

    def test_the_operators_words_stand_in_place_of_ours(self, client, own):
        from broadsheet.readers.gate_rules import set_wording

        set_rule("site", GateKind.ACCOUNT)
        set_wording("gate.account.title", "en", "Come in, it is free")

        assert "Come in, it is free" in client.get(own.path).content.decode()


def test_who_may_have_the_text_is_sent_to_a_page_of_their_own():
    from broadsheet.site.requests import own_page

    assert own_page({"gate"}, "/articles/12-harbor", "reader=abc") == "/read/12"
    assert own_page({"gate"}, "/articles/12", "a=b; meter=x") == "/read/12"
    assert own_page({"gate"}, "/articles/12-harbor", "form=abc") == ""
    assert own_page({"gate"}, "/articles/12-harbor", None) == ""
    assert own_page(set(), "/articles/12-harbor", "reader=abc") == ""
