import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.site.requests import encoding_for, file_name, is_known, is_our_host, page_key, query_words


@pytest.mark.parametrize(
    ("path", "query", "key"),
    [
        ("/", "", "/"),
        ("/latest", "page=2", "/latest?page=2"),
        ("/latest", "page=1", "/latest"),
        ("/latest", "utm_source=x&page=2&fbclid=y", "/latest?page=2"),
        ("/latest", "utm_source=x", "/latest"),
        ("/latest", "page=2&page=3", "/latest?page=2"),
        ("/latest", "page=02x", None),
        ("/latest", "page=-1", None),
        ("/latest", "page=٢", None),
        ("/latest", "page=9999", None),
        ("/api/v1/stories", "", "/api/v1/stories"),
        ("/api/v1/stories", "limit=5", None),
        ("/oembed", "url=x", None),
        ("/search", "q=ferry", None),
        ("/search", "", None),
        ("/-/metrics", "", None),
        ("/articles/4-ferry", "", "/articles/4-ferry"),
        ("/articles/4-فيري", "", "/articles/4-فيري"),
        ("/a\x00b", "", None),
        ("/a\nb", "", None),
        ("/" + "a" * 2000, "", None),
    ],
)
def test_page_key(path, query, key):
    assert page_key(path, query) == key


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_key_holds_nothing_of_a_query_but_a_page_number(path, query):
    key = page_key("/" + path, query)
    if key is not None:
        rest = key.removeprefix("/" + path)
        assert rest == "" or (rest.startswith("?page=") and rest[6:].isdigit())


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("news.example.org", True),
        ("NEWS.example.org:8000", True),
        ("[::1]:8000", True),
        ("[::1]", True),
        ("a.below.example", True),
        ("evil.example", False),
        ("news.example.org.evil.example", False),
        ("news.example.org@evil.example", False),
        ("", False),
        (None, False),
        ("x" * 300, False),
    ],
)
def test_is_our_host(host, is_ours):
    assert is_our_host(host, {"news.example.org", "[::1]", ".below.example"}) is is_ours


def test_a_star_allows_every_host():
    assert is_our_host("anything.example", {"*"})


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.0", ""),
        ("BR", "br"),
        ("deflate", ""),
        ("", ""),
        (None, ""),
        ("xbr, notgzip", ""),
    ],
)
def test_encoding_for(accept, encoding):
    assert encoding_for(accept) == encoding


def test_is_known():
    assert is_known("abc", '"abc-br"')
    assert is_known("abc", 'W/"x", "abc"')
    assert is_known("abc", "*")
    assert not is_known("abc", '"abd"')
    assert not is_known("abc", None)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/pictures/0a1b.webp", "0a1b.webp"),
        ("/pictures/../secret-key", None),
        ("/pictures/a/b.webp", None),
        ("/pictures/.hidden", None),
        ("/pictures/", None),
        ("/pictures/a\\b.webp", None),
        ("/other/a.webp", None),
    ],
)
def test_file_name_leads_nowhere_else(path, name):
    assert file_name(path, "/pictures/") == name


@given(st.text(max_size=3000))
def test_any_query_can_be_read(query):
    assert isinstance(query_words(query), dict)


def test_a_query_of_endless_words_is_cut():
    assert query_words("&".join(f"q{number}=x" for number in range(3_000))).keys() == {f"q{n}" for n in range(40)}
