from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('appeals', '0009_ceremonies_of_the_office_key'),
    ]

    operations = [
        migrations.AddField(
            model_name='errand',
            name='language',
            field=models.CharField(blank=True, default='', max_length=10),
            preserve_default=False,
        ),
    ]
