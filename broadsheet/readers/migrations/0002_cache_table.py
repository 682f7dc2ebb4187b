"""The table of the shared cache, which holds what limits guessing; Django makes it by a command of its own."""

from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE readers_cache")


class Migration(migrations.Migration):
    dependencies = [("readers", "0001_accounts_and_follows")]
    operations = [migrations.RunPython(make_table, drop_table)]
