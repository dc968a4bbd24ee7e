from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_open_cases_by_urgency")]
    operations = [
        migrations.AddField("retentionentry", "taken_out_by_key", models.UUIDField(null=True))
    ]
