"""The gate from the desk: rules with a preview, allowance, members, words; all of it written down."""

from datetime import UTC, datetime

import pytest
from django.test import Client

import tests.factories as make
from broadsheet.readers import meter
from broadsheet.readers.gate_rules import preview, set_allowance, set_rule
from broadsheet.readers.models import GateChange, GateKind, GateRule, Member, MeterTerms, Role, Wording
from tests.readers.conftest import make_reader

NOW = datetime.now(UTC)


@pytest.fixture
def admin(db):
    made = make_reader("erika@harbor.example", name="Erika")
    Role.objects.create(reader=made, kind="administrator")
    return made


@pytest.fixture
def desk(admin):
    client = Client()
    client.force_login(admin)
    return client


@pytest.fixture
def texts(db, monkeypatch):
    """Two texts of the site's own, one of another publisher's by leave, one under a public licence, one headline."""
    monkeypatch.setattr(make, "NOW", NOW)
    own = make.make_publisher("Own Desk", mode="full", basis="own")
    section = make.make_section("world", "World")
    first = make.make_article(own, section=section, blocks=["Text."], headline="Own in World")
    make.make_article(own, blocks=["Text."], headline="Own elsewhere")
    make.make_article(make.make_publisher("Friend", mode="full"), section=section, blocks=["Text."])
    make.make_article(make.make_publisher("Stranger", mode="headline"), section=section)
    return first


class TestPreview:
    @pytest.mark.parametrize(
        ("scope", "kind", "moves"),
        [
            ("site", "account", {("open", "account"): 2}),
            ("section:world", "metered", {("open", "metered"): 1}),
            ("source:friend", "members", {("open", "members"): 1}),
            ("source:stranger", "members", {}),
            ("site", "open", {}),
        ],
    )
    def test_it_says_what_would_change_and_changes_nothing(self, texts, scope, kind, moves):
        found = preview(scope, kind, now=NOW)

        assert found.texts == 3
        assert found.moves == moves
        assert len(found.examples) == sum(moves.values())
        assert not GateRule.objects.exists()

    def test_taking_a_rule_away_can_be_tried_too(self, texts):
        set_rule("site", GateKind.ACCOUNT)
        set_rule("section:world", GateKind.METERED)

        assert preview("section:world", "", now=NOW).moves == {("metered", "account"): 1}
        assert preview(f"article:{texts.pk}", "open", now=NOW).moves == {("metered", "open"): 1}

    def test_it_costs_the_same_however_many_texts(self, texts, django_assert_max_num_queries):
        with django_assert_max_num_queries(12):
            preview("section:world", "account", now=NOW)


class TestPage:
    def act(self, desk, act, **fields):
        return desk.post("/desk/gate", {"act": act, **fields})

    def test_a_rule_is_tried_set_and_taken_away(self, desk, admin, texts):
        told = {"scope": "section", "name": "world", "kind": "account", "days": "7"}
        tried = self.act(desk, "try", **told)
        assert tried.status_code == 200
        assert "Own in World" in tried.content.decode()
        assert not GateRule.objects.exists()

        assert self.act(desk, "set", **told).status_code == 302
        rule = GateRule.objects.get()
        assert (rule.scope, rule.kind, rule.days) == ("section:world", "account", 7)
        assert self.act(desk, "set", scope="section", name="world").status_code == 302
        assert not GateRule.objects.exists()

        lines = list(GateChange.objects.order_by("pk").values_list("what", "before", "after", "actor"))
        assert lines == [
            ("section:world", "", "account, 7 days", admin.pk),
            ("section:world", "account, 7 days", "", admin.pk),
        ]
        assert "account, 7 days" in desk.get("/desk/gate").content.decode()

    @pytest.mark.parametrize(
        "sent",
        [
            {"act": "set", "scope": "section", "name": "nowhere", "kind": "account"},
            {"act": "set", "scope": "section", "name": "", "kind": "account"},
            {"act": "set", "scope": "planet", "name": "earth", "kind": "account"},
            {"act": "set", "scope": "site", "kind": "whoever"},
            {"act": "set", "scope": "site", "kind": "account", "days": "-1"},
            {"act": "set", "scope": "site", "kind": "account", "days": "99999"},
            {"act": "set", "scope": "site", "kind": "account", "days": "soon"},
            {"act": "set", "scope": "site", "kind": ""},
            {"act": "try", "scope": "article", "name": "9" * 40, "kind": "account"},
            {"act": "allowance", "texts": "-1", "days": "30"},
            {"act": "allowance", "texts": "5", "days": "0"},
            {"act": "allowance", "texts": "5"},
            {"act": "member", "kind": "network", "value": "nonsense"},
            {"act": "member", "kind": "domain", "value": "not a domain"},
            {"act": "member", "kind": "address", "value": "nobody"},
            {"act": "member", "kind": "address", "value": "a@b.example", "until": "soon"},
            {"act": "unmember", "member": "7"},
            {"act": "wording", "name": "gate.secret", "language": "en", "text": "x"},
            {"act": "wording", "name": "gate.account.title", "language": "xx", "text": "x"},
            {"act": "wording", "name": "gate.account.title", "language": "en", "text": "x" * 5_000},
            {"act": "nothing"},
            {},
        ],
    )
    def test_nonsense_changes_nothing_and_is_told(self, desk, texts, sent):
        answer = desk.post("/desk/gate", sent)

        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        for model in (GateRule, GateChange, MeterTerms, Member, Wording):
            assert not model.objects.exists()

    def test_the_allowance_counts_from_now_on(self, desk):
        assert meter.terms() == (5, 30)
        self.act(desk, "allowance", texts="2", days="7")

        assert meter.terms() == (2, 7)
        assert meter.spend("", 1, "n", now=NOW).allowance.most == 2

    def test_a_begun_allowance_keeps_its_end(self, db):
        spent = meter.spend("", 1, "n", now=NOW)
        set_allowance(9, 1, now=NOW)

        assert meter.allowance_of(spent.token, now=NOW).until == spent.allowance.until

    def test_members_come_and_go_and_no_address_is_in_the_record(self, desk):
        self.act(desk, "member", kind="address", value="Ada@Harbor.example", note="school", until="2031-01-01")
        self.act(desk, "member", kind="domain", value="@Uni.example")
        self.act(desk, "member", kind="network", value="192.0.2.0/24")
        assert set(Member.objects.values_list("value", flat=True)) == {
            "ada@harbor.example",
            "uni.example",
            "192.0.2.0/24",
        }
        assert Member.objects.get(kind="address").until.year >= 2030

        self.act(desk, "unmember", member=str(Member.objects.get(kind="address").pk))
        assert Member.objects.count() == 2
        assert not GateChange.objects.filter(what__icontains="ada").exists()
        assert GateChange.objects.filter(what="member: an address").count() == 2

    def test_words_of_ones_own_and_ours_again(self, desk):
        self.act(desk, "wording", name="gate.account.title", language="en", text="Come <in>")
        assert "Come &lt;in&gt;" in desk.get("/desk/gate").content.decode()
        self.act(desk, "wording", name="gate.account.title", language="en", text="")
        assert not Wording.objects.exists()

    def test_only_administrators_enter(self, db):
        editor = make_reader("ed@harbor.example")
        Role.objects.create(reader=editor, kind="editor")
        client = Client()
        assert client.get("/desk/gate")["Location"].startswith("/account/login")
        client.force_login(editor)
        assert client.get("/desk/gate").status_code == 404
        assert client.post("/desk/gate", {"act": "set", "scope": "site", "kind": "open"}).status_code == 404

    def test_another_sites_form_changes_nothing(self, admin):
        client = Client(enforce_csrf_checks=True)
        client.force_login(admin)
        assert client.post("/desk/gate", {"act": "set", "scope": "site", "kind": "account"}).status_code == 403
        assert not GateRule.objects.exists()
