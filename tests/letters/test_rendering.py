"""Mails of an edition: what stands in them, in whose words, and what is left out."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from broadsheet.finished.actions import purge
from broadsheet.letters.audience import Recipient
from broadsheet.letters.models import Edition, Item, Letter
from broadsheet.letters.rendering import FRESH, compose
from tests.factories import NOW, make_article, make_publisher, make_revision, make_section, make_story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("composing")]


@pytest.fixture
def letter():
    return Letter.objects.create(slug="dawn", name="Dawn", made_at=NOW)


def make_edition(letter, *stories, **more):
    edition = Edition.objects.create(letter=letter, issue=1, until=NOW, go_at=NOW, **more)
    for place, story in enumerate(stories):
        Item.objects.create(edition=edition, position=place, story=story, moved_at=story.moved_at)
    return edition


def story_called(headline, *, mode="extract", publisher=None, **more):
    return make_story(make_article(publisher or make_publisher(mode=mode), headline=headline, **more))


def recipient(**more):
    more = {"subscriber": 1, "address": "ada@harbor.example", "key": "k" * 43, "language": "", "zone": "", **more}
    return Recipient(**{"reader": None, "story": None, "due_at": NOW, **more})


def mail_of(edition, **more):
    return compose(edition, now=NOW).mail(recipient(**more))


class Tags(HTMLParser):
    """Elements with their attributes, and whether all that were opened were closed."""

    def __init__(self, html):
        super().__init__()
        self.found, self.open = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


# What it says


def test_a_mail_tells_its_stories_with_the_links_of_its_reader(letter):
    publisher = make_publisher("The Harbor Courier", mode="extract")
    story = story_called("Ferry sails again", publisher=publisher, section=make_section())
    mail = mail_of(make_edition(letter, story))
    assert (mail.subject, mail.language) == ("Ferry sails again", "en")
    for part in (mail.html, mail.text):
        for words in (
            "Ferry sails again",
            "The ferry sails again.",
            "The Harbor Courier",
            "Dawn",
            "Sunday, 22 November 2026",
        ):
            assert words in part
        assert f"https://news.example.org/letters/leave/{'k' * 43}.{letter.pk}" in part
        assert f"https://news.example.org/letters/settings/{'k' * 43}" in part
        assert f"https://news.example.org/articles/{story.lead_id}" in part
        assert "https://news.example.org/letters/dawn/1" in part
        assert "slot-" not in part


def test_two_readers_get_the_same_mail_but_for_their_links(letter):
    composed = compose(make_edition(letter, story_called("Ferry sails")), now=NOW)
    one, other = (composed.mail(recipient(key=key * 43)) for key in "ab")
    assert one.html != other.html
    assert one.html.replace("a" * 43, "b" * 43) == other.html
    assert one.text.replace("a" * 43, "b" * 43) == other.text


def test_each_reader_is_spoken_to_in_their_language_in_their_day(letter):
    composed = compose(make_edition(letter, story_called("Ferry sails")), now=NOW)
    german = composed.mail(recipient(language="de-AT", zone="Pacific/Auckland", due_at=NOW + timedelta(hours=5)))
    assert "Montag, 23. November 2026" in german.text
    assert german.language == "de"
    arabic = composed.mail(recipient(language="ar"))
    assert '<html lang="ar" dir="rtl"' in arabic.html
    assert '<h2 class="ink first" dir="ltr" lang="en" align="left"' in arabic.html
    assert composed.mail(recipient(language="zh-TW")).language == "zh-hans"
    assert composed.mail(recipient(language="tlh")).language == "en"


def test_an_arabic_headline_stands_right_to_left_in_an_english_letter(letter):
    story = story_called("عودة العبارة", language="ar", direction="rtl")
    mail = mail_of(make_edition(letter, story))
    assert '<h2 class="ink first" dir="rtl" lang="ar" align="right"' in mail.html


def test_an_editors_words_stand_in_both_parts(letter):
    story = story_called("Ferry sails")
    edition = make_edition(
        letter, story, subject="A long night", introduction="Good **morning**, [read](https://a.example/b)."
    )
    edition.items.update(headline="The ferry, at last", words="It was *late*.")
    Item.objects.create(edition=edition, position=9, kind="words", headline="Weather", words="- rain\n- snow")
    mail = mail_of(edition)
    assert mail.subject == "A long night"
    assert "<strong>morning</strong>" in mail.html
    assert re.search(r'<a style="[^"]+" href="https://a.example/b">read</a>', mail.html)
    assert "Good morning, read [1].\n\n[1] https://a.example/b" in mail.text
    assert "The ferry, at last" in mail.html
    assert "Ferry sails" not in mail.html
    assert "It was <em>late</em>." in mail.html
    assert "The ferry sails again." not in mail.text
    assert "- rain\n\n- snow" in mail.text


def test_a_correction_leads_to_what_changed(letter):
    story = story_called("Ferry sails")
    revision = make_revision(story.lead, "Ferry stays", is_announced=True)
    edition = make_edition(letter, story)
    Item.objects.create(edition=edition, position=5, kind="correction", correction=revision.pk)
    mail = mail_of(edition)
    for part in (mail.html, mail.text):
        assert "has corrected this report" in part
        assert f"https://news.example.org/articles/{story.lead_id}/versions" in part


def test_a_letter_about_one_story_names_what_is_new(letter):
    Letter.objects.update(kind="story")
    letter.refresh_from_db()
    old, new = make_article(headline="Old report", minutes_ago=300), make_article(headline="New report", minutes_ago=20)
    copy = make_article(headline="A copy", minutes_ago=10)
    story = make_story(old, new, copy, copies={copy: new})
    mail = mail_of(make_edition(letter, story, story=story, since=NOW - timedelta(hours=1)))
    assert "- New report" in mail.text
    assert "- Old report" not in mail.text
    assert "A copy" not in mail.text
    assert f"/letters/leave/{'k' * 43}.{letter.pk}.{story.pk}" in mail.text
    assert f"https://news.example.org/stories/{story.pk}" in mail.text


# Rights


def test_a_letter_shows_no_more_than_its_output_may(letter):
    story = story_called("Only a headline", mode="headline", summary="Not for letters.")
    mail = mail_of(make_edition(letter, story))
    assert "Only a headline" in mail.text
    assert "Not for letters." not in mail.text + mail.html


@pytest.mark.parametrize("mode", ["link", "none"])
def test_what_may_not_be_named_is_not_there_nor_are_an_editors_words_about_it(letter, mode):
    hidden, shown = story_called("Not to be named", mode=mode), story_called("May be named")
    edition = make_edition(letter, hidden, shown)
    edition.items.filter(story=hidden).update(headline="Secret in our words", words="Even so")
    mail = mail_of(edition)
    assert mail.subject == "May be named"
    for words in ("Not to be named", "Secret", "Even so"):
        assert words not in mail.html + mail.text


def test_a_story_is_told_by_another_report_where_its_lead_may_not_be_named(letter):
    hidden = make_article(make_publisher(mode="link"), headline="The lead")
    shown = make_article(make_publisher(mode="headline"), headline="The other")
    mail = mail_of(make_edition(letter, make_story(hidden, shown)))
    assert mail.subject == "The other"
    assert "The lead" not in mail.html


def test_a_mail_with_nothing_left_to_tell_is_none(letter):
    composed = compose(make_edition(letter, story_called("Hidden", mode="none"), introduction="Good morning"), now=NOW)
    assert composed.is_empty
    assert composed.mail(recipient()) is None


def test_what_is_taken_down_while_an_edition_goes_out_is_not_in_the_next_mail(letter):
    story, other = story_called("Taken down"), story_called("Stays")
    composed = compose(make_edition(letter, story, other), now=NOW)
    assert "Taken down" in composed.mail(recipient()).html
    story.lead.state = "removed"
    story.lead.save()
    purge([story.lead.tag])
    assert composed.refresh(now=NOW)
    mail = composed.mail(recipient())
    assert "Taken down" not in mail.html + mail.text
    assert mail.subject == "Stays"


def test_a_line_of_the_ledger_reaches_an_edition_that_goes_out(letter):
    publisher = make_publisher(mode="extract")
    composed = compose(make_edition(letter, story_called("Ferry", publisher=publisher, summary="Words.")), now=NOW)
    publisher.ledger.create(mode="headline", basis="takedown", evidence="a letter", noted_at=NOW)
    assert composed.refresh(now=NOW)
    assert "Words." not in composed.mail(recipient()).html


def test_what_did_not_change_is_not_composed_again_within_a_minute(letter, django_assert_num_queries):
    composed = compose(make_edition(letter, story_called("Ferry")), now=NOW)
    purge(["story:999999"])
    with django_assert_num_queries(2):
        assert not composed.refresh(now=NOW + FRESH / 2)
    assert composed.refresh(now=NOW + FRESH)


def test_mails_ask_the_database_nothing(letter, django_assert_num_queries):
    composed = compose(make_edition(letter, story_called("Ferry")), now=NOW)
    with django_assert_num_queries(0):
        for language in ("", "de", "ar", "zh"):
            assert composed.mail(recipient(language=language))


# Hostile contents


HOSTILE = '<script>alert(1)</script> "quoted" & \u202eturned\u202c\r\nBcc: x@evil.example {{ site }} slot-leave'


def test_nothing_a_publisher_writes_becomes_markup_or_a_line_of_the_head(letter):
    publisher = make_publisher(mode="extract")
    publisher.name = f"P {HOSTILE}"
    publisher.save()
    story = story_called(HOSTILE, publisher=publisher, summary=HOSTILE)
    mail = mail_of(make_edition(letter, story))
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject
    assert "\u202e" not in mail.subject
    assert "<script" not in mail.html
    assert "alert(1)" in mail.html
    assert "{{ site }}" in mail.html
    assert "\r" not in mail.text
    assert '<script>alert(1)</script> "quoted" & ' in mail.text  # plain text is told as it is


def test_an_editors_markup_is_cleaned(letter):
    edition = make_edition(
        letter,
        story_called("Ferry"),
        introduction="<img src=x onerror=y> [a](javascript:z) ![i](https://x.example/p.gif)",
    )
    mail = mail_of(edition)
    tags = {tag for tag, _attributes in Tags(mail.html).found}
    assert tags.isdisjoint({"img", "script", "link", "iframe", "form", "video", "svg"})
    assert 'href="javascript' not in mail.html


# What mail programs want


def test_the_html_stands_without_style_sheet_picture_or_script(letter):
    stories = [story_called(f"Headline {number}", section=make_section()) for number in range(3)]
    mail = mail_of(make_edition(letter, *stories, introduction="Words."))
    page = Tags(mail.html)
    assert page.open == []
    for tag, attributes in page.found:
        assert "src" not in attributes
        assert "background" not in attributes
        if tag in {"p", "h1", "h2", "a"} and "style" not in attributes:
            raise AssertionError(f"{tag} {attributes} would look like anything")
        if tag == "table":
            assert attributes["role"] == "presentation"
        if tag == "a":
            assert attributes["href"].startswith("https://news.example.org")
    assert "url(" not in mail.html
    assert "@import" not in mail.html
    blocks = re.findall(r"<style>(.*?)</style>", mail.html, re.DOTALL)
    assert all(len(block) < 8_192 for block in blocks)  # Gmail drops longer ones


def test_word_gets_a_table_of_fixed_width_and_closes_it(letter):
    html = mail_of(make_edition(letter, story_called("Ferry"))).html
    assert html.count("<!--[if mso]>") == html.count("<![endif]-->") == 3
    assert '<!--[if mso]><table role="presentation" width="600"' in html
    assert "<!--[if mso]></td></tr></table><![endif]-->" in html


def test_dark_and_light_are_declared_and_the_operators_colors_used(letter, settings, tmp_path):
    settings.DATA = tmp_path
    (tmp_path / "site.toml").write_text(
        'name = "The Skerry Post"\n[colors]\naccent = {light = "#004488", dark = "#88ccff"}\n'
    )
    html = mail_of(make_edition(letter, story_called("Ferry", section=make_section()))).html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "color:#004488" in html
    assert ".accent{color:#88ccff!important}" in html
    assert "The Skerry Post" in html


def test_what_is_too_long_is_cut_with_a_link_to_all_of_it(letter):
    edition = make_edition(letter, story_called("Ferry"))
    Item.objects.bulk_create(
        [
            Item(edition=edition, kind="words", headline=f"Part {n}", words="语" * 4_000, position=n)
            for n in range(1, 60)
        ]
    )
    mail = mail_of(edition)
    assert len(mail.html.encode()) < 100_000
    assert "Part 1" in mail.html
    assert "Part 50" not in mail.html
    assert re.search(r"\d+ more on the site", mail.html)
    assert re.search(r"\d+ more on the site", mail.text)
    assert Tags(mail.html).open == []


def test_programs_show_more_headlines_behind_the_subject(letter):
    stories = [story_called(headline) for headline in ("One", "Two & three", "Four")]
    html = mail_of(make_edition(letter, *stories)).html
    assert "Two &amp; three · Four&#847;" in html


def test_the_postal_address_and_the_reason_stand_below(letter, monkeypatch, settings):
    monkeypatch.setattr(
        settings.ENVIRONMENT, "postal_address", "The Harbor Courier, 1 Pier Road, Skerries", raising=False
    )
    mail = mail_of(make_edition(letter, story_called("Ferry")))
    for part in (mail.html, mail.text):
        assert "1 Pier Road, Skerries" in part
        assert "because you asked for it" in " ".join(part.split())


def test_lines_of_the_text_are_short_but_for_addresses(letter):
    story = story_called("A headline that goes on and on " * 6, summary="语言" * 150)
    text = mail_of(make_edition(letter, story, introduction="word " * 80)).text
    assert all(len(line) <= 72 or line.startswith("https://") for line in text.splitlines())
    assert not text.startswith("\n")
