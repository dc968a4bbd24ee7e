from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_outcomes_to_bodies_of_no_register")]
    operations = [
        migrations.AddIndex(
            "case",
            models.Index(fields=["next_due_at", "-registered_at", "key"], name="case_by_urgency"),
        )
    ]
