import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_the_register_of_allegations'),
    ]

    operations = [
        # Nothing wrote into it yet: a medical document's custody gets a table of its own.
        migrations.DeleteModel(name='Custody'),
        migrations.CreateModel(
            name='Custody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('index', models.PositiveIntegerField()),
                ('act', models.CharField(max_length=40)),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by_kind', models.CharField(max_length=20)),
                ('by_key', models.CharField(blank=True, max_length=60)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('previous', models.CharField(max_length=64)),
                ('link', models.CharField(max_length=64)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='custody', to='cases.case')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='custody', to='cases.document')),
            ],
            options={
                'verbose_name_plural': 'custody',
                'ordering': ('index',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('document', 'index'), name='one_custody_an_index')],
            },
        ),
        migrations.CreateModel(
            name='MedicalCustody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('index', models.PositiveIntegerField()),
                ('act', models.CharField(max_length=40)),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by_kind', models.CharField(max_length=20)),
                ('by_key', models.CharField(blank=True, max_length=60)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('previous', models.CharField(max_length=64)),
                ('link', models.CharField(max_length=64)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='medical_custody', to='cases.case')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='custody', to='cases.medicaldocument')),
            ],
            options={
                'verbose_name_plural': 'medical custody',
                'ordering': ('index',),
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('document', 'index'), name='one_medicalcustody_an_index')],
            },
        ),
    ]
