import broadsheet.articles.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('sources', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Identity of the canonical address.', max_length=32)),
                ('address', models.CharField(help_text='Where a reader is sent.', max_length=2000)),
                ('canonical', models.CharField(blank=True, help_text='What the page calls its own address.', max_length=2000)),
                ('state', models.CharField(choices=[('live', 'Live'), ('held', 'held: extraction doubtful, shown without its text'), ('announced', "announced: known from its source's entry only, the page may not be read"), ('removed', 'removed: taken down, answers 410')], default='live', max_length=10)),
                ('slug', models.SlugField(allow_unicode=True, blank=True, max_length=90)),
                ('headline', models.CharField(max_length=500)),
                ('standfirst', models.TextField(blank=True)),
                ('summary', models.TextField(blank=True, help_text="The publisher's own summary, from its feed.")),
                ('byline', models.CharField(blank=True, help_text='Authors as one line, for lists.', max_length=500)),
                ('agencies', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(default='und', max_length=35)),
                ('direction', models.CharField(default='ltr', max_length=3)),
                ('publishers_section', models.CharField(blank=True, help_text='As the publisher calls it.', max_length=100)),
                ('kind', models.CharField(default='news', max_length=20)),
                ('access', models.CharField(default='open', max_length=20)),
                ('licence', models.CharField(blank=True, max_length=300)),
                ('signals', models.JSONField(blank=True, default=dict, help_text='Reservations the page or host states.')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('published_offset_min', models.SmallIntegerField(blank=True, help_text="The source's zone.", null=True)),
                ('updated_at', models.DateTimeField(blank=True, help_text="By the publisher's word.", null=True)),
                ('first_seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('shown_at', models.DateTimeField(help_text='Order of lists: publication, never later than first seen.')),
                ('version', models.PositiveIntegerField(default=1)),
                ('words', models.PositiveIntegerField(default=0)),
                ('score', models.FloatField(default=0.0, help_text='Of the extraction, 0 to 1.')),
                ('digest', models.CharField(blank=True, help_text='Of headline and blocks: a new one is a new revision.', max_length=32)),
                ('is_sample', models.BooleanField(default=False)),
                ('grouped_at', models.DateTimeField(blank=True, help_text='When this version was given to grouping.', null=True)),
                ('publisher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='articles', to='sources.publisher')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='articles', to='sources.source')),
            ],
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='body', serialize=False, to='articles.article')),
                ('blocks', broadsheet.articles.fields.PackedJSONField()),
                ('receipt', broadsheet.articles.fields.PackedJSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Author',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(allow_unicode=True, max_length=120)),
                ('name', models.CharField(max_length=200)),
                ('is_agency', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('slug',), name='author_slug_once')],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(allow_unicode=True, max_length=60)),
                ('name', models.CharField(max_length=60)),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'name'],
                'constraints': [models.UniqueConstraint(fields=('slug',), name='section_slug_once')],
            },
        ),
        migrations.AddField(
            model_name='article',
            name='section',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='articles', to='articles.section'),
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(allow_unicode=True, max_length=120)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=20)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('slug',), name='topic_slug_once')],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('times', models.PositiveSmallIntegerField(default=1)),
                ('shown_at', models.DateTimeField(help_text="The article's, so that a topic's newest are found by index.")),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='articles.article')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='articles.topic')),
            ],
            options={
                'indexes': [models.Index(fields=['topic', '-shown_at'], name='mention_topic_latest')],
                'constraints': [models.UniqueConstraint(fields=('article', 'topic'), name='mention_once')],
            },
        ),
        migrations.CreateModel(
            name='Byline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bylines', to='articles.article')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bylines', to='articles.author')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('article', 'position'), name='byline_position_once')],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(help_text='0 is the lead picture.')),
                ('address', models.CharField(max_length=2000)),
                ('caption', models.TextField(blank=True)),
                ('credit', models.CharField(blank=True, max_length=300)),
                ('alt', models.TextField(blank=True)),
                ('width', models.PositiveIntegerField(blank=True, null=True)),
                ('height', models.PositiveIntegerField(blank=True, null=True)),
                ('state', models.CharField(choices=[('unwanted', 'unwanted: no right to show it'), ('wanted', 'Wanted'), ('stored', 'Stored'), ('failed', 'Failed')], default='unwanted', max_length=10)),
                ('stored', models.CharField(blank=True, help_text='Name in our own picture folder; empty: not kept.', max_length=100)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='articles.article')),
            ],
            options={
                'ordering': ['position'],
                'indexes': [models.Index(condition=models.Q(('state', 'wanted')), fields=['id'], name='picture_wanted')],
                'constraints': [models.UniqueConstraint(fields=('article', 'position'), name='picture_position_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'stored'), _negated=True), models.Q(('stored', ''), _negated=True), _connector='OR'), name='picture_stored_has_name')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='The version it was, from 1.')),
                ('headline', models.CharField(max_length=500)),
                ('standfirst', models.TextField(blank=True)),
                ('blocks', broadsheet.articles.fields.PackedJSONField()),
                ('updated_at', models.DateTimeField(blank=True, help_text="By the publisher's word.", null=True)),
                ('seen_at', models.DateTimeField(help_text='When we first saw that version.')),
                ('replaced_at', models.DateTimeField(help_text='When we first saw the next one.')),
                ('is_announced', models.BooleanField(default=False, help_text='The next version says that it corrects this one.')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='articles.article')),
            ],
            options={
                'indexes': [models.Index(fields=['-replaced_at'], name='revision_latest')],
                'constraints': [models.UniqueConstraint(fields=('article', 'number'), name='revision_number_once')],
            },
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('state', 'removed'), _negated=True), fields=['-shown_at', '-id'], name='article_latest'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['publisher', '-shown_at', '-id'], name='article_publisher_latest'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['section', '-shown_at', '-id'], name='article_section_latest'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('grouped_at', None)), fields=['shown_at', 'key'], name='article_ungrouped'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['digest'], name='article_digest'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(fields=('key',), name='article_address_once'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['ltr', 'rtl'])), name='article_direction_known'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='article_version_positive'),
        ),
    ]
