from django.db import migrations

# Tables that both databases have. Keys are compared byte by byte, so that a prefix is a range.
COMMON = [
    "CREATE TABLE search_document (place bigint PRIMARY KEY, article_id bigint NOT NULL,"
    " language varchar(2) NOT NULL, fields text NOT NULL)",
    "CREATE UNIQUE INDEX search_document_article ON search_document (article_id)",
    "CREATE TABLE search_language (language varchar(2) PRIMARY KEY, articles bigint NOT NULL)",
    "CREATE TABLE search_name (term text {exact} PRIMARY KEY, reversed text {exact} NOT NULL,"
    " length integer NOT NULL, articles bigint NOT NULL)",
    "CREATE INDEX search_name_start ON search_name (term, length, articles)",
    "CREATE INDEX search_name_end ON search_name (reversed, length, articles)",
    "CREATE TABLE search_prompt (key text {exact} NOT NULL, opening text {exact} NOT NULL,"
    " kind varchar(12) NOT NULL, target bigint NOT NULL, articles bigint NOT NULL, PRIMARY KEY (key, kind, target))",
    "CREATE INDEX search_prompt_opening ON search_prompt (opening, articles)",
    "CREATE TABLE search_state (name varchar(20) PRIMARY KEY, value varchar(200) NOT NULL)",
]
POSTGRESQL = [
    "DROP TABLE search_terms",
    "CREATE TABLE search_terms (place bigint PRIMARY KEY, terms tsvector NOT NULL)",
    "CREATE INDEX search_terms_terms ON search_terms USING gin (terms)",
]
SQLITE = [
    "DROP TABLE search_fts",
    # The terms are ready made: the tokenizer only has to cut at spaces.
    "CREATE VIRTUAL TABLE search_fts USING fts5(headline, authors, publisher, body, marks, content='',"
    " tokenize = \"ascii tokenchars '.:-'\")",
    "CREATE TABLE search_packed (place integer PRIMARY KEY, terms blob NOT NULL)",
]
COMMON_TABLES = ("search_document", "search_language", "search_name", "search_prompt", "search_state")


def create(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if is_postgresql else SQLITE:
        schema_editor.execute(statement)
    for statement in COMMON:
        if not is_postgresql:  # the row's place is its address in the table
            statement = statement.replace("place bigint PRIMARY KEY", "place integer PRIMARY KEY")
        schema_editor.execute(statement.format(exact='COLLATE "C"' if is_postgresql else ""))


def drop(apps, schema_editor):
    """Back to empty tables of the first form; the index is built again by a command."""
    for table in COMMON_TABLES:
        schema_editor.execute(f"DROP TABLE {table}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TABLE search_terms")
        schema_editor.execute("CREATE TABLE search_terms (article_id bigint PRIMARY KEY, terms tsvector NOT NULL)")
        schema_editor.execute("CREATE INDEX search_terms_terms ON search_terms USING gin (terms)")
    else:
        schema_editor.execute("DROP TABLE search_packed")
        schema_editor.execute("DROP TABLE search_fts")
        schema_editor.execute(
            "CREATE VIRTUAL TABLE search_fts USING fts5(headline, body, names,"
            " tokenize = \"unicode61 remove_diacritics 0 tokenchars '.'\")"
        )


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("stories", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
