import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The models of tables that appeals 0001 made and appeals 0002 handed over."""

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('appeals', '0002_sets_move_to_trust'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='SigningBody',
                    fields=[
                        ('institution', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='people.institution')),
                        ('verifier_keys', models.JSONField()),
                        ('threshold', models.PositiveSmallIntegerField()),
                    ],
                    options={
                        'verbose_name_plural': 'signing bodies',
                    },
                ),
                migrations.CreateModel(
                    name='RecipientSet',
                    fields=[
                        ('code', models.CharField(max_length=80, primary_key=True, serialize=False)),
                        ('version', models.PositiveIntegerField()),
                        ('note', models.TextField()),
                        ('recipients', models.PositiveSmallIntegerField()),
                        ('from_day', models.DateField()),
                        ('until_day', models.DateField()),
                        ('published_at', models.DateTimeField()),
                        ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sets', to='people.institution')),
                    ],
                ),
                migrations.AddConstraint(
                    model_name='recipientset',
                    constraint=models.UniqueConstraint(fields=('institution', 'version'), name='one_set_a_version'),
                ),
            ],
        ),
    ]
