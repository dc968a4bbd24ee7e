import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('appeals', '0002_sets_move_to_trust'),
        ('trust', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='appeal',
                    name='recipient_set',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='trust.recipientset'),
                ),
                migrations.DeleteModel(name='RecipientSet'),
                migrations.DeleteModel(name='SigningBody'),
            ],
        ),
    ]
