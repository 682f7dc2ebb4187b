from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0001_initial'),
        ('stories', '0003_quotations_of_persons_index'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='story',
            index=models.Index(condition=models.Q(('continues__isnull', False)), fields=['continues'], name='story_continues'),
        ),
        migrations.AddIndex(
            model_name='story',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='story_merged'),
        ),
    ]
