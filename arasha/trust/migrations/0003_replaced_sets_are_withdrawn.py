from django.db import migrations


def withdraw_replaced(apps, schema_editor):
    """A set that was replaced is named no more since the next one was published."""
    newer = {}
    for each in apps.get_model("trust", "RecipientSet").objects.order_by("-version"):
        if each.withdrawn_at is None and each.institution_id in newer:
            each.withdrawn_at = newer[each.institution_id]
            each.save(update_fields=["withdrawn_at"])
        newer[each.institution_id] = each.published_at


class Migration(migrations.Migration):
    dependencies = [
        ("trust", "0002_root_of_trust"),
    ]

    operations = [
        migrations.RunPython(withdraw_replaced, migrations.RunPython.noop),
    ]
