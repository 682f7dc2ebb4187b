"""How SQLite would answer what was asked: which index it takes, and whether it must look into the table as well."""

from django.db import connection


def plan_of(asked, words):
    """The steps for the one query among `asked` with these words."""
    (sql,) = [query["sql"] for query in asked.captured_queries if words in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[-1] for row in cursor.fetchall()]
