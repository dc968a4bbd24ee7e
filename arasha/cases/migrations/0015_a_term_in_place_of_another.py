from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_who_took_a_case_out")]

    operations = [
        migrations.AddField(
            model_name="deadline",
            name="replaced_by",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
    ]
