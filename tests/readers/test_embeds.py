"""What stands at other sites: named, linked, and loaded by nothing but a reader's own yes."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

import tests.factories as make
from broadsheet.readers import consent
from broadsheet.readers.embeds import PROVIDERS, embed_at, embed_in
from broadsheet.readers.gate_rules import set_rule
from broadsheet.readers.models import GateKind, Receipt

NOW = datetime.now(UTC)
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
POST = "https://twitter.com/harbor/status/1234567890123456789"


class TestAddresses:
    @pytest.mark.parametrize(
        ("address", "provider", "number"),
        [
            (VIDEO, "youtube", "dQw4w9WgXcQ"),
            ("https://youtu.be/dQw4w9WgXcQ?t=5", "youtube", "dQw4w9WgXcQ"),
            ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ"),
            ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "youtube", "dQw4w9WgXcQ"),
            ("https://player.vimeo.com/video/76979871", "vimeo", "76979871"),
            ("https://www.dailymotion.com/video/x8abc12_title", "dailymotion", "x8abc12"),
            (POST, "x", "1234567890123456789"),
            ("https://www.instagram.com/p/CxYz12_-abc/", "instagram", "CxYz12_-abc"),
            ("https://www.tiktok.com/@harbor.town/video/7012345678901234567", "tiktok", "7012345678901234567"),
            ("https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk", "spotify", "episode/4rOoJ6Egrf8K2IrywzwOMk"),
        ],
    )
    def test_those_of_providers_are_known(self, address, provider, number):
        found = embed_at(address)
        assert (found.provider.name, found.id) == (provider, number)
        assert embed_at(found.link) == found

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
            "https://evil.example/https://youtu.be/dQw4w9WgXcQ",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ%22%3E",
            'https://www.youtube.com/watch?v="><script>',
            "https://www.youtube.com/@somebody",
            "javascript:alert(1)//youtu.be/dQw4w9WgXcQ",
            "https://[broken/",
            "https://vimeo.com/76979871/../../x",
            "https://youtu.be@evil.example/dQw4w9WgXcQ",
        ],
    )
    def test_others_are_nothing(self, address):
        assert embed_at(address) is None

    @given(st.text(max_size=300), st.sampled_from([host for one in PROVIDERS.values() for host in one.hosts]))
    def test_nothing_typed_gets_beside_the_providers_form(self, text, host):
        found = embed_at(f"https://{host}/{text}")
        if found is not None:
            assert re.fullmatch(r"[\w/-]+", found.id, re.ASCII)
            assert found.player.startswith(found.provider.origin + "/")

    def test_a_quoted_post_and_an_address_alone_are_embeds_and_a_mention_is_none(self):
        html = f'Ferry sails again <a href="{POST}?s=20&amp;t=x">22 Nov</a>'
        assert embed_in({"kind": "embed", "text": "Ferry sails again", "html": html}).words == "Ferry sails again"
        assert embed_in({"kind": "paragraph", "text": f" {VIDEO} "}).id == "dQw4w9WgXcQ"
        assert embed_in({"kind": "paragraph", "text": f"Look at {VIDEO}"}) is None
        assert embed_in({"kind": "embed", "text": "A post of nowhere"}) is None
        assert embed_in({}) is None


@pytest.fixture
def article(db, monkeypatch):
    monkeypatch.setattr(make, "NOW", NOW)
    own = make.make_publisher("Own Desk", mode="full", basis="own")
    return make.make_article(own, blocks=["The ferry sails.", VIDEO, "It came back."])


@pytest.fixture
def allowed(tmp_path, settings):
    """An operator who lets readers load videos of YouTube."""
    settings.DATA = tmp_path
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "purposes.toml").write_text('[[purpose]]\nembed = "youtube"\n', encoding="utf-8")


def player(article):
    return f"/player/{article.pk}/1"


def frames(answer):
    return re.findall(r'<iframe[^>]* src="([^"]+)"', answer.content.decode())


@pytest.mark.django_db
class TestPages:
    def test_as_it_comes_there_is_the_link_alone(self, client, article):
        page = client.get(article.path).content.decode()

        assert "Video at YouTube" in page
        assert f'href="{VIDEO}"' in page
        assert "/player/" not in page
        assert client.get(player(article)).status_code == 404

    def test_the_article_loads_nothing_and_asks_nobody(self, client, article, allowed):
        answer = client.get(article.path)
        page = answer.content.decode()

        assert f'href="{player(article)}"' in page
        assert "<iframe" not in page
        assert 'class="consent"' not in page
        assert "frame-src" not in answer["Content-Security-Policy"]
        assert not answer.cookies

    def test_opening_the_page_asks_and_loads_nothing(self, client, article, allowed):
        answer = client.get(player(article))

        assert frames(answer) == []
        assert "frame-src" not in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "private, no-store"
        assert not answer.cookies

    def test_one_press_loads_it_once(self, client, article, allowed):
        answer = client.post(player(article), {"act": "once"})

        assert frames(answer) == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"]
        assert answer["Content-Security-Policy"].endswith("frame-src https://www.youtube-nocookie.com")
        assert not answer.cookies
        assert Receipt.objects.count() == 0
        assert frames(client.get(player(article))) == []

    def test_always_is_consent_with_a_receipt_and_ends_on_the_page_of_choices(self, client, article, allowed):
        client.post(player(article), {"act": "always"})
        assert frames(client.get(player(article)))
        assert Receipt.objects.get().granted == ["embed-youtube"]

        page = client.get("/consent").content.decode()
        assert "Show what stands at YouTube" in page
        client.post("/consent", {"act": "reject"})
        assert frames(client.get(player(article))) == []

    def test_the_signal_is_no_yes(self, article, allowed):
        client = Client(headers={"sec-gpc": "1"})
        assert frames(client.get(player(article))) == []

    def test_another_site_cannot_say_yes(self, client, article, allowed):
        for act in ("once", "always"):
            answer = client.post(player(article), {"act": act}, headers={"sec-fetch-site": "cross-site"})
            assert answer.status_code == 403
        assert not Receipt.objects.exists()

    @pytest.mark.parametrize("path", ["/player/{pk}/0", "/player/{pk}/9", "/player/99999/1"])
    def test_what_is_no_embed_has_no_player(self, client, article, allowed, path):
        assert client.get(path.format(pk=article.pk)).status_code == 404

    def test_behind_a_gate_there_is_nothing_to_load(self, client, article, allowed):
        set_rule("site", GateKind.ACCOUNT)
        assert client.get(player(article)).status_code == 404
        assert "YouTube" not in client.get(article.path).content.decode()

    def test_who_passes_the_gate_may_load(self, client, article, allowed, reader):
        set_rule("site", GateKind.ACCOUNT)
        client.force_login(reader)
        assert client.get(player(article)).status_code == 200

    def test_other_purposes_are_asked_for_as_before(self, client, article, allowed, settings):
        more = '[[purpose]]\nembed = "vimeo"\n[[purpose]]\nname = "counts"\ntitle = "Counts"\nwords = "We count."\n'
        (settings.DATA / "texts" / "purposes.toml").write_text(more, encoding="utf-8")
        consent._read.cache_clear()
        page = client.get("/about").content.decode()

        assert 'class="consent"' in page
        assert "Vimeo" in page

    def test_a_provider_nobody_knows_is_told(self, settings, allowed):
        (settings.DATA / "texts" / "purposes.toml").write_text('[[purpose]]\nembed = "mytube"\n', encoding="utf-8")
        consent._read.cache_clear()
        with pytest.raises(consent.PurposesError, match="youtube"):
            consent.purposes()
