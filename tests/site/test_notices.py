"""The form for problems: it works for anybody, refuses nonsense with words, and takes nothing from other sites."""

import pytest

from broadsheet.notices.actions import FROM_ONE
from broadsheet.notices.models import Notice
from tests.factories import make_article, make_publisher, make_story
from tests.site.test_views import text_of

pytestmark = pytest.mark.django_db
WHOLE = {"kind": "mistake", "words": "The pier is in Skerry.", "contact": "ada@example.org"}


@pytest.fixture
def article():
    return make_article(headline="Ferry sails again")


def test_the_form_names_the_article_and_needs_no_account(client, article):
    page = client.get(f"{article.path}/report")
    assert "Ferry sails again" in text_of(page)
    assert "does not belong to this story" not in text_of(page)
    assert not page.cookies
    assert f'href="{article.path}/report"' in client.get(article.path).content.decode()


def test_a_report_is_kept_and_its_number_told(client, article):
    response = client.post(f"{article.path}/report", WHOLE)
    assert response.status_code == 200
    notice = Notice.objects.get()
    assert notice.reference in text_of(response)
    assert (notice.article, notice.words, notice.contact) == (article, WHOLE["words"], WHOLE["contact"])
    assert not response.cookies


def test_a_story_can_be_reported_too(client):
    story = make_story(make_article(), make_article())
    assert "It does not belong to this story" in text_of(client.get(f"{story.path}/report"))
    client.post(f"{story.path}/report", {**WHOLE, "kind": "grouping"})
    assert Notice.objects.get().story == story


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"words": "  "}, "Say in a few words what is wrong."),
        ({"words": "x" * 4001}, "longer than 4000 characters"),
        ({"kind": ""}, "Choose what the problem is."),
        ({"kind": "nonsense"}, "Choose what the problem is."),
        ({"contact": "ada@"}, "does not look like a mail address"),
        ({"kind": "rights", "contact": ""}, "needs an address at which we can answer"),
        ({"words": "a\x00b"}, "Null characters"),
    ],
)
def test_nonsense_is_answered_with_words_beside_the_field_and_nothing_is_lost(client, article, change, told):
    response = client.post(f"{article.path}/report", {**WHOLE, "words": "Kept as typed", **change})
    assert response.status_code == 422
    words = text_of(response)
    assert words.count(told) >= 2
    if "words" not in change:
        assert "Kept as typed" in words
    assert not Notice.objects.exists()


def test_a_machine_that_fills_in_everything_learns_nothing(client, article):
    response = client.post(f"{article.path}/report", {**WHOLE, "website": "https://spam.example"})
    assert response.status_code == 200
    assert not Notice.objects.exists()


def test_too_many_reports_are_put_off(client, article):
    for number in range(FROM_ONE):
        client.post(f"{article.path}/report", {**WHOLE, "words": f"Wrong {number}"})
    response = client.post(f"{article.path}/report", {**WHOLE, "words": "One more"})
    assert (response.status_code, response["Retry-After"]) == (429, "3600")
    assert "One more" in text_of(response)
    assert Notice.objects.count() == FROM_ONE


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_cannot_send_reports_through_its_readers(client, article, headers):
    assert client.post(f"{article.path}/report", WHOLE, headers=headers).status_code == 403
    assert not Notice.objects.exists()


def test_our_own_page_can(client, article):
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert client.post(f"{article.path}/report", WHOLE, headers=headers).status_code == 200


def test_words_of_reporters_are_never_markup(client):
    article = make_article(make_publisher("<b>Bold</b>"), headline="<script>alert(1)</script>")
    page = client.post(f"{article.path}/report", {"kind": "x", "words": "</textarea><script>1</script>"})
    assert "<script>1" not in page.content.decode()
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("path", ["/articles/999/report", "/stories/999-x/report", "/pages/1/report"])
def test_nothing_can_be_reported_about_what_is_not_there(client, path):
    assert client.post(path, WHOLE).status_code == 404
