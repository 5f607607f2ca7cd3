import apps.core.fields
import apps.core.tables_at_once
import apps.persons.models.assignment
import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('covers', '0001_initial'),
        ('covers', '0002_deletions_in_history'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_words_of_the_field'),
        ('core', '0001_squashed_0002_sent'),
        ('persons', '0001_squashed_0008_words_of_the_field'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Cover',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL, verbose_name='who is away')),
                        ('cover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covers', to=settings.AUTH_USER_MODEL, verbose_name='who covers')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('words', models.CharField(blank=True, default='', max_length=400, verbose_name='what to know')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('assignments', models.ManyToManyField(related_name='+', to='persons.assignment', verbose_name='assignments')),
                    ],
                    options={
                        'verbose_name': 'cover',
                        'verbose_name_plural': 'covers',
                        'ordering': ('-starts_on', '-pk'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('starts_on')), _connector='OR'), name='cover_ends_after_start', violation_error_message='The end lies before the beginning.'), models.CheckConstraint(condition=models.Q(('worker', models.F('cover')), _negated=True), name='cover_by_somebody_else', violation_error_message='Nobody covers for themselves.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('worker', '='), (apps.persons.models.assignment.DateSpan('starts_on', 'until_on', models.Value('[]')), '&&')], name='cover_one_at_a_time', violation_error_message='On these days somebody covers already.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "covers_coverevent" ("client_uuid", "cover_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "starts_on", "until_on", "words", "worker_id") VALUES (NEW."client_uuid", NEW."cover_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."starts_on", NEW."until_on", NEW."words", NEW."worker_id"); RETURN NULL;', hash='bdb0edd8e47d31a2824730d4c678ee04a04c5786', operation='INSERT', pgid='pgtrigger_insert_insert_4bce6', table='covers_cover', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "covers_coverevent" ("client_uuid", "cover_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "starts_on", "until_on", "words", "worker_id") VALUES (NEW."client_uuid", NEW."cover_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."starts_on", NEW."until_on", NEW."words", NEW."worker_id"); RETURN NULL;', hash='3461e63a479b1d5dce60b322c13e7bb3cbbdc944', operation='UPDATE', pgid='pgtrigger_update_update_12b36', table='covers_cover', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "covers_coverevent" ("client_uuid", "cover_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "starts_on", "until_on", "words", "worker_id") VALUES (OLD."client_uuid", OLD."cover_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."recorded_at", OLD."recorded_by_id", OLD."starts_on", OLD."until_on", OLD."words", OLD."worker_id"); RETURN NULL;', hash='cec95a0dd55d85e24ecbd7d5e82400036d175662', operation='DELETE', pgid='pgtrigger_delete_delete_06347', table='covers_cover', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CoverEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='covers.cover')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('worker', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who is away')),
                        ('cover', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who covers')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('words', models.CharField(blank=True, default='', max_length=400, verbose_name='what to know')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e58963916e37101f1069d49e1d7487abf165212b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c8e69', table='covers_coverevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='CoverGives',
                    fields=[
                    ],
                    options={
                        'proxy': True,
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "covers_covergivesevent" ("assignment_id", "cover_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (NEW."assignment_id", NEW."cover_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\'); RETURN NULL;', hash='9eb50a2dfe302d800c93fd53c7452cad27df9193', operation='INSERT', pgid='pgtrigger_insert_insert_aff37', table='covers_cover_assignments', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "covers_covergivesevent" ("assignment_id", "cover_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (OLD."assignment_id", OLD."cover_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\'); RETURN NULL;', hash='d24768b895a97f159e0c7ceef4c77685cb1ad07a', operation='DELETE', pgid='pgtrigger_delete_delete_312d2', table='covers_cover_assignments', when='AFTER'))],
                    },
                    bases=('covers.cover_assignments',),
                ),
                migrations.CreateModel(
                    name='CoverGivesEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('cover', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='covers.cover')),
                        ('assignment', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.assignment')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='36229d9a6d6afa049a2a1e409e2abe9d1d674640', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2d4ed', table='covers_covergivesevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
