"""A writer's own page: only for who wants one, of what everybody may read, and gone when they want it gone."""

import pytest
from django.test import Client

from broadsheet.comments.models import Act, Persona
from broadsheet.comments.moderating import decide
from broadsheet.comments.personas import forget_writer, show_profile, take_name
from broadsheet.comments.queries import conversation
from broadsheet.finished.purges import read_position, read_purges
from tests.factories import NOW

pytestmark = pytest.mark.django_db
WORDS = "What none of the reports mention"


@pytest.fixture
def bo(writer, say):
    made = writer("Bo Tarrant")
    say(made, WORDS)
    return made


def path(reader):
    return f"/comments/by/{Persona.objects.get(reader=reader).shape}"


def test_as_it_comes_nobody_has_one(client, story, bo):
    assert client.get(path(bo)).status_code == 404
    assert path(bo) not in client.get(f"{story.path}/comments").content.decode()


def test_who_wants_it_has_one_and_their_name_leads_there(client, story, bo):
    show_profile(bo.persona, is_shown=True)

    assert f'href="{path(bo)}" rel="nofollow"' in client.get(f"{story.path}/comments").content.decode()
    answer = client.get(path(bo))
    page = answer.content.decode()
    assert WORDS in page
    assert 'content="noindex, nofollow"' in page
    assert not hasattr(answer, "keeping")
    assert bo.email not in page


def test_what_nobody_may_read_is_not_there_either(client, story, bo, say, writer, moderator):
    show_profile(bo.persona, is_shown=True)
    Persona.objects.filter(reader=bo).update(approved=0)
    held = say(bo, "Held words of mine", minutes=30)
    removed = say(writer("Cy Lund"), "Not by Bo at all", minutes=31)
    gone = say(bo, "Removed words of mine", minutes=60)
    decide(gone, moderator(), Act.REMOVE, reason="insult", now=NOW)

    page = client.get(path(bo)).content.decode()
    assert held.state == "held"
    assert WORDS in page
    for comment in (held, removed, gone):
        assert comment.markdown not in page


def test_the_kept_pages_that_show_the_name_are_made_anew(story, bo):
    before = read_position()
    show_profile(bo.persona, is_shown=True)
    show_profile(Persona.objects.get(reader=bo), is_shown=True)
    assert story.tag in read_purges(before).tags

    before = read_position()
    take_name(bo, "Bo the Second", now=NOW)
    assert story.tag in read_purges(before).tags


def test_it_is_gone_with_the_wish_and_with_the_account(client, story, bo):
    where = path(bo)
    show_profile(bo.persona, is_shown=True)
    show_profile(Persona.objects.get(reader=bo), is_shown=False)
    assert client.get(where).status_code == 404

    show_profile(Persona.objects.get(reader=bo), is_shown=True)
    forget_writer(bo, words=False)
    assert client.get(where).status_code == 404
    assert conversation([story.pk]).comments[0].profile == ""


@pytest.mark.parametrize("name", ["x" * 300, "%00", "..", "<script>", "ادا"])
def test_nonsense_finds_nobody(client, name):
    assert client.get(f"/comments/by/{name}").status_code == 404


def test_the_tick_on_the_page_of_ones_name(bo):
    client = Client()
    client.force_login(bo)
    client.post("/my/comments/name", {"name": "Bo Tarrant", "has_profile": "yes"})
    assert Persona.objects.get(reader=bo).has_profile
    assert path(bo) in client.get("/my/comments").content.decode()

    client.post("/my/comments/name", {"name": "Bo Tarrant"})
    assert not Persona.objects.get(reader=bo).has_profile
