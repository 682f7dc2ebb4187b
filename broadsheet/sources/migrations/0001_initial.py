import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuthorityFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('authority', models.CharField(help_text='scheme://host:port', max_length=300)),
                ('name', models.CharField(help_text='Path on the host.', max_length=60)),
                ('status', models.PositiveSmallIntegerField(default=0, help_text='Last status that told something; 0: none yet.')),
                ('body', models.BinaryField(blank=True)),
                ('good_at', models.DateTimeField(blank=True, null=True)),
                ('checked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('failure', models.CharField(blank=True, max_length=40)),
                ('sentence', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('authority', 'name'), name='authority_file_once')],
            },
        ),
        migrations.CreateModel(
            name='Publisher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(allow_unicode=True, max_length=80)),
                ('name', models.CharField(max_length=200)),
                ('home', models.CharField(max_length=2000)),
                ('country', models.CharField(blank=True, help_text='ISO 3166 code.', max_length=2)),
                ('language', models.CharField(blank=True, help_text='BCP 47 tag of most of its work.', max_length=35)),
                ('owner', models.CharField(blank=True, max_length=300)),
                ('kind', models.CharField(blank=True, max_length=30)),
                ('is_sample', models.BooleanField(default=False)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('slug',), name='publisher_slug_once')],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Identity of the address.', max_length=32)),
                ('address', models.CharField(max_length=2000)),
                ('kind', models.CharField(choices=[('feed', 'Feed'), ('sitemap', 'Sitemap'), ('page', 'home or section page')], default='feed', max_length=10)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('section', models.CharField(blank=True, help_text='Section for entries that do not say theirs.', max_length=60)),
                ('state', models.CharField(choices=[('active', 'Active'), ('paused', 'Paused'), ('gone', 'Gone')], default='active', max_length=10)),
                ('host', models.CharField(max_length=255)),
                ('next_poll_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('interval_s', models.PositiveIntegerField(default=1800)),
                ('cause', models.CharField(blank=True, help_text='Short word for the last failure.', max_length=40)),
                ('etag', models.CharField(blank=True, max_length=500)),
                ('last_modified', models.CharField(blank=True, max_length=100)),
                ('polled_at', models.DateTimeField(blank=True, null=True)),
                ('succeeded_at', models.DateTimeField(blank=True, null=True)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('failures', models.PositiveIntegerField(default=0, help_text='In a row.')),
                ('problem', models.CharField(blank=True, help_text='A sentence for the desk; empty when well.', max_length=500)),
                ('moved_to', models.CharField(blank=True, max_length=2000)),
                ('moved_seen', models.PositiveSmallIntegerField(default=0, help_text='Permanent redirects to moved_to in a row.')),
                ('hub', models.CharField(blank=True, max_length=2000)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('publisher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='sources.publisher')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'active')), fields=['next_poll_at'], name='source_due'), models.Index(fields=['publisher'], name='source_publisher')],
                'constraints': [models.UniqueConstraint(fields=('key',), name='source_address_once')],
            },
        ),
        migrations.CreateModel(
            name='FetchLog',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('address', models.CharField(max_length=2000)),
                ('purpose', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('status', models.PositiveSmallIntegerField(default=0)),
                ('outcome', models.CharField(help_text='ok, unchanged, or the kind of error.', max_length=40)),
                ('body_bytes', models.PositiveIntegerField(default=0)),
                ('elapsed_ms', models.PositiveIntegerField(default=0)),
                ('publisher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fetches', to='sources.publisher')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='fetches', to='sources.source')),
            ],
            options={
                'indexes': [models.Index(fields=['source', '-at'], name='fetch_source_at'), models.Index(fields=['publisher', '-at'], name='fetch_publisher_at'), models.Index(fields=['at'], name='fetch_at')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Identity of the address.', max_length=32)),
                ('address', models.CharField(max_length=2000)),
                ('host', models.CharField(max_length=255)),
                ('announced', models.JSONField(default=dict, help_text='Title, summary, authors, dates as the source told them.')),
                ('stamp', models.CharField(blank=True, help_text='Digest of what was announced; a new one means: read the page again.', max_length=32)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('refused', 'Refused'), ('failed', 'Failed')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('article_key', models.CharField(blank=True, max_length=32)),
                ('etag', models.CharField(blank=True, max_length=500)),
                ('last_modified', models.CharField(blank=True, max_length=100)),
                ('first_seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('reread_at', models.DateTimeField(blank=True, help_text='When to look for silent edits.', null=True)),
                ('publisher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='sources.publisher')),
                ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='entries', to='sources.source')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('reread_at__isnull', False), ('state', 'done')), fields=['reread_at'], name='entry_reread'), models.Index(condition=models.Q(('state', 'waiting')), fields=['next_try_at'], name='entry_due'), models.Index(fields=['source', 'state'], name='entry_source_state'), models.Index(fields=['publisher', 'state'], name='entry_publisher_state'), models.Index(fields=['article_key'], name='entry_article')],
                'constraints': [models.UniqueConstraint(fields=('key',), name='entry_address_once')],
            },
        ),
        migrations.CreateModel(
            name='LedgerLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article_key', models.CharField(blank=True, help_text='For one article only; empty: for all.', max_length=32)),
                ('mode', models.CharField(max_length=10)),
                ('basis', models.CharField(max_length=20)),
                ('outputs', models.JSONField(default=list, help_text='Outputs it speaks of; empty: all.')),
                ('territories', models.JSONField(default=list, help_text='Countries it speaks of; empty: all.')),
                ('extract', models.PositiveIntegerField(blank=True, help_text="Characters; empty: the territory's.", null=True)),
                ('licence', models.CharField(blank=True, help_text='Address or name of an open licence.', max_length=300)),
                ('image', models.BooleanField(blank=True, help_text='Pictures may be shown too; empty: not said.', null=True)),
                ('onward', models.BooleanField(blank=True, help_text='May leave the site in feeds and interfaces.', null=True)),
                ('evidence', models.TextField(blank=True)),
                ('since', models.DateTimeField(blank=True, null=True)),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('publisher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ledger', to='sources.publisher')),
            ],
            options={
                'ordering': ['noted_at', 'pk'],
                'indexes': [models.Index(fields=['publisher', 'article_key'], name='ledger_publisher_article')],
            },
        ),
    ]
