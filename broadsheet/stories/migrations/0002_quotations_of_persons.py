"""Quotations know their person, their order within the article and the article's time."""

from itertools import groupby
from operator import attrgetter

import django.utils.timezone
from django.db import migrations, models

CHUNK = 500


def fill(apps, schema_editor):
    """Take time and person from what is there; articles read anew later get the finer order."""
    from broadsheet.stories.people import person_slug

    quotations = apps.get_model('stories', 'Quotation').objects
    found = quotations.select_related('article').only('name', 'article__shown_at').order_by('article', 'start')
    waiting = []
    for _article, of_one in groupby(found.iterator(chunk_size=CHUNK), key=attrgetter('article_id')):
        for rank, quotation in enumerate(of_one):
            quotation.rank, quotation.shown_at = rank, quotation.article.shown_at
            quotation.person = person_slug(quotation.name)
            waiting.append(quotation)
        if len(waiting) >= CHUNK:
            quotations.bulk_update(waiting, ['rank', 'shown_at', 'person'])
            waiting = []
    quotations.bulk_update(waiting, ['rank', 'shown_at', 'person'])


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='quotation',
            name='person',
            field=models.CharField(blank=True, default='', help_text="Slug of the person's topic; empty: no full name.", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='quotation',
            name='rank',
            field=models.PositiveSmallIntegerField(default=0, help_text="Place among the article's own, the best is 0."),
        ),
        migrations.AddField(
            model_name='quotation',
            name='shown_at',
            field=models.DateTimeField(default=django.utils.timezone.now, help_text="The article's, so that a person's newest are found by index."),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
