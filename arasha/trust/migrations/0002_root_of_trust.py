from django.db import migrations, models

OFFICER, OFFICE = 'officer', 'office'


def without_signatures(apps, schema_editor):
    """Sets of the first walk were signed notes without offices: keep their text, and who is in them."""
    for each in apps.get_model('trust', 'RecipientSet').objects.select_related('institution'):
        code = each.institution.code
        lines = each.text.split('\n\n')[0].split('\n')
        officers = [line.split(' ', 2) for line in lines if line.startswith(f'{OFFICER} ')]
        each.text = '\n'.join(lines) + '\n'
        each.offices = [code]
        each.officers = [
            {'office': code, 'recipient': key, 'label': label, 'role': OFFICER}
            for _role, key, label in officers
        ]
        each.save()


class Migration(migrations.Migration):

    dependencies = [
        ('trust', '0001_initial'),
    ]

    operations = [
        migrations.RenameField('recipientset', 'note', 'text'),
        migrations.AddField('recipientset', 'offices', models.JSONField(default=list)),
        migrations.AddField('recipientset', 'officers', models.JSONField(default=list)),
        migrations.AddField('recipientset', 'withdrawn_at', models.DateTimeField(null=True)),
        migrations.RunPython(without_signatures, migrations.RunPython.noop),
        migrations.CreateModel(
            name='TrustFile',
            fields=[
                ('name', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('content', models.BinaryField()),
                ('imported_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held', models.TextField()),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'standing',
            },
        ),
        migrations.DeleteModel(name='SigningBody'),
    ]
