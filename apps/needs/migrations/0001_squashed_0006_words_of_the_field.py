import apps.core.fields
import apps.core.labels
import apps.core.tables_at_once
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('needs', '0001_initial'),
        ('needs', '0003_said_in_a_meeting'),
        ('needs', '0004_need_from_assessment'),
        ('needs', '0005_said_by_somebody'),
        ('needs', '0006_words_of_the_field'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_words_of_the_field'),
        ('areas', '0001_squashed_0003_lineage'),
        ('cases', '0001_squashed_0007_risk_levels'),
        ('core', '0001_squashed_0002_sent'),
        ('persons', '0001_squashed_0008_words_of_the_field'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Need',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='persons.person', verbose_name='person')),
                        ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='cases.case')),
                        ('kind', models.CharField(choices=[('living', 'Living allowance'), ('relief', 'Temporary relief'), ('medical', 'Medical help'), ('work', 'Work'), ('training', 'Vocational training'), ('insurance', 'Social insurance'), ('schooling', 'Schooling of children'), ('housing', 'Housing'), ('disability', 'Disability card or allowance'), ('counselling', 'Counselling'), ('legal', 'Legal aid'), ('treatment', 'Treatment'), ('papers', 'Papers and registration'), ('family', 'Family'), ('charity', 'Goods or donations'), ('unspecified', 'Asked for help, not yet asked what for')], max_length=12, verbose_name='kind')),
                        ('urgency', models.CharField(choices=[('normal', 'Normal'), ('soon', 'Soon'), ('urgent', 'At once')], max_length=6, verbose_name='urgency')),
                        ('said_by', models.CharField(choices=[('person', 'The person'), ('family', 'Family'), ('worker', 'The worker'), ('other', 'Somebody else')], max_length=6, verbose_name='who says so')),
                        ('said_on', models.DateField(verbose_name='said on')),
                        ('words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name="in the person's words")),
                        ('source', models.CharField(choices=[('checkin', 'Check-in'), ('meeting', 'Visit or interview'), ('assess', 'Assessment'), ('ledger', 'Ledger'), ('page', 'Recorded directly')], max_length=8, verbose_name='from')),
                        ('source_id', models.UUIDField(blank=True, editable=False, null=True)),
                        ('referred_on', models.DateField(blank=True, null=True, verbose_name='referred on')),
                        ('referred_to', models.CharField(blank=True, default='', max_length=120, verbose_name='referred to')),
                        ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                        ('outcome', models.CharField(blank=True, choices=[('met', 'Met'), ('declined', 'The person declines'), ('not_possible', 'Could not be met'), ('mistake', 'Recorded by mistake')], default='', max_length=12, verbose_name='outcome')),
                        ('closed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('closing_note', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='how it ended')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'need',
                        'verbose_name_plural': 'needs',
                        'indexes': [models.Index(condition=models.Q(('closed_on', None)), fields=['county', 'person'], name='need_open_county'), models.Index(condition=models.Q(('closed_on', None)), fields=['person', 'said_on'], name='need_open_person')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_by', None), ('closed_on', None), ('outcome', '')), models.Q(('closed_by__isnull', False), ('closed_on__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='need_closed_with_outcome', violation_error_message='Say how the need ended.'), models.CheckConstraint(condition=models.Q(('closed_on', None), ('closed_on__gte', models.F('said_on')), _connector='OR'), name='need_closed_after_said', violation_error_message='The end lies before the beginning.'), models.CheckConstraint(condition=models.Q(('referred_on', None), ('referred_on__gte', models.F('said_on')), _connector='OR'), name='need_referred_after_said', violation_error_message='The referral lies before the need.'), models.UniqueConstraint(condition=models.Q(('closed_on', None), ('kind', 'unspecified'), ('source', 'ledger')), fields=('person',), name='need_one_open_from_ledger', violation_error_message='An open need from the ledger exists.'), models.UniqueConstraint(condition=models.Q(('source_id__isnull', False)), fields=('source_id', 'kind'), name='need_once_per_act', violation_error_message='This need was recorded with the act already.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "needs_needevent" ("case_id", "closed_by_id", "closed_on", "closing_note", "county_id", "id", "kind", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "referred_on", "referred_to", "said_by", "said_on", "source", "source_id", "town_id", "urgency", "village_id", "words") VALUES (NEW."case_id", NEW."closed_by_id", NEW."closed_on", NEW."closing_note", NEW."county_id", NEW."id", NEW."kind", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."referred_on", NEW."referred_to", NEW."said_by", NEW."said_on", NEW."source", NEW."source_id", NEW."town_id", NEW."urgency", NEW."village_id", NEW."words"); RETURN NULL;', hash='dbc68e1a5c1235e545069b29834b257a183202af', operation='INSERT', pgid='pgtrigger_insert_insert_ae169', table='needs_need', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "needs_needevent" ("case_id", "closed_by_id", "closed_on", "closing_note", "county_id", "id", "kind", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "referred_on", "referred_to", "said_by", "said_on", "source", "source_id", "town_id", "urgency", "village_id", "words") VALUES (NEW."case_id", NEW."closed_by_id", NEW."closed_on", NEW."closing_note", NEW."county_id", NEW."id", NEW."kind", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."referred_on", NEW."referred_to", NEW."said_by", NEW."said_on", NEW."source", NEW."source_id", NEW."town_id", NEW."urgency", NEW."village_id", NEW."words"); RETURN NULL;', hash='8fbaedf1653ef2cd82e570456e2163d6641217c7', operation='UPDATE', pgid='pgtrigger_update_update_a52e1', table='needs_need', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='NeedEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='needs.need')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                        ('kind', models.CharField(choices=[('living', 'Living allowance'), ('relief', 'Temporary relief'), ('medical', 'Medical help'), ('work', 'Work'), ('training', 'Vocational training'), ('insurance', 'Social insurance'), ('schooling', 'Schooling of children'), ('housing', 'Housing'), ('disability', 'Disability card or allowance'), ('counselling', 'Counselling'), ('legal', 'Legal aid'), ('treatment', 'Treatment'), ('papers', 'Papers and registration'), ('family', 'Family'), ('charity', 'Goods or donations'), ('unspecified', 'Asked for help, not yet asked what for')], max_length=12, verbose_name='kind')),
                        ('urgency', models.CharField(choices=[('normal', 'Normal'), ('soon', 'Soon'), ('urgent', 'At once')], max_length=6, verbose_name='urgency')),
                        ('said_by', models.CharField(choices=[('person', 'The person'), ('family', 'Family'), ('worker', 'The worker'), ('other', 'Somebody else')], max_length=6, verbose_name='who says so')),
                        ('said_on', models.DateField(verbose_name='said on')),
                        ('words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name="in the person's words")),
                        ('source', models.CharField(choices=[('checkin', 'Check-in'), ('meeting', 'Visit or interview'), ('assess', 'Assessment'), ('ledger', 'Ledger'), ('page', 'Recorded directly')], max_length=8, verbose_name='from')),
                        ('source_id', models.UUIDField(blank=True, editable=False, null=True)),
                        ('referred_on', models.DateField(blank=True, null=True, verbose_name='referred on')),
                        ('referred_to', models.CharField(blank=True, default='', max_length=120, verbose_name='referred to')),
                        ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                        ('outcome', models.CharField(blank=True, choices=[('met', 'Met'), ('declined', 'The person declines'), ('not_possible', 'Could not be met'), ('mistake', 'Recorded by mistake')], default='', max_length=12, verbose_name='outcome')),
                        ('closed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('closing_note', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='how it ended')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                        ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='668ad2530b2eaf78a0fe24036eb28368f94050a4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2d236', table='needs_needevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
