"""Articles find their story: online, the same way every time, and unimpressed by hostile input."""

import random
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.grouping import Grouper, Settings, group
from broadsheet.grouping.document import read_document
from tests.grouping.world import b_cubed, report, stream

FIRE = "A fire destroyed the town hall of Varnholt on Monday night, mayor Ilka Brandvoll said."
STRIKE = "Tram drivers in Osterby walked out over pay as talks with operator Linjevik collapsed."


def doc(ident, title, text="", published="2026-03-01T12:00:00Z", source="A", lang="en", **more):
    return {"id": ident, "title": title, "text": text, "published": published, "source": source, "lang": lang, **more}


def run(docs, **kwargs):
    return dict(group(docs, Settings(**kwargs)))


def test_reports_of_one_event_share_a_story_and_others_do_not():
    docs = [
        doc("1", "Fire destroys Varnholt town hall", FIRE),
        doc("2", "Osterby trams stop as drivers walk out", STRIKE),
        doc("3", "Town hall in Varnholt burns down", "Mayor Ilka Brandvoll of Varnholt spoke of a fire.", source="B"),
    ]
    story = run(docs)
    assert story["1"] == story["3"] != story["2"]


def test_a_stream_of_events_is_told_apart():
    docs = stream(events=120)
    assert b_cubed({d["id"]: d["truth"] for d in docs}, run(docs)) > 0.93


def test_an_answer_comes_first_for_its_own_article():
    answer, *_ = Grouper().add(doc("1", "Fire destroys Varnholt town hall", FIRE))
    assert (answer.id, answer.story, answer.reason, answer.previous) == ("1", "1", "new", None)


def test_same_words_later_open_a_story_that_continues_the_old_one():
    grouper = Grouper()
    grouper.add(doc("1", "Fire in Varnholt", FIRE))
    answer, *_ = grouper.add(doc("2", "Fire in Varnholt", FIRE, published="2026-03-07T12:00:00Z"))
    assert (answer.story, answer.reason, answer.continues) == ("2", "new", "1")


@pytest.mark.parametrize(
    "title",
    ["Morning briefing: fire in Varnholt, trams stop", "Your horoscope for Monday", "Weather: storms over Varnholt"],
)
def test_roundups_and_service_pages_glue_nothing(title):
    docs = [
        doc("1", "Fire destroys Varnholt town hall", FIRE),
        doc("r", title, FIRE + " " + STRIKE),
        doc("2", "Osterby trams stop as drivers walk out", STRIKE),
        doc("s", title, FIRE + " " + STRIKE, source="B"),
    ]
    assert len(set(run(docs).values())) == 4


def test_a_live_blog_joins_but_nothing_joins_through_it():
    docs = [
        doc("1", "Fire destroys Varnholt town hall", FIRE),
        doc("l", "Varnholt town hall fire: live updates", FIRE + " " + STRIKE),
        doc("2", "Osterby trams stop as drivers walk out", STRIKE),
    ]
    story = run(docs)
    assert story["l"] == story["1"] != story["2"]


FORM = (
    "Shares of {0} rose {1} per cent after the company said sales in the quarter grew to {2} million crowns from {3}."
)


def test_events_that_fill_in_one_form_are_told_apart_by_names_and_figures():
    makers = ["Tulberg", "Kolstad", "Brehaven", "Marlund", "Selwick", "Fendorf"]
    docs = []
    for k, maker in enumerate(makers):
        figures = [maker, 3.7 + k, 412 + 37 * k, 388 + 31 * k]
        text = FORM.format(*figures) + " It was the best quarter of the year, said the head of the company in a letter."
        docs += [doc(f"{maker}-{s}", f"{maker} reports quarterly results", text, source=s) for s in "AB"]
    random.Random(3).shuffle(docs)
    story = run(docs)
    assert all(story[f"{m}-A"] == story[f"{m}-B"] for m in makers)
    assert len(set(story.values())) == len(makers)


def test_a_form_is_filled_in_by_several_where_no_capitals_tell_names():
    makers = ["图尔贝格", "科尔斯塔德", "布雷哈文", "马伦德", "塞尔维克", "芬多夫"]
    form = (
        "{0}公司公布季度业绩，销售额增至{1}亿克朗，上一季度为{2}亿克朗，股价上涨{3}%。"
        "公司负责人在致股东的信中说，这是全年最好的一个季度。"
    )
    docs = []
    for k, maker in enumerate(makers):
        text = form.format(maker, 412 + 37 * k, 388 + 31 * k, 17 + 3 * k)
        docs += [doc(f"{maker}-{s}", f"{maker}公司公布季度业绩", text, source=s, lang="zh") for s in "AB"]
    random.Random(3).shuffle(docs)
    story = run(docs)
    assert all(story[f"{m}-A"] == story[f"{m}-B"] for m in makers)
    assert len(set(story.values())) == len(makers)


def test_an_early_story_is_not_taken_for_one_abroad_because_little_is_known_there():
    text = "Minister Ilka Brandvoll told {0} on Monday that {1} of {2} places were gone, {3} fewer than planned."
    docs = [
        doc("de", "Kein Bier in Tulberg", "Am Montag kamen 12 von 30 Wirten nach Tulberg, sagte Otto Krug.", lang="de")
    ]
    docs += [doc("en", "Places gone", text.format("Tulberg", 12, 30, 9))]
    story = run(docs)
    assert story["en"] != story["de"]


def test_one_event_in_two_languages_is_one_story():
    noise = stream(events=40)
    english = (
        "Trains between Kolstad and Brehaven stop for 11 days, minister Ilka Brandvoll said; "
        "434,000 people travel daily, 63 per cent back the talks of 2007."
    )
    german = (
        "Zwischen Kolstad und Brehaven fahren 11 Tage keine Bahnen, sagte Ilka Brandvoll. "
        "434.000 Menschen pendeln, 63 Prozent stehen hinter dem Vertrag von 2007."
    )
    docs = [
        doc("en", "Rail strike in Kolstad", english, lang="en"),
        doc("de", "Bahnstreik in Kolstad", german, lang="de", source="B"),
        doc("de2", "Kein Bier in Tulberg", "In Tulberg fehlt seit Montag das Bier, sagte Wirt Otto Krug.", lang="de"),
    ]
    story = run(noise + docs)
    assert story["en"] == story["de"] != story["de2"]


def test_a_link_abroad_that_was_lost_is_made_again_when_the_hour_settles():
    english = (
        "Trains between Kolstad and Brehaven stop for 11 days, minister Ilka Brandvoll said; "
        "434,000 people travel daily, 63 per cent back the talks of 2007."
    )
    german = (
        "Zwischen Kolstad und Brehaven fahren 11 Tage keine Bahnen, sagte Ilka Brandvoll. "
        "434.000 Menschen pendeln, 63 Prozent stehen hinter dem Vertrag von 2007."
    )
    grouper = Grouper()
    for d in stream(events=40):
        grouper.add(d)
    grouper.add(doc("en", "Rail strike in Kolstad", english, lang="en"))
    _, *linked = grouper.add(doc("de", "Bahnstreik in Kolstad", german, lang="de", source="B"))
    assert [(a.id, a.story, a.reason) for a in linked if a.reason == "linked"] == [("de", "en", "linked")]
    grouper._streams["de"].rename("en", "alone")
    again = [(a.id, a.story, a.previous) for a in grouper.finish() if a.reason == "linked"]
    assert again in ([("de", "en", "alone")], [("en", "alone", "en")])
    assert not [a for a in grouper.finish() if a.reason == "linked"]


STRIKE_ABROAD = {
    "en": "Trains between Kolstad and Brehaven stop for 11 days, minister Ilka Brandvoll said; "
    "434,000 people travel daily, 63 per cent back the talks of 2007.",
    "de": "Zwischen Kolstad und Brehaven fahren 11 Tage keine Bahnen, sagte Ilka Brandvoll. "
    "434.000 Menschen pendeln, 63 Prozent stehen hinter dem Vertrag von 2007.",
}
TOLL_ABROAD = (
    "Zwischen Kolstad und Brehaven fahren keine Bahnen, und die Maut der Linie steigt, sagte Otto Krug in Tulberg. "
    "Für {} Kronen, {} mehr als 1998, darf man {} Mal nach Fendorf und Selwick, schreibt Nora Varlund aus Marlund."
)


def test_a_story_abroad_is_no_twin_when_only_one_of_its_articles_agrees():
    grouper = Grouper(Settings(settle_most=1))
    for d in stream(events=40):
        grouper.add(d)
    title = "Keine Bahnen zwischen Kolstad und Brehaven"
    for k in range(4):
        text = TOLL_ABROAD.format(51 + k, 17 + k, 30 + k)
        grouper.add(doc(f"toll{k}", title, text, lang="de", source=f"S{k}", story="toll0"))
    grouper.add(doc("de", title, STRIKE_ABROAD["de"], lang="de", source="B", story="toll0"))
    answers = grouper.add(doc("en", "Rail strike in Kolstad", STRIKE_ABROAD["en"]))
    assert not [a for a in answers if a.reason == "linked"]


def test_an_article_that_names_nothing_has_no_vote_on_a_link_abroad():
    grouper = Grouper()
    for d in stream(events=40):
        grouper.add(d)
    title = "Keine Bahnen zwischen Kolstad und Brehaven"
    for k in range(3):
        grouper.add(doc(f"bare{k}", title, "", lang="de", source=f"S{k}", story="bare0"))
    grouper.add(doc("de", title, STRIKE_ABROAD["de"], lang="de", source="B", story="bare0"))
    answers = grouper.add(doc("en", "Rail strike in Kolstad", STRIKE_ABROAD["en"]))
    assert [(a.id, a.story) for a in answers if a.reason == "linked"] == [("en", "bare0")]
    assert not [a for a in grouper.finish() if a.previous == "bare0"]


def test_a_link_abroad_is_undone_when_what_came_since_does_not_bear_it_out():
    grouper = Grouper()
    for d in stream(events=40):
        grouper.add(d)
    title = "Keine Bahnen zwischen Kolstad und Brehaven"
    grouper.add(doc("en", "Rail strike in Kolstad", STRIKE_ABROAD["en"]))
    _, *linked = grouper.add(doc("de", title, STRIKE_ABROAD["de"], lang="de", source="B"))
    assert [(a.id, a.story, a.reason) for a in linked] == [("de", "en", "linked")]
    for k in range(6):
        text = TOLL_ABROAD.format(51 + k, 17 + k, 30 + k)
        grouper.add(doc(f"toll{k}", title, text, lang="de", source=f"S{k}", story="en"))
    parted = [a for a in grouper.finish() if a.previous == "en"]
    assert [(a.id, a.story, a.reason) for a in parted] == [("en", "en~2", "moved")]
    assert set(grouper._streams["de"].stories) == {"en"}


def test_one_word_in_common_leads_only_a_bare_headline_to_others():
    grouper = Grouper()
    grouper.add(doc("1", "Lighthouse keeper retires", FIRE))
    grouper.add(doc("2", "Lighthouse", ""))
    (only,) = grouper._streams.values()
    bare = only.read(read_document(doc("3", "Lighthouse", "")))
    more = "Commuters queued for replacement buses while the council asked a judge to order an early return."
    report = only.read(read_document(doc("4", "Lighthouse opens", f"{STRIKE} {more}")))
    assert set(only.nearby(bare)[1]) == {0, 1}
    assert not only.nearby(report)[1]


def test_an_editors_placing_stays():
    grouper = Grouper()
    grouper.add(doc("1", "Fire destroys Varnholt town hall", FIRE))
    answer, *_ = grouper.add(doc("2", "Osterby trams stop", STRIKE, story="1", fixed=True))
    later = [a for k in range(80) for a in grouper.add(doc(f"t{k}", "Osterby trams stop", STRIKE, source=f"S{k}"))]
    assert answer.story == "1"
    assert not any(a.id == "2" for a in later)


def restored(docs, answers, **kwargs):
    grouper = Grouper(Settings(**kwargs))
    grouper.restore(d | {"story": answers[d["id"]]} for d in docs)
    return grouper


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 150))
def test_a_restored_grouper_goes_on_as_if_it_had_never_stopped(seed, cut):
    docs = [d | {"lang": "en" if k % 3 else "de"} for k, d in enumerate(stream(events=60, seed=seed))]
    cut = min(cut, len(docs) - 1)
    grouper, answers = Grouper(), {}
    for d in docs[:cut]:
        answers |= {a.id: a.story for a in grouper.add(d)}
    again = restored(docs[:cut], answers)
    assert [again.add(d) for d in docs[cut:]] == [grouper.add(d) for d in docs[cut:]]


def test_restoring_needs_only_twice_the_memory():
    docs = stream(events=300, span_hours=24.0)
    grouper, answers = Grouper(Settings(memory=80)), {}
    for d in docs[:400]:
        answers |= {a.id: a.story for a in grouper.add(d)}
    again = restored(docs[400 - 160 : 400], answers, memory=80)
    assert [again.add(d) for d in docs[400:]] == [grouper.add(d) for d in docs[400:]]


def test_order_within_the_hour_matters_little():
    docs = stream(events=150)
    shuffled = sorted(docs, key=lambda d: (d["published"][:13], random.Random(d["id"]).random()))
    assert b_cubed(run(docs), run(shuffled)) >= 0.98


def test_memory_is_bounded_by_count_and_time():
    grouper = Grouper(Settings(memory=50))
    for d in stream(events=100):
        grouper.add(d)
    (only,) = grouper._streams.values()
    assert len(only.members) == 50
    for k in range(40):
        grouper.add(report(1000 + k, 0, 24 * 30))
    assert len(only.members) <= 41


def cpu(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def test_a_giant_article_costs_no_more_than_its_lead():
    grouper = Grouper()
    assert cpu(lambda: grouper.add(doc("1", "Fire", "Varnholt burns 17 times. " * 200_000))) < 0.5


def test_ten_thousand_articles_with_one_headline_swallow_nothing():
    flood = [report(5000 + k, 0, 10 + k / 4000) | {"title": "Breaking news", "source": "Flood"} for k in range(4000)]
    docs = sorted(stream(events=60) + flood, key=lambda d: d["published"])
    story = {}
    assert cpu(lambda: story.update(run(docs))) < 20
    truth = {d["id"]: d["truth"] for d in docs if "truth" in d}
    assert b_cubed(truth, {i: story[i] for i in truth}) > 0.9
    largest = Counter(story[d["id"]] for d in flood).most_common(1)[0][1]
    assert largest < 0.05 * len(flood)


def test_empty_articles_stay_alone_and_impossible_dates_harm_nobody():
    empty = [doc(f"e{k}", "", "") for k in range(5)]
    future = [report(900 + k, 0, 24 * 365 * 50) for k in range(5)]
    docs = stream(events=40)
    docs = docs[:30] + empty + future + docs[30:]
    story = run(docs)
    assert len({story[d["id"]] for d in empty}) == 5
    truth = {d["id"]: d["truth"] for d in docs if "truth" in d}
    assert b_cubed(truth, {i: story[i] for i in truth}) > 0.9


@given(st.lists(st.fixed_dictionaries({"title": st.text(max_size=40), "text": st.text(max_size=80)}), max_size=12))
def test_any_text_gets_a_story(texts):
    docs = [{"id": str(k), "lang": "en", "published": None, "source": None} | t for k, t in enumerate(texts)]
    assert run(docs).keys() == {d["id"] for d in docs}
