from django.db import migrations


def create_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE TABLE search_terms (article_id bigint PRIMARY KEY, terms tsvector NOT NULL)"
        )
        schema_editor.execute("CREATE INDEX search_terms_terms ON search_terms USING gin (terms)")
    else:
        # The terms are ready made: the tokenizer only has to cut at spaces.
        schema_editor.execute(
            "CREATE VIRTUAL TABLE search_fts USING fts5(headline, body, names,"
            " tokenize = \"unicode61 remove_diacritics 0 tokenchars '.'\")"
        )


def drop_index(apps, schema_editor):
    table = "search_terms" if schema_editor.connection.vendor == "postgresql" else "search_fts"
    schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    initial = True
    dependencies = [("articles", "0001_initial")]
    operations = [
        migrations.RunPython(create_index, drop_index),
    ]
