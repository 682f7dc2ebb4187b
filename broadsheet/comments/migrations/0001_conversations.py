import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('articles', '0001_initial'),
        ('readers', '0002_cache_table'),
        ('readers', '__first__'),
        ('stories', '0003_quotations_of_persons_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='FeatureCount',
            fields=[
                ('feature', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('spam', models.PositiveIntegerField(default=0)),
                ('wanted', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='GuardSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rules', models.JSONField(default=dict)),
                ('edit_minutes', models.PositiveIntegerField(default=5)),
                ('closes_after_days', models.PositiveIntegerField(default=30)),
                ('needs_two', models.BooleanField(default=False)),
                ('is_offered', models.BooleanField(default=True, help_text='Whether stories have conversations at all.')),
                ('set_by', models.CharField(blank=True, max_length=150)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=60)),
                ('state', models.CharField(choices=[('published', 'published'), ('held', 'waiting for an editor'), ('hidden', 'hidden until an editor has looked'), ('removed', 'removed'), ('deleted', 'deleted by its writer')], max_length=10)),
                ('markdown', models.TextField()),
                ('html', models.TextField()),
                ('language', models.CharField(default='und', max_length=35)),
                ('direction', models.CharField(default='ltr', max_length=3)),
                ('key', models.CharField(max_length=32)),
                ('token', models.CharField(max_length=43)),
                ('posted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('featured_at', models.DateTimeField(blank=True, help_text="An editor's pick since then.", null=True)),
                ('useful', models.PositiveIntegerField(default=0)),
                ('replies_count', models.PositiveIntegerField(default=0, help_text='Published replies, of one at the top.')),
                ('held_for', models.JSONField(default=list, help_text="The guard's findings: phase, reason and values.")),
                ('spam', models.FloatField(help_text="The filter's belief when it was written.", null=True)),
                ('learned', models.CharField(blank=True, help_text='What the filter learned from it: spam or wanted.', max_length=6)),
                ('answers', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answered_by', to='comments.comment')),
                ('article', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.article')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='comments', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='comments.comment')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('approve', 'let stand'), ('remove', 'removed'), ('restore', 'put back'), ('hide', 'hidden until looked at'), ('feature', 'picked by an editor'), ('unfeature', 'no longer picked'), ('warn', 'its writer was warned'), ('ban', 'its writer may not write for a time'), ('lift', 'its writer may write again')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('facts', models.TextField(blank=True)),
                ('is_automated', models.BooleanField(default=False)),
                ('before', models.CharField(blank=True, max_length=10)),
                ('after', models.CharField(blank=True, max_length=10)),
                ('excerpt', models.CharField(blank=True, help_text="The comment's beginning as it was decided upon.", max_length=300)),
                ('waited_s', models.PositiveIntegerField(help_text='Seconds from the hold or the first report.', null=True)),
                ('is_pending', models.BooleanField(default=False, help_text='Waits for a second moderator; nothing was done yet.')),
                ('until', models.DateTimeField(blank=True, help_text='Of a ban; empty: until it is lifted.', null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('comment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decisions', to='comments.comment')),
                ('moderator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seconded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['comment', '-at'], name='decision_of_comment'), models.Index(fields=['subject', '-at'], name='decision_of_subject'), models.Index(fields=['-at'], name='decision_latest'), models.Index(condition=models.Q(('told_at', None)), fields=['at'], name='decision_untold')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('act__in', ['remove', 'warn', 'ban']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='decision_has_its_reason')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer', models.TextField(blank=True)),
                ('is_upheld', models.BooleanField(help_text='Whether the objection was right.', null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appeal', to='comments.decision')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answered_at', None)), fields=['made_at'], name='appeal_open')],
            },
        ),
        migrations.CreateModel(
            name='Ignore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ignored', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ignores', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reader', 'ignored'), name='ignore_once'), models.CheckConstraint(condition=models.Q(('reader', models.F('ignored')), _negated=True), name='ignore_nobody_himself')],
            },
        ),
        migrations.CreateModel(
            name='Persona',
            fields=[
                ('reader', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='persona', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('name', models.CharField(max_length=40)),
                ('shape', models.CharField(max_length=80)),
                ('approved', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('is_trusted', models.BooleanField(default=False)),
                ('mails_replies', models.BooleanField(default=False)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shape',), name='persona_shape_once')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('rules', 'against the rules of this site'), ('illegal', 'against the law')], max_length=8)),
                ('ground', models.CharField(max_length=40)),
                ('words', models.TextField(blank=True)),
                ('name', models.CharField(blank=True, max_length=100)),
                ('address', models.CharField(blank=True, max_length=254)),
                ('in_good_faith', models.BooleanField(default=False)),
                ('threatens_life', models.BooleanField(default=False)),
                ('sender', models.CharField(blank=True, help_text='Keyed digest of where it came from; a day long.', max_length=32)),
                ('language', models.CharField(blank=True, max_length=35)),
                ('receipt', models.CharField(max_length=43)),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='comments.comment')),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='comments.decision')),
                ('reader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('decision', None)), fields=['received_at', 'id'], name='report_open'), models.Index(fields=['comment'], name='report_of_comment')],
                'constraints': [models.UniqueConstraint(fields=('receipt',), name='report_receipt_once'), models.CheckConstraint(condition=models.Q(('kind', 'rules'), ('in_good_faith', True), _connector='OR'), name='report_illegal_in_good_faith')],
            },
        ),
        migrations.CreateModel(
            name='Sanction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('warning', 'warning'), ('ban', 'may not write')], max_length=8)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('until', models.DateTimeField(blank=True, help_text='Of a ban; empty: until it is lifted.', null=True)),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sanctions', to='comments.decision')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sanctions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['reader', '-since'], name='sanction_of_reader')],
            },
        ),
        migrations.CreateModel(
            name='SavedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80)),
                ('words', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('title',), name='saved_answer_title_once')],
            },
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('story', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='thread', serialize=False, to='stories.story')),
                ('opening', models.CharField(choices=[('open', 'open'), ('premoderated', 'read by an editor first'), ('closed', 'closed, still readable'), ('off', 'not offered')], default='open', max_length=12)),
                ('closes_at', models.DateTimeField(blank=True, help_text='Closed from then on, whatever `opening` says.', null=True)),
                ('is_questions', models.BooleanField(default=False, help_text='Readers ask at the top, editors answer below.')),
                ('count', models.PositiveIntegerField(default=0)),
                ('waiting', models.PositiveIntegerField(default=0)),
                ('last_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['-last_at'], name='thread_latest')],
            },
        ),
        migrations.AddField(
            model_name='comment',
            name='thread',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='comments.thread'),
        ),
        migrations.CreateModel(
            name='Useful',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='comments.comment')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('comment', 'reader'), name='useful_once')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('markdown', models.TextField()),
                ('until', models.DateTimeField(default=django.utils.timezone.now)),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='comments.comment')),
            ],
            options={
                'indexes': [models.Index(fields=['comment', 'until'], name='comment_version')],
            },
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('parent', None)), fields=['thread', '-posted_at', '-id'], name='comment_top_newest'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('parent', None)), fields=['thread', '-useful', '-id'], name='comment_top_useful'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['parent', 'state', 'posted_at', 'id'], name='comment_replies'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['author', '-posted_at'], name='comment_author'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['thread', 'key'], name='comment_same_words'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('state__in', ['held', 'hidden'])), fields=['posted_at', 'id'], name='comment_waiting'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['-posted_at', '-id'], name='comment_recent'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(fields=('token',), name='comment_token_once'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='comment_not_its_own_parent'),
        ),
    ]
