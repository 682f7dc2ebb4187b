"""Export, import into an empty site, export again: identical."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from broadsheet.articles.models import Article, Body, Section, Topic
from broadsheet.finished.models import Purge
from broadsheet.gathering.archive import ArchiveError, export_site, import_site
from broadsheet.gathering.archive import reading as reading_module
from broadsheet.gathering.archive.tables import LEFT_OUT, tables
from broadsheet.search.queries import search
from broadsheet.sources.models import LedgerLine, Publisher
from broadsheet.stories.models import Membership
from tests.factories import (
    NOW,
    make_article,
    make_publisher,
)
from tests.gathering.archived import changed, contents, empty_site, rows, state

# There and back


def test_export_import_export_is_identical(site, tmp_path, settings):
    first, second = tmp_path / "first", tmp_path / "second"
    made = export_site(first, now=NOW)
    before = state()
    empty_site(tmp_path, settings)

    taken = import_site(first, now=NOW)
    export_site(second, now=NOW + timedelta(days=1))

    assert contents(second) == contents(first)
    assert state() == before
    assert taken == made
    assert taken.cleaned == 0
    assert all(before.values()), [name for name, found in before.items() if not found]


def test_addresses_bodies_search_and_pictures_are_back(site, tmp_path, settings):
    export_site(tmp_path / "archive", now=NOW)
    data = empty_site(tmp_path, settings)
    import_site(tmp_path / "archive", now=NOW)

    lead = Article.objects.get(pk=site["lead"].pk)
    assert lead.path == site["lead"].path
    assert lead.body.blocks[1]["text"] == "Half \ud83d a sign."
    assert lead.published_at == site["lead"].published_at
    assert Membership.objects.get(article=site["copy"].pk).original_id == lead.pk
    assert [hit.article_id for hit in search("渡轮", now=NOW).hits] == [site["copy"].pk]
    assert [path.name for path in (data / "pictures").iterdir()] == ["0a1b.webp"]
    assert not Section.objects.filter(slug="fresh").exists()
    assert Purge.objects.filter(tag="all").exists()
    assert make_article().pk > Article.objects.order_by("-pk")[1].pk


def test_every_table_is_in_or_left_out_for_a_reason(db):
    ours = {model._meta.label_lower for model in apps.get_models() if model.__module__.startswith("broadsheet.")}

    assert {table.name for table in tables()} | set(LEFT_OUT) == ours
    assert all(LEFT_OUT.values())


def test_rows_are_called_by_names_that_hold_anywhere(site, tmp_path):
    export_site(tmp_path / "archive", now=NOW)

    (body, _) = rows(tmp_path / "archive", "articles.body")
    article = next(row for row in rows(tmp_path / "archive", "articles.article") if row["number"] == site["lead"].pk)
    (mention,) = rows(tmp_path / "archive", "articles.mention")
    assert body["article"] == article["number"]
    assert (article["publisher"], article["source"], article["section"]) == (
        "harbor-times",
        site["lead"].source.key,
        "politics",
    )
    assert (mention["topic"], "number" in mention, "id" in mention) == ("skerries", False, False)


def test_order_does_not_depend_on_the_order_of_arrival(transactional_db, data, tmp_path, settings):
    for slug in ("b", "a", "Z", "é", "-"):
        Topic.objects.create(slug=slug, name=slug, kind="place")
    export_site(tmp_path / "first", now=NOW)

    assert [row["slug"] for row in rows(tmp_path / "first", "articles.topic")] == ["-", "Z", "a", "b", "é"]


def test_field_that_came_later_has_its_default(site, tmp_path, settings):
    export_site(tmp_path / "archive", now=NOW)
    empty_site(tmp_path, settings)

    def forget(row):
        row.pop("owner")
        return row

    import_site(changed(tmp_path, "sources.publisher", forget), now=NOW)

    assert set(Publisher.objects.values_list("owner", flat=True)) == {""}


def test_number_of_queries_is_bounded_by_batches(site, tmp_path, settings, django_assert_max_num_queries):
    publisher = Publisher.objects.first()
    for _ in range(30):
        Body.objects.create(article=make_article(publisher), blocks=[], receipt={})
    with django_assert_max_num_queries(len(tables()) + 4):
        export_site(tmp_path / "archive", now=NOW)
    empty_site(tmp_path, settings)
    with django_assert_max_num_queries(230):
        import_site(tmp_path / "archive", now=NOW)


# All or nothing


def test_site_that_holds_something_is_left_alone(site, tmp_path):
    export_site(tmp_path / "archive", now=NOW)
    before = state()

    with pytest.raises(ArchiveError, match="already holds"):
        import_site(tmp_path / "archive", now=NOW)

    assert state() == before


@pytest.mark.parametrize("step", ["_read_tables", "_read_pictures", "_check_references", "_index", "_place_pictures"])
def test_import_that_ends_early_leaves_the_site_as_it_was(site, tmp_path, settings, monkeypatch, step):
    export_site(tmp_path / "archive", now=NOW)
    data = empty_site(tmp_path, settings)
    before = state()
    real = getattr(reading_module, step)

    def killed(*arguments):
        if step != "_place_pictures":
            real(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(reading_module, step, killed)
    with pytest.raises(KeyboardInterrupt):
        import_site(tmp_path / "archive", now=NOW)
    assert state() == before
    assert list(data.iterdir()) == []
    assert search("ferry", now=NOW).total == 0

    monkeypatch.setattr(reading_module, step, real)
    import_site(tmp_path / "archive", now=NOW)
    assert Article.objects.filter(pk=site["lead"].pk).exists()


def test_pictures_of_a_killed_import_are_replaced(site, tmp_path, settings):
    export_site(tmp_path / "archive", now=NOW)
    data = empty_site(tmp_path, settings)
    (data / "pictures").mkdir()
    (data / "pictures" / "ffff.webp").write_bytes(b"left behind")

    import_site(tmp_path / "archive", now=NOW)

    assert [path.name for path in (data / "pictures").iterdir()] == ["0a1b.webp"]


def test_export_into_a_folder_that_is_not_there(site, tmp_path):
    with pytest.raises(ArchiveError, match="cannot be written"):
        export_site(tmp_path / "nowhere" / "archive", now=NOW)


def test_export_that_fails_leaves_the_older_file(site, tmp_path, monkeypatch):
    (tmp_path / "archive").write_bytes(b"older")
    monkeypatch.setattr("broadsheet.gathering.archive.writing._join", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        export_site(tmp_path / "archive", now=NOW)

    assert (tmp_path / "archive").read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's one writer")
def test_writers_do_not_wait_for_an_export(site, tmp_path):
    from broadsheet.gathering.archive.writing import one_moment

    other = connection.copy()
    with one_moment():
        before = Article.objects.count()
        with other.cursor() as cursor:
            cursor.execute("UPDATE articles_article SET headline = 'changed'")
        other.close()
        assert Article.objects.count() == before
        assert not Article.objects.filter(headline="changed").exists()
    assert Article.objects.filter(headline="changed").exists()


def test_ledger_keeps_its_order(transactional_db, data, tmp_path, settings):
    paper = make_publisher("Pier")
    for mode in ("full", "link", "headline"):
        LedgerLine.objects.create(publisher=paper, mode=mode, basis="none", noted_at=NOW)
    export_site(tmp_path / "archive", now=NOW)
    empty_site(tmp_path, settings)
    import_site(tmp_path / "archive", now=NOW)

    assert list(LedgerLine.objects.order_by("noted_at", "pk").values_list("mode", flat=True)) == [
        "full",
        "link",
        "headline",
    ]
