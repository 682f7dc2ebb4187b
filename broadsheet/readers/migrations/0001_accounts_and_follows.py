import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('sources', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254)),
                ('name', models.CharField(blank=True, max_length=60)),
                ('language', models.CharField(blank=True, help_text="Of mail to the reader; empty: the site's.", max_length=35)),
                ('is_active', models.BooleanField(default=True)),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(blank=True, help_text='When the address was first proved.', null=True)),
                ('keeps_read_state', models.BooleanField(default=False)),
                ('honors_gpc', models.BooleanField(default=False)),
                ('incentive_refused_at', models.DateTimeField(blank=True, help_text='No new offer for twelve months.', null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('confirmed_at', None)), fields=['joined_at'], name='reader_unconfirmed')],
                'constraints': [models.UniqueConstraint(fields=('email',), name='reader_address_once')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.CharField(help_text='terms, privacy or incentive.', max_length=20)),
                ('version', models.CharField(max_length=40)),
                ('agreed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reader', 'document', 'version'), name='agreement_once')],
            },
        ),
        migrations.CreateModel(
            name='AuditLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('actor', models.BigIntegerField(null=True)),
                ('subject', models.BigIntegerField()),
                ('act', models.CharField(max_length=40)),
                ('detail', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['subject', '-at'], name='audit_subject')],
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('topic', 'topic, place, organization or person'), ('section', 'Section'), ('source', 'source: a publisher'), ('author', 'Author'), ('story', 'Story'), ('search', 'Search')], max_length=10)),
                ('target', models.BigIntegerField(default=0)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reader', 'kind', 'target', 'words'), name='follow_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'search'), ('target', 0)), ('words', ''), _connector='OR'), name='follow_words_of_search')],
            },
        ),
        migrations.CreateModel(
            name='Mute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('word', 'Word'), ('source', 'Source'), ('topic', 'Topic')], max_length=10)),
                ('target', models.BigIntegerField(default=0)),
                ('words', models.CharField(blank=True, max_length=100)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mutes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reader', 'kind', 'target', 'words'), name='mute_once')],
            },
        ),
        migrations.CreateModel(
            name='ReadMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('story', models.BigIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='read_marks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='read_at')],
                'constraints': [models.UniqueConstraint(fields=('reader', 'story'), name='read_once')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('moderator', 'Moderator'), ('editor', 'Editor'), ('publisher', 'publisher: for its own sources'), ('administrator', 'Administrator')], max_length=20)),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('publisher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sources.publisher')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reader', 'kind', 'publisher'), name='role_once'), models.UniqueConstraint(condition=models.Q(('publisher__isnull', True)), fields=('reader', 'kind'), name='role_of_site_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'publisher'), ('publisher__isnull', False)), models.Q(models.Q(('kind', 'publisher'), _negated=True), ('publisher__isnull', True)), _connector='OR'), name='role_publisher_names_one')],
            },
        ),
        migrations.CreateModel(
            name='Saved',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('article', 'Article'), ('story', 'Story')], max_length=10)),
                ('target', models.BigIntegerField()),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reader', 'kind', 'target'), name='saved_once')],
            },
        ),
        migrations.CreateModel(
            name='Throttle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('count', models.PositiveIntegerField(default=0)),
                ('until', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['until'], name='throttle_until')],
                'constraints': [models.UniqueConstraint(fields=('key',), name='throttle_key_once')],
            },
        ),
        migrations.CreateModel(
            name='AddressChange',
            fields=[
                ('reader', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='address_change', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('old_address', models.EmailField(max_length=254)),
                ('new_address', models.EmailField(max_length=254)),
                ('old_code', models.CharField(max_length=64)),
                ('new_code', models.CharField(max_length=64)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='FeedKey',
            fields=[
                ('reader', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='feed_key', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('key', models.CharField(max_length=43)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key',), name='feed_key_once')],
            },
        ),
    ]
