import apps.core.tables_at_once
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('core', '0001_initial'),
        ('core', '0002_sent'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        # Both are trusted extensions: the owner of the database may create them.
        BtreeGistExtension(),
        TrigramExtension(),
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='NightlyRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60, unique=True)),
                        ('ran_for', models.DateField()),
                        ('finished_at', models.DateTimeField()),
                        ('counts', models.JSONField(default=dict)),
                    ],
                    options={
                        'verbose_name': 'nightly run',
                        'verbose_name_plural': 'nightly runs',
                    },
                ),
                migrations.CreateModel(
                    name='Sent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.UUIDField()),
                        ('act', models.CharField(max_length=60)),
                        ('account', models.BigIntegerField()),
                        ('target', models.CharField(max_length=120)),
                        ('digest', models.BinaryField(max_length=32)),
                        ('at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'verbose_name': 'sent form',
                        'verbose_name_plural': 'sent forms',
                        'constraints': [models.UniqueConstraint(fields=('key', 'act'), name='sent_once')],
                    },
                ),
            ],
        ),
    ]
