import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('readers', '__first__'),
        ('stories', '0005_measured'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issue', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('draft', 'draft: an editor writes it, or it waits for one'), ('scheduled', 'scheduled: goes out when its time comes'), ('sending', 'Sending'), ('sent', 'Sent'), ('stopped', 'stopped: by an editor or by the brake; can go on'), ('dropped', 'dropped: will never be sent')], default='draft', max_length=10)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('introduction', models.TextField(blank=True)),
                ('language', models.CharField(blank=True, max_length=35)),
                ('since', models.DateTimeField(blank=True, null=True)),
                ('until', models.DateTimeField(default=django.utils.timezone.now)),
                ('go_at', models.DateTimeField(blank=True, null=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('stopped_because', models.CharField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('editor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.story')),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=255)),
                ('lane', models.CharField(default='other-0', max_length=20)),
                ('state', models.CharField(choices=[('waiting', 'waiting: for its time, or for another try'), ('taken', 'taken: being handed over at this moment'), ('sent', 'sent: the server said yes'), ('doubtful', "doubtful: we ended before the server's answer was noted; never sent again by itself"), ('failed', 'failed: refused for good'), ('skipped', 'skipped: not to be sent; the reply says why')], default='waiting', max_length=10)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('code', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('reply', models.CharField(blank=True, max_length=200)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('returned', models.CharField(blank=True, max_length=12)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='letters.edition')),
            ],
        ),
        migrations.CreateModel(
            name='Lane',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20)),
                ('holder', models.CharField(blank=True, max_length=32)),
                ('until', models.DateTimeField(default=django.utils.timezone.now)),
                ('day', models.DateField(blank=True, null=True)),
                ('sent', models.PositiveIntegerField(default=0)),
                ('rest_until', models.DateTimeField(blank=True, null=True)),
                ('rests', models.PositiveSmallIntegerField(default=0)),
                ('said', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name',), name='lane_once')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60)),
                ('name', models.CharField(max_length=100)),
                ('description', models.CharField(blank=True, max_length=300)),
                ('kind', models.CharField(choices=[('edition', 'edition: the stories of a day or a week, the same for everybody'), ('breaking', 'breaking: one story, when it is large enough'), ('story', 'story: what moves in one story, until it ends'), ('personal', 'personal: what a reader follows')], default='edition', max_length=10)),
                ('section', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(blank=True, help_text="Empty: the site's.", max_length=35)),
                ('days', models.CharField(default='0123456', max_length=7)),
                ('hour', models.PositiveSmallIntegerField(default=6)),
                ('size', models.PositiveSmallIntegerField(default=10)),
                ('by_itself', models.BooleanField(default=True)),
                ('is_open', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('trouble_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('slug',), name='letter_once'), models.CheckConstraint(condition=models.Q(('hour__lt', 24)), name='letter_hour_of_day')],
            },
        ),
        migrations.AddField(
            model_name='edition',
            name='letter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='letters.letter'),
        ),
        migrations.CreateModel(
            name='Subscriber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('key', models.CharField(max_length=43)),
                ('language', models.CharField(blank=True, max_length=35)),
                ('zone', models.CharField(blank=True, max_length=64)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('paused_until', models.DateTimeField(blank=True, null=True)),
                ('reader', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='subscriber', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('confirmed_at', None)), fields=['made_at'], name='subscriber_unconfirmed')],
                'constraints': [models.UniqueConstraint(fields=('address',), name='subscriber_address_once'), models.UniqueConstraint(fields=('key',), name='subscriber_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hard', 'hard: the address is not there, or takes nothing from us for good'), ('soft', 'soft: full, away or slow; counts for a while'), ('blocked', 'blocked: refused for what we are or wrote, not for the address'), ('complaint', 'complaint: marked as unwanted'), ('leave', 'leave: asked by mail to get no more'), ('wish', 'wish: the same without proof of who asked; answered by a mail with the link'), ('reply', 'reply: an automatic answer; nothing follows from it'), ('unknown', 'unknown: kept for a person to look at')], max_length=10)),
                ('way', models.CharField(max_length=5)),
                ('mark', models.CharField(max_length=64)),
                ('address', models.CharField(blank=True, max_length=254)),
                ('domain', models.CharField(blank=True, max_length=255)),
                ('status', models.CharField(blank=True, max_length=12)),
                ('detail', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('delivery', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='returns', to='letters.delivery')),
                ('subscriber', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='returns', to='letters.subscriber')),
            ],
            options={
                'indexes': [models.Index(fields=['subscriber', '-at'], name='return_of_subscriber'), models.Index(fields=['-at'], name='return_latest')],
                'constraints': [models.UniqueConstraint(fields=('mark',), name='return_once')],
            },
        ),
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letters', models.JSONField(default=list)),
                ('text', models.TextField()),
                ('version', models.CharField(max_length=16)),
                ('page', models.CharField(blank=True, max_length=300)),
                ('way', models.CharField(default='form', max_length=10)),
                ('evidence', models.CharField(blank=True, max_length=500)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('subscriber', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proofs', to='letters.subscriber')),
            ],
            options={
                'indexes': [models.Index(fields=['subscriber', 'asked_at'], name='proof_of_subscriber')],
            },
        ),
        migrations.AddField(
            model_name='delivery',
            name='subscriber',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deliveries', to='letters.subscriber'),
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.CharField(blank=True, max_length=7)),
                ('hour', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, choices=[('too_many', 'too many mails'), ('not_interested', 'not what I expected'), ('never_asked', 'I never asked for this'), ('other', 'Other'), ('untold', 'Untold'), ('complaint', 'Complaint'), ('bounced', 'Bounced'), ('story_ended', 'Story Ended'), ('editor', 'Editor')], max_length=20)),
                ('words', models.CharField(blank=True, help_text="The reader's own, on leaving.", max_length=500)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='letters.letter')),
                ('story', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.story')),
                ('subscriber', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='subscriptions', to='letters.subscriber')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['letter', 'subscriber'], name='subscription_live'), models.Index(fields=['since'], name='subscription_begun'), models.Index(condition=models.Q(('ended_at__isnull', False)), fields=['ended_at'], name='subscription_left')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None), ('story', None)), fields=('subscriber', 'letter'), name='subscription_once'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('story__isnull', False)), fields=('subscriber', 'letter', 'story'), name='subscription_of_story_once')],
            },
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('address', models.CharField(blank=True, max_length=254)),
                ('reason', models.CharField(max_length=10)),
                ('detail', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('by', models.BigIntegerField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['-at'], name='suppression_latest')],
                'constraints': [models.UniqueConstraint(fields=('key',), name='suppression_once')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('sent', models.PositiveIntegerField(default=0)),
                ('failed', models.PositiveIntegerField(default=0)),
                ('skipped', models.PositiveIntegerField(default=0)),
                ('doubtful', models.PositiveIntegerField(default=0)),
                ('domains', models.JSONField(default=list)),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='tally', to='letters.edition')),
            ],
            options={
                'indexes': [models.Index(fields=['day'], name='tally_of_day')],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('story', 'Story'), ('correction', 'correction: of what an earlier edition said'), ('words', "words: an editor's own paragraph")], default='story', max_length=10)),
                ('correction', models.BigIntegerField(blank=True, help_text='Number of the correction it tells.', null=True)),
                ('headline', models.CharField(blank=True, max_length=300)),
                ('words', models.TextField(blank=True)),
                ('moved_at', models.DateTimeField(blank=True, null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='letters.edition')),
                ('story', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.story')),
            ],
            options={
                'ordering': ('position', 'pk'),
                'indexes': [models.Index(fields=['edition', 'position'], name='item_of_edition')],
            },
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(condition=models.Q(('state__in', ['scheduled', 'sending'])), fields=['go_at'], name='edition_due'),
        ),
        migrations.AddIndex(
            model_name='edition',
            index=models.Index(fields=['letter', '-started_at'], name='edition_latest'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('letter', 'issue'), name='edition_once'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['lane', 'due_at'], name='delivery_waiting'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'taken')), fields=['lane'], name='delivery_taken'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(fields=['edition', 'state'], name='delivery_states'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('edition', 'subscriber'), name='delivery_once'),
        ),
    ]
