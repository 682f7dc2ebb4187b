"""Summaries are sentences that stand in the reports, whole, with their source, or there are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.articles.displays import Displays
from broadsheet.rights import Output
from broadsheet.stories.queries import members_of
from broadsheet.stories.summary import split_sentences, summarize
from tests.factories import NOW, make_article, make_publisher, make_story

ONE = "The Karsund bridge reopened on Sunday after nine years of repairs that cost 412 million crowns."
TWO = "Nine years and 412 million crowns later, cars roll over the Karsund bridge again since Sunday morning."
ASIDE = "Gulls like the new railings very much, said nobody in particular."


def summary(*articles):
    story = make_story(*articles)
    members = members_of(story, 200)
    displays = Displays(members, Output.PAGE, now=NOW)
    return summarize([displays.of(member) for member in members], displays.blocks(members))


def report(text, mode, **more):
    more = {"headline": "Karsund bridge reopens after nine years of repairs", **more}
    return make_article(make_publisher(mode=mode), blocks=text if mode == "full" else (), **more)


@pytest.mark.django_db
def test_sentences_are_verbatim_and_name_their_source():
    texts = [[ONE, ASIDE], [TWO, "Minister Varga cut the ribbon of the Karsund bridge in front of 1,300 workers."]]
    articles = [report(text, "full") for text in texts]

    found = summary(*articles)

    assert found
    for sentence in found:
        assert sentence.text in "\n".join(texts[articles.index(sentence.article)])
    assert len({sentence.article for sentence in found}) == len(found)
    assert ASIDE not in [sentence.text for sentence in found]


@pytest.mark.django_db
def test_headline_mode_gives_no_sentence():
    articles = [make_article(summary=ONE), make_article(summary=TWO)]

    assert summary(*articles) == ()


@pytest.mark.django_db
def test_extracts_give_only_what_they_show():
    articles = [report((), "extract", summary=ONE), report((), "extract", summary=TWO)]

    assert {sentence.text for sentence in summary(*articles)} <= {ONE, TWO}


@pytest.mark.django_db
def test_one_newsroom_is_not_summed_up():
    assert summary(report([ONE, TWO], "full")) == ()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Dr. Lund came on 3. May. Nobody else did.", ["Dr. Lund came on 3. May.", "Nobody else did."]),
        ("They left. “Why?” she asked.", ["They left.", "“Why?” she asked."]),
        ("他来了。她走了。", ["他来了。", "她走了。"]),
        ("It grew by 1.5 percent.\n\nNot more", ["It grew by 1.5 percent.", "Not more"]),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(text, sentences):
    assert split_sentences(text) == sentences


@given(st.text(alphabet=st.sampled_from("aB .!?。”“\n1"), max_size=200))
def test_every_sentence_stands_in_its_text(text):
    found = split_sentences(text)

    assert all(sentence in text for sentence in found)
    assert "".join("".join(found).split()) == "".join(text.split())
