"""The same words in several articles are one saying, with all its places and differences."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.stories.sayings import Likeness, Quoted, rank_quotations, who_said_what

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BRIDGE = "We promised a bridge and here it is, nine years late but standing"


def quoted(text, name="Ilse Varga", *, article=1, hours=0, **more):
    more = {"speaker": name, "role": "", "start": 10, "may_show": True, "length": None, **more}
    return Quoted(
        article=article,
        publisher=article * 100,
        at=NOW + timedelta(hours=hours),
        end=more["start"] + len(text),
        text=text,
        name=name,
        language="en",
        direction="ltr",
        **more,
    )


def changes(place):
    return [(piece.removed, piece.added) for piece in place.pieces if not piece.kept]


def test_same_words_are_one_saying_with_every_place():
    (speaker,) = who_said_what([quoted(BRIDGE), quoted(BRIDGE + ",", article=2, hours=1, start=40)])

    (saying,) = speaker.sayings
    assert saying.text == BRIDGE
    assert [(place.article, place.start, place.likeness) for place in saying.places] == [
        (1, 10, Likeness.SAME),
        (2, 40, Likeness.SAME),
    ]
    assert saying.outlets == (100, 200)


def test_shortened_and_changed_words_are_told():
    (speaker,) = who_said_what(
        [
            quoted(BRIDGE),
            quoted("We promised a bridge and here it is", article=2, hours=1),
            quoted(BRIDGE.replace("nine", "ten"), article=3, hours=2),
        ]
    )

    full, short, other = speaker.sayings[0].places
    assert full.likeness is Likeness.SAME
    assert short.likeness is Likeness.SHORTENED
    assert other.likeness is Likeness.CHANGED
    assert changes(other) == [("nine", "ten")]


def test_longest_version_that_may_be_shown_is_shown():
    (speaker,) = who_said_what(
        [quoted(BRIDGE, may_show=False), quoted("We promised a bridge and here it is", article=2, hours=1)]
    )

    (saying,) = speaker.sayings
    assert saying.text == "We promised a bridge and here it is"
    hidden = next(place for place in saying.places if place.article == 1)
    assert hidden.likeness is Likeness.UNTOLD
    assert hidden.pieces == ()


def test_saying_that_may_nowhere_be_shown_is_left_out_with_its_speaker():
    assert who_said_what([quoted(BRIDGE, may_show=False)]) == []


def test_length_is_kept_in_text_and_differences():
    long = " ".join(f"word{number}" for number in range(200)) + " end."
    (speaker,) = who_said_what(
        [quoted(long, length=80), quoted(long.replace("word150", "other"), article=2, hours=1, length=80)]
    )

    (saying,) = speaker.sayings
    assert saying.is_cut
    assert len(saying.text) <= 80
    assert long.startswith(saying.text)
    (_, place) = saying.places
    assert place.is_cut
    assert sum(len(piece.kept) + len(piece.added) for piece in place.pieces) <= 80
    assert "other" not in str(place.pieces)


def test_surname_and_full_name_are_one_speaker_with_the_common_role():
    (speaker,) = who_said_what(
        [
            quoted("A strait is a door that two neighbors hold", "Varga", role="Minister"),
            quoted("We have a date and a clock now", "Ilse Varga", article=2, role="Minister"),
        ]
    )

    assert (speaker.name, speaker.role, speaker.person) == ("Ilse Varga", "Minister", "ilse-varga")
    assert len(speaker.sayings) == 2


def test_same_words_of_nobody_join_the_named_speaker():
    speakers = who_said_what([quoted(BRIDGE), quoted(BRIDGE, "", article=2, hours=1, speaker="a spokeswoman")])

    assert [speaker.name for speaker in speakers] == ["Ilse Varga"]
    assert speakers[0].sayings[0].places[1].credited == "a spokeswoman"


def test_same_words_of_two_named_persons_stay_two():
    assert len(who_said_what([quoted(BRIDGE), quoted(BRIDGE, "Petr Lund", article=2)])) == 2


def test_speakers_come_by_newsrooms_and_sayings_by_time():
    speakers = who_said_what(
        [
            quoted("One thing was said by him alone", "Petr Lund"),
            quoted("A later thing she said to reporters", hours=3),
            quoted("An earlier thing she told the radio", article=2, hours=1),
        ]
    )

    assert [speaker.name for speaker in speakers] == ["Ilse Varga", "Petr Lund"]
    assert [saying.text[:8] for saying in speakers[0].sayings] == ["An earli", "A later "]


def test_rank_gives_everybody_a_turn():
    assert rank_quotations(["a", "a", "b", "", "a"]) == [0, 2, 1, 4, 3]


@given(
    st.lists(st.tuples(st.text(min_size=1, max_size=60), st.sampled_from(["", "Ada Lund", "Lund", "B C"])), max_size=8)
)
def test_every_place_stands_once_whatever_is_said(rows):
    quotations = [
        quoted(text, name, article=number, speaker=name or "someone", length=20)
        for number, (text, name) in enumerate(rows)
    ]
    places = [
        place.article for speaker in who_said_what(quotations) for saying in speaker.sayings for place in saying.places
    ]
    assert sorted(places) == list(range(len(rows)))
