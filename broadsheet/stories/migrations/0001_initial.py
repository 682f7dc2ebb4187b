import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('articles', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='GroupingStream',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20)),
                ('sequence', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name',), name='grouping_stream_once')],
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Key of the article that founded it: its name in the grouping.', max_length=40)),
                ('slug', models.SlugField(allow_unicode=True, blank=True, max_length=90)),
                ('headline', models.CharField(max_length=500)),
                ('language', models.CharField(default='und', max_length=35)),
                ('direction', models.CharField(default='ltr', max_length=3)),
                ('first_at', models.DateTimeField()),
                ('moved_at', models.DateTimeField(help_text='When the last independent report or revision came.')),
                ('weight', models.FloatField(default=0.0, help_text='Order of the front page; falls with time from `moved_at`.')),
                ('articles_count', models.PositiveIntegerField(default=0)),
                ('outlets', models.PositiveIntegerField(default=0)),
                ('independents', models.PositiveIntegerField(default=0)),
                ('editors_headline', models.CharField(blank=True, help_text="Stands in place of the lead's.", max_length=500)),
                ('pinned_until', models.DateTimeField(blank=True, help_text='On top of its lists until then.', null=True)),
                ('is_closed', models.BooleanField(default=False, help_text='No further article joins.')),
                ('is_sample', models.BooleanField(default=False)),
                ('continues', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='continued_by', to='stories.story')),
                ('lead', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.article')),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='absorbed', to='stories.story')),
                ('section', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='stories', to='articles.section')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('merged_into', None)), fields=['-weight', '-id'], name='story_weight'), models.Index(fields=['section', '-weight', '-id'], name='story_section_weight'), models.Index(fields=['-moved_at', '-id'], name='story_moved')],
                'constraints': [models.UniqueConstraint(fields=('key',), name='story_key_once'), models.CheckConstraint(condition=models.Q(('independents__lte', models.F('outlets'))), name='story_independents_are_outlets')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='membership', serialize=False, to='articles.article')),
                ('sequence', models.BigIntegerField(help_text='Place in the grouping stream; the state is rebuilt in this order.')),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('copy_kind', models.CharField(blank=True, max_length=20)),
                ('share_kept', models.FloatField(help_text="Share of the original's words that the copy keeps.", null=True)),
                ('is_fixed', models.BooleanField(default=False, help_text='An editor placed it; the machine leaves it there.')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('original', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='copies', to='articles.article')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='stories.story')),
            ],
            options={
                'indexes': [models.Index(fields=['story', 'sequence'], name='membership_story')],
                'constraints': [models.UniqueConstraint(fields=('sequence',), name='membership_sequence_once'), models.CheckConstraint(condition=models.Q(('original', models.F('article')), _negated=True), name='membership_no_copy_of_itself')],
            },
        ),
        migrations.CreateModel(
            name='StoryChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('actor', models.CharField(blank=True, help_text='Who did it; empty: the machine.', max_length=150)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='story_changes', to='articles.article')),
                ('from_story', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.story')),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='stories.story')),
            ],
            options={
                'indexes': [models.Index(fields=['story', '-at'], name='story_change_latest')],
            },
        ),
        migrations.CreateModel(
            name='Quotation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('speaker', models.CharField(blank=True, max_length=300)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('role', models.CharField(blank=True, max_length=200)),
                ('same_key', models.CharField(help_text='Equal for the same words in several articles.', max_length=32)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotations', to='articles.article')),
            ],
            options={
                'indexes': [models.Index(fields=['same_key'], name='quotation_same'), models.Index(condition=models.Q(('name', ''), _negated=True), fields=['name'], name='quotation_name')],
                'constraints': [models.UniqueConstraint(fields=('article', 'start'), name='quotation_place_once'), models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='quotation_not_empty')],
            },
        ),
    ]
