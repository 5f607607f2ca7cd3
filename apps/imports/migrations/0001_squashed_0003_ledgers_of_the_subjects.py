import apps.core.tables_at_once
import apps.ledgers.ledger
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('imports', '0001_initial'),
        ('imports', '0002_assessments'),
        ('imports', '0003_ledgers_of_the_subjects'),
    ]

    initial = True

    dependencies = [
        ('core', '0001_squashed_0002_sent'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='LedgerSynonym',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ledger', models.CharField(choices=apps.ledgers.ledger.ledger_choices, max_length=20, verbose_name='ledger')),
                        ('field', models.CharField(max_length=40, verbose_name='column')),
                        ('word', models.CharField(max_length=60, verbose_name="the office's word")),
                    ],
                    options={
                        'verbose_name': "word of a ledger's header",
                        'verbose_name_plural': "words of ledgers' headers",
                        'ordering': ['ledger', 'field', 'word'],
                        'constraints': [models.UniqueConstraint(fields=('ledger', 'word'), name='ledger_word_once', violation_error_message='This word stands for another column already.')],
                    },
                ),
            ],
        ),
    ]
