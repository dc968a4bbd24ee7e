from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("appeals_to_support", "0002_answers"),
    ]

    operations = [
        migrations.AddField(
            model_name="supportreferral",
            name="call_back",
            field=models.CharField(default="", max_length=60),
            preserve_default=False,
        ),
    ]
