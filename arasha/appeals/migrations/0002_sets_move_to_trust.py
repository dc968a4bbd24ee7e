from django.db import migrations


class Migration(migrations.Migration):
    """The tables go to the floor of trust with their rows; the models follow in 0003."""

    dependencies = [
        ('appeals', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable('RecipientSet', 'trust_recipientset'),
                migrations.AlterModelTable('SigningBody', 'trust_signingbody'),
            ],
        ),
    ]
