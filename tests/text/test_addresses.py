import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.text.addresses import (
    LONGEST,
    AddressError,
    authority_of,
    canonical,
    host_of,
    identity_key,
    normalize,
    same_page,
    same_site,
    site,
)


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("HTTP://WWW.Example.COM/A/b", "http://www.example.com/A/b"),
        ("http://example.com", "http://example.com/"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("http://example.com:80/a", "http://example.com/a"),
        ("http://example.com:8080/a", "http://example.com:8080/a"),
        ("  https://example.com/a\n", "https://example.com/a"),
        ("https://example.com/a\nb", "https://example.com/ab"),
        ("https://example.com/a/./b/../c/", "https://example.com/a/c/"),
        ("https://example.com/../../a", "https://example.com/a"),
        ("https://example.com/a#part", "https://example.com/a"),
        ("https://example.com/a b", "https://example.com/a%20b"),
        ("https://example.com/%7euser/%c3%a9", "https://example.com/~user/%C3%A9"),
        ("https://example.com/é", "https://example.com/%C3%A9"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/a%2Fb", "https://example.com/a%2Fb"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://straße.example/x", "https://xn--strae-oqa.example/x"),
        ("https://例え.テスト/新聞", "https://xn--r8jz45g.xn--zckzah/%E6%96%B0%E8%81%9E"),
        ("https://example.com./a", "https://example.com/a"),
        ("https:\\\\example.com\\a", "https://example.com/a"),
        ("http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
        ("https://example.com/?b=2&a=1&utm_source=x", "https://example.com/?b=2&a=1&utm_source=x"),
    ],
)
def test_normalize_changes_only_the_spelling(written, spelled):
    assert normalize(written) == spelled


@pytest.mark.parametrize(
    ("written", "joined"),
    [
        ("story/1", "https://a.example/news/story/1"),
        ("/story/1", "https://a.example/story/1"),
        ("../1", "https://a.example/1"),
        ("//b.example/1", "https://b.example/1"),
        ("?id=1", "https://a.example/news/?id=1"),
        ("http://c.example/", "http://c.example/"),
    ],
)
def test_relative_addresses_are_joined(written, joined):
    assert normalize(written, "https://a.example/news/") == joined


@pytest.mark.parametrize(
    "written",
    [
        "",
        "example.com",
        "ftp://example.com/",
        "javascript:alert(1)",
        "mailto:a@b.example",
        "http://",
        "http:///a",
        "http://user@example.com/",
        "http://user:pw@example.com/",
        "http://example.com:0/",
        "http://example.com:99999/",
        "http://exa mple.com/",
        "http://a..b/",
        "http://[::1",
        "http://ex%00ample.com/",
        "http://a/" + "x" * LONGEST,
    ],
)
def test_unusable_addresses_are_errors(written):
    with pytest.raises(AddressError):
        normalize(written)


@pytest.mark.parametrize(
    ("written", "known_as"),
    [
        ("https://a.example/x?utm_source=rss&utm_medium=feed", "https://a.example/x"),
        ("https://a.example/x?fbclid=1&id=7", "https://a.example/x?id=7"),
        ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2"),
        ("https://a.example/x?a=2&a=1", "https://a.example/x?a=2&a=1"),
        ("https://a.example/x?flag&a=1", "https://a.example/x?flag&a=1"),
        ("https://a.example/x?ref=rss", "https://a.example/x"),
        ("https://a.example/x?ref=8321", "https://a.example/x?ref=8321"),
        ("https://a.example/x?smid=tw-share&CMP=share_btn_tw&at_medium=RSS", "https://a.example/x"),
        ("https://a.example/x?source=8", "https://a.example/x?source=8"),
        ("https://a.example/x#comments", "https://a.example/x"),
        ("https://a.example/#!/story/5", "https://a.example/#!/story/5"),
        ("https://a.example/x;jsessionid=AB12?id=1", "https://a.example/x?id=1"),
        ("https://a.example/amp/2026/story", "https://a.example/2026/story"),
        ("https://a.example/2026/story/amp/", "https://a.example/2026/story"),
        ("https://a.example/2026/story/amp", "https://a.example/2026/story"),
        ("https://a.example/story.amp.html", "https://a.example/story.html"),
        ("https://a.example/2026/story.amp", "https://a.example/2026/story"),
        ("https://a.example/story?amp=1", "https://a.example/story"),
        ("https://a.example/story?outputType=amp", "https://a.example/story"),
        ("https://a-example.cdn.ampproject.org/c/s/a.example/story", "https://a.example/story"),
        ("https://www.google.com/amp/s/a.example/amp/2026/story", "https://a.example/2026/story"),
        ("https://a.example/amp", "https://a.example/amp"),
        ("https://a.example/guitars/amps", "https://a.example/guitars/amps"),
        ("https://a.example/camp/story", "https://a.example/camp/story"),
        ("https://a.example/x?page=2", "https://a.example/x?page=2"),
    ],
)
def test_canonical_drops_what_does_not_choose_the_article(written, known_as):
    assert canonical(written) == known_as


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.a.example/x/", "https://a.example/x?utm_campaign=y"),
        ("https://m.a.example/x", "https://amp.a.example/x"),
        ("https://a.example/x", "https://a.example/amp/x"),
        ("https://a.example/x", "https://a.example/x/amp/"),
        ("https://A.example/x", "http://a.example:80/x#top"),
    ],
)
def test_same_page_under_two_addresses(one, other):
    assert identity_key(one) == identity_key(other)
    assert same_page(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/x", "https://b.example/x"),
        ("https://news.a.example/x", "https://a.example/x"),
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://a.example/x?id=1", "https://a.example/x"),
        ("https://a.example/x?p=1&p=2", "https://a.example/x?p=2&p=1"),
        ("https://a.example/1-a", "https://a.example/1-b"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("https://a.example/x;v=1", "https://a.example/x;v=2"),
        ("https://a.example/x", "https://a.example:8443/x"),
        ("http://127.0.0.1:8001/x", "http://127.0.0.1:8002/x"),
        ("https://a.example/#!1", "https://a.example/#!2"),
        ("https://a.example/?q=a+b", "https://a.example/?q=a%2Bb"),
        ("https://m.example/x", "https://example/x"),
        ("https://a.example/story?source=12", "https://a.example/story?source=13"),
        ("https://a.example/?sc_itemid=1", "https://a.example/?sc_itemid=2"),
        ("https://a.example/?assetid=1", "https://a.example/?assetid=2"),
        ("https://a.example/?smid=1", "https://a.example/?smid=2"),
        ("https://a.example/?ad_id=1", "https://a.example/?ad_id=2"),
    ],
)
def test_different_articles_never_share_a_key(one, other):
    assert identity_key(one) != identity_key(other)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.a.example/x", "a.example"),
        ("https://news.paper.co.uk/", "paper.co.uk"),
        ("https://paper.co.uk/", "paper.co.uk"),
        ("https://www.paper.com.au/", "paper.com.au"),
        ("https://ana.blogspot.com/", "ana.blogspot.com"),
        ("https://www.ana.substack.com/", "ana.substack.com"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("http://localhost/", "localhost"),
        ("https://edition.paper.fr/", "paper.fr"),
    ],
)
def test_site_is_the_registered_name(address, name):
    assert site(address) == name


def test_same_site():
    assert same_site("https://feeds.a.example/rss", "http://www.a.example/")
    assert not same_site("https://ana.blogspot.com/", "https://ben.blogspot.com/")
    assert not same_site("https://a.co.uk/", "https://b.co.uk/")
    assert not same_site("not an address", "not an address")


def test_authority_is_what_robots_are_counted_by():
    assert str(authority_of("HTTPS://A.example/x")) == "https://a.example"
    assert str(authority_of("http://[::1]:8080/x")) == "http://[::1]:8080"
    assert authority_of("http://a.example").port == 80
    assert host_of("http://Bücher.example/") == "xn--bcher-kva.example"


ADDRESSES = st.builds(
    lambda host, path, query: f"https://{host}/{path}?{query}",
    st.sampled_from(["a.example", "www.b.example", "amp.c.co.uk", "bücher.example"]),
    st.text(max_size=40),
    st.text(max_size=40),
)


@given(ADDRESSES | st.text(max_size=200))
def test_every_form_is_stable_or_refused(text):
    for form in (normalize, canonical):
        try:
            once = form(text)
        except AddressError:
            continue
        assert form(once) == once
        assert once.isascii()
        assert not any(letter <= " " for letter in once)


@given(ADDRESSES)
def test_key_does_not_depend_on_the_form_it_is_made_from(text):
    try:
        key = identity_key(text)
    except AddressError:
        return
    assert identity_key(normalize(text)) == key
    assert identity_key(canonical(text)) == key


def test_errors_show_no_password():
    with pytest.raises(AddressError) as caught:
        normalize("https://ana:secret@a.example/")
    assert "secret" not in str(caught.value)
