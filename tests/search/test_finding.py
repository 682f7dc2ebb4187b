"""What is found, in which order, under which filters."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.articles.models import Article
from broadsheet.search import folding, queries, windows
from broadsheet.search.actions import index_articles
from broadsheet.search.queries import search
from broadsheet.sources.models import LedgerLine, Publisher
from tests.factories import make_story
from tests.plans import plan_of
from tests.search.conftest import NOW


def test_korean_words_under_their_particles(library):
    row = library.article("정부가 조약을 승인했다", language="ko")

    assert library.find("정부") == library.find("조약") == [row]


def test_thai_hebrew_hindi_and_arabic(library):
    thai = library.article("รัฐบาลลงนามสนธิสัญญา", language="th")
    hebrew = library.article("הממשלה אישרה את ההסכם", language="he")
    hindi = library.article("सरकार ने समझौता किया", language="hi")
    arabic = library.article("أُعيدَ فتحُ المَضيق", language="ar")

    assert library.find("สนธิสัญญา") == [thai]
    assert library.find("הַהסכם") == [hebrew]
    assert library.find("समझौता") == [hindi]
    assert library.find("المضيق") == [arabic]


def test_chinese_by_one_character_of_the_headline_and_in_pieces(library):
    row = library.article("海峡重新开放", "两国代表签署协议。", language="zh")

    assert library.find("峡") == [row]
    assert library.find("海峡开放") == [row]
    assert search("海峡开放", now=NOW).is_relaxed
    assert library.find("「海峡开放」") == []


def test_words_in_the_language_of_the_article_only(library):
    library.article("Die Häuser am Fluss", language="de", days=3)
    library.article("New houses on the river", days=2)

    assert len(library.find("haus")) == 1
    assert len(library.find("house", language="en")) == 1
    assert library.find("house", language="de") == []


def test_common_words_are_welcome_but_not_demanded(library):
    without = library.article("Treaty signed", days=1)
    with_them = library.article("The state of the treaty", days=2)

    assert library.find("the state of the treaty") == [with_them]
    assert library.find("the treaty") == [with_them, without]
    assert library.find('"the treaty"') == [with_them]
    assert library.find("of the") == [with_them]


def test_published_last_is_newest_whenever_it_arrived(library, monkeypatch):
    newest = library.article("Treaty today", days=0.1)
    library.article("Treaty of an archive that arrived later", days=900)
    monkeypatch.setattr(queries, "CONSIDERED", 1)

    found = search("treaty", now=NOW)

    assert [hit.article_id for hit in found.hits] == [newest]
    assert (found.total, found.is_bounded) == (1, True)


def test_many_articles_of_one_minute_each_have_a_place(library, monkeypatch):
    rows = [library.article(f"Treaty {number}", days=1) for number in range(5)]
    monkeypatch.setattr("broadsheet.search.terms.SLOTS_BITS", 0)
    index_articles(rows, now=NOW)

    assert sorted(library.find("treaty")) == rows


def test_headline_counts_more_than_text_and_age_against_it(library):
    text = library.article("Talks go on", "Nothing yet about the treaty.", days=1)
    headline = library.article("A treaty at last", days=2)
    old = library.article("A treaty long ago", days=300)

    assert library.find("treaty") == [headline, text, old]
    assert library.find("treaty", order="newest") == [text, headline, old]


def test_words_side_by_side_in_the_headline_come_first(library):
    apart = library.article("River floods: a bridge falls near the treaty house", days=1)
    together = library.article("Who pays for the river bridge", days=2)

    assert library.find("river bridge") == [together, apart]


def test_filters_for_and_against(library):
    library.paper("herald", "Harbor Herald", "https://www.herald.example/")
    one = library.article("Treaty one", paper="tidings", kind="opinion", byline="Ada Quill", days=1)
    two = library.article("Treaty two", paper="herald", kind="press_release", section="culture", days=2)
    three = library.article("Treaty three", paper="bao", language="zh-Hans", section=None, days=30)

    assert library.find("treaty source:tidings source:herald") == [one, two]
    assert library.find("source:“Harbor Her”") == library.find("source:herald.example") == [two]
    assert library.find("treaty -source:tidings") == [two, three]
    assert library.find("treaty source:nobody") == []
    assert library.find("by:quill") == library.find('treaty by:"Ada Quill"') == [one]
    assert library.find('by:"quill ada"') == library.find("by:tidings") == []
    assert library.find("kind:opinion") == [one]
    assert library.find("treaty -kind:opinion kind:press_release") == [two]
    assert library.find("section:Culture") == library.find("treaty", section="culture") == [two]
    assert library.find("treaty section:culture", section="world") == []
    assert library.find("lang:zh") == library.find("lang:zh-Hans") == library.find("lang:chinese") == [three]
    assert library.find("after:7d") == [one, two]
    assert library.find("treaty before:2w") == [three]


def test_only_what_is_not_wanted_finds_nothing(library):
    library.article("Treaty one")

    assert library.find("-fishing") == library.find("-source:bao") == library.find("") == []


def test_stories_are_folded_under_their_best(library):
    text = library.article("Talks end", "They signed a treaty.", days=0.5)
    headline = library.article("Treaty signed", days=1)
    other = library.article("A treaty elsewhere", days=2)
    make_story(Article.objects.get(pk=text), Article.objects.get(pk=headline))

    found = search("treaty", now=NOW, folded=True)

    assert [(hit.article_id, hit.others) for hit in found.hits] == [(headline, (text,)), (other, ())]
    assert (found.total, found.pages) == (3, 1)


def test_stories_are_folded_whole_however_far_below_their_best_the_others_stand(library, monkeypatch):
    monkeypatch.setattr(folding, "FIRST", 2)
    rows = [library.article(f"Treaty, day {day}", days=day) for day in range(8)]
    articles = Article.objects.in_bulk(rows)
    make_story(articles[rows[0]], articles[rows[5]], articles[rows[7]])
    large = make_story(articles[rows[3]], articles[rows[4]])
    alone = [rows[1], rows[2], rows[6]]
    wanted = [(rows[0], (rows[5], rows[7])), *((row, ()) for row in alone[:2]), (rows[3], (rows[4],)), (rows[6], ())]

    for size in (2, 5_000):  # asked from the side of the stories, and of the matches
        large.articles_count = size
        large.save()
        for page in range(1, 4):
            monkeypatch.setattr(queries, "PER_PAGE", 2)
            found = search("treaty", now=NOW, folded=True, page=page)
            assert [(hit.article_id, hit.others) for hit in found.hits] == wanted[page * 2 - 2 : page * 2]
            assert (found.total, found.page, found.pages) == (8, page, min(page + 1, 3))
        beyond = search("treaty", now=NOW, folded=True, page=9)
        assert (beyond.page, [hit.article_id for hit in beyond.hits]) == (3, [rows[6]])


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_reports_of_the_stories_found_are_read_from_their_index_alone(library, monkeypatch):
    monkeypatch.setattr(folding, "FIRST", 2)
    rows = [library.article(f"Treaty, day {day}", days=day) for day in range(6)]
    make_story(*Article.objects.filter(pk__in=rows[::3]))
    monkeypatch.setattr(queries, "PER_PAGE", 1)
    with CaptureQueriesContext(connection) as asked:
        search("treaty", now=NOW, folded=True)

    (step,) = plan_of(asked, 'WHERE "stories_membership"."story_id" IN')

    assert "COVERING INDEX membership_story (story_id=?)" in step


def test_removed_between_index_and_page_is_not_shown(library):
    row = library.article("Treaty signed")
    other = library.article("Treaty elsewhere", days=2)
    Article.objects.filter(pk=row).update(state="removed")

    found = search("treaty", now=NOW, folded=True)
    assert ([hit.article_id for hit in found.hits], found.total) == ([other], 1)
    Article.objects.filter(pk=other).delete()
    assert library.find("treaty") == []


def test_number_of_queries_does_not_grow_with_hits(library):
    def queries():
        with CaptureQueriesContext(connection) as done:
            search("treaty", now=NOW, folded=True)
        return len(done)

    for day in range(3):
        library.article(f"Treaty, day {day}", days=day)
    few = queries()
    for day in range(3, 30):
        library.article(f"Treaty, day {day}", days=day)

    assert queries() == few <= (10 if connection.vendor == "postgresql" else 5)


def test_text_that_may_not_be_read_is_not_searched(library):
    for slug, mode in (("tidings", "none"), ("bao", "full")):
        LedgerLine.objects.create(
            publisher=Publisher.objects.get(slug=slug), mode=mode, basis="licence", evidence="letter", noted_at=NOW
        )
    library.article("Treaty", "A word in the text.", paper="tidings")
    kept = library.article("Treaty", "A word in the text.", paper="bao")

    assert library.find("treaty") == library.find("word") == [kept]


@pytest.fixture
def many_windows(library, monkeypatch):
    """A newspaper that is large for its windows: two articles in the first, four in the next."""
    library.rows = [library.article(f"Treaty {'pact' if day in {3, 15} else ''}", days=day + 1) for day in range(16)]
    monkeypatch.setattr(windows, "FIRST_WINDOW", 2)
    return library


def test_windows_leave_nothing_out(many_windows, monkeypatch):
    monkeypatch.setattr(windows, "LONGEST_S", 9)

    assert many_windows.find("treaty", order="newest") == many_windows.rows
    assert many_windows.find("pact") == [many_windows.rows[3], many_windows.rows[15]]
    assert many_windows.find("treaty before:5d after:8d", order="newest") == many_windows.rows[5:8]
    assert many_windows.find("treaty before:1y") == many_windows.find("treaty after:1h") == []


def test_long_search_ends_with_what_is_newest_and_says_so(many_windows, monkeypatch):
    monkeypatch.setattr(windows, "LONGEST_S", -1)

    found = search("treaty", now=NOW)

    assert [hit.article_id for hit in found.hits] == many_windows.rows[:2]
    assert found.is_cut
    assert search("nothingofthesort", now=NOW).is_cut
