import apps.core.fields
import apps.core.labels
import apps.core.tables_at_once
import apps.learning.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_words_of_the_field'),
        ('areas', '0001_squashed_0003_lineage'),
        ('core', '0001_squashed_0002_sent'),
        ('persons', '0001_squashed_0008_words_of_the_field'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='LearningRecord',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                        ('withdrawn_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='why withdrawn')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('title', models.CharField(max_length=80, verbose_name='course or content')),
                        ('origin', models.CharField(choices=[('platform', 'Another platform'), ('own', 'A course of the office')], max_length=8, verbose_name='learned where')),
                        ('platform', models.CharField(blank=True, default='', max_length=60, verbose_name='name of the platform')),
                        ('first', models.DateField(verbose_name='day of learning, or the first')),
                        ('last', models.DateField(blank=True, null=True, verbose_name='last day of learning')),
                        ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='learning', to='persons.person', verbose_name='person')),
                        ('points', apps.learning.fields.ExactDecimalField(blank=True, decimal_places=4, max_digits=9, null=True, verbose_name='points')),
                        ('hours', apps.learning.fields.ExactDecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name='hours of learning')),
                        ('words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='remark')),
                    ],
                    options={
                        'verbose_name': 'learning record',
                        'verbose_name_plural': 'learning records',
                        'indexes': [models.Index(fields=['person', '-first'], name='learning_person_day')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('last', None), ('last__gte', models.F('first')), _connector='OR'), name='learning_ends_after_start', violation_error_message='The end lies before the beginning.'), models.CheckConstraint(condition=models.Q(models.Q(('origin', 'platform'), models.Q(('platform', ''), _negated=True)), models.Q(('origin', 'own'), ('platform', '')), _connector='OR'), name='learning_platform_has_a_name', violation_error_message='Another platform has a name; a course of the office none.'), models.CheckConstraint(condition=models.Q(('points', None), models.Q(('points__gte', 0), ('points__lte', 99999)), _connector='OR'), name='learning_points', violation_error_message='Points lie between 0 and 99,999.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='learning_withdrawn_by_somebody'), models.CheckConstraint(condition=models.Q(('hours', None), models.Q(('hours__gt', 0), ('hours__lte', 9999)), _connector='OR'), name='learning_hours', violation_error_message='Hours lie between 0 and 9,999.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "learning_learningrecordevent" ("client_uuid", "county_id", "first", "hours", "id", "last", "origin", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "points", "public_id", "recorded_at", "recorded_by_id", "title", "town_id", "version", "village_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "words") VALUES (NEW."client_uuid", NEW."county_id", NEW."first", NEW."hours", NEW."id", NEW."last", NEW."origin", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."platform", NEW."points", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."title", NEW."town_id", NEW."version", NEW."village_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", NEW."words"); RETURN NULL;', hash='2bac212c55f6f3f03d1e19292c69d7b6fad2142c', operation='INSERT', pgid='pgtrigger_insert_insert_ac53f', table='learning_learningrecord', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "learning_learningrecordevent" ("client_uuid", "county_id", "first", "hours", "id", "last", "origin", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "points", "public_id", "recorded_at", "recorded_by_id", "title", "town_id", "version", "village_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "words") VALUES (NEW."client_uuid", NEW."county_id", NEW."first", NEW."hours", NEW."id", NEW."last", NEW."origin", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."platform", NEW."points", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."title", NEW."town_id", NEW."version", NEW."village_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", NEW."words"); RETURN NULL;', hash='1ea2bdf65a727ff2214f559b0ac6b418ca0aecfd', operation='UPDATE', pgid='pgtrigger_update_update_a90e0', table='learning_learningrecord', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='UnitScore',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('title', models.CharField(max_length=80, verbose_name='course or content')),
                        ('origin', models.CharField(choices=[('platform', 'Another platform'), ('own', 'A course of the office')], max_length=8, verbose_name='learned where')),
                        ('platform', models.CharField(blank=True, default='', max_length=60, verbose_name='name of the platform')),
                        ('first', models.DateField(verbose_name='day of learning, or the first')),
                        ('last', models.DateField(blank=True, null=True, verbose_name='last day of learning')),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='unit')),
                        ('points', apps.learning.fields.ExactDecimalField(decimal_places=4, max_digits=9, verbose_name='points')),
                        ('words', models.CharField(blank=True, default='', max_length=200, verbose_name='remark')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                        ('withdrawn_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by')),
                        ('withdrawn_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='why withdrawn')),
                    ],
                    options={
                        'verbose_name': 'score of a unit',
                        'verbose_name_plural': 'scores of units',
                        'constraints': [models.CheckConstraint(condition=models.Q(('last', None), ('last__gte', models.F('first')), _connector='OR'), name='learning_unit_ends_after_start', violation_error_message='The end lies before the beginning.'), models.CheckConstraint(condition=models.Q(models.Q(('origin', 'platform'), models.Q(('platform', ''), _negated=True)), models.Q(('origin', 'own'), ('platform', '')), _connector='OR'), name='learning_unit_platform_has_a_name', violation_error_message='Another platform has a name; a course of the office none.'), models.CheckConstraint(condition=models.Q(('points', None), models.Q(('points__gte', 0), ('points__lte', 99999)), _connector='OR'), name='learning_unit_points', violation_error_message='Points lie between 0 and 99,999.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='learning_unit_withdrawn_by_somebody')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "learning_unitscoreevent" ("area_id", "client_uuid", "first", "id", "last", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "points", "public_id", "recorded_at", "recorded_by_id", "title", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "words") VALUES (NEW."area_id", NEW."client_uuid", NEW."first", NEW."id", NEW."last", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."platform", NEW."points", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."title", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", NEW."words"); RETURN NULL;', hash='749590eac27d9733bfa746a2f53436c9440ace8e', operation='INSERT', pgid='pgtrigger_insert_insert_ade91', table='learning_unitscore', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "learning_unitscoreevent" ("area_id", "client_uuid", "first", "id", "last", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "platform", "points", "public_id", "recorded_at", "recorded_by_id", "title", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "words") VALUES (NEW."area_id", NEW."client_uuid", NEW."first", NEW."id", NEW."last", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."platform", NEW."points", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."title", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", NEW."words"); RETURN NULL;', hash='475209db8d6f51949e464af5b5c91e500bfa304f', operation='UPDATE', pgid='pgtrigger_update_update_bcb7a', table='learning_unitscore', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='LearningRecordEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='learning.learningrecord')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                        ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='why withdrawn')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('title', models.CharField(max_length=80, verbose_name='course or content')),
                        ('origin', models.CharField(choices=[('platform', 'Another platform'), ('own', 'A course of the office')], max_length=8, verbose_name='learned where')),
                        ('platform', models.CharField(blank=True, default='', max_length=60, verbose_name='name of the platform')),
                        ('first', models.DateField(verbose_name='day of learning, or the first')),
                        ('last', models.DateField(blank=True, null=True, verbose_name='last day of learning')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('points', apps.learning.fields.ExactDecimalField(blank=True, decimal_places=4, max_digits=9, null=True, verbose_name='points')),
                        ('hours', apps.learning.fields.ExactDecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name='hours of learning')),
                        ('words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='remark')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2b337673345dc01416baa5dd4210f956eff02ba1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c9180', table='learning_learningrecordevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='UnitScoreEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='learning.unitscore')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('title', models.CharField(max_length=80, verbose_name='course or content')),
                        ('origin', models.CharField(choices=[('platform', 'Another platform'), ('own', 'A course of the office')], max_length=8, verbose_name='learned where')),
                        ('platform', models.CharField(blank=True, default='', max_length=60, verbose_name='name of the platform')),
                        ('first', models.DateField(verbose_name='day of learning, or the first')),
                        ('last', models.DateField(blank=True, null=True, verbose_name='last day of learning')),
                        ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='unit')),
                        ('points', apps.learning.fields.ExactDecimalField(decimal_places=4, max_digits=9, verbose_name='points')),
                        ('words', models.CharField(blank=True, default='', max_length=200, verbose_name='remark')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                        ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by')),
                        ('withdrawn_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='why withdrawn')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e961f8af10011647431eeed13ec85c373db9ddc2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1ace0', table='learning_unitscoreevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
