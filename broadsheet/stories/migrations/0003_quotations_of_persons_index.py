from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0002_quotations_of_persons'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='quotation', name='quotation_name'),
        migrations.AddIndex(
            model_name='quotation',
            index=models.Index(fields=['person', '-shown_at', '-id'], name='quotation_person_latest'),
        ),
    ]
