import apps.core.fields
import apps.core.labels
import apps.core.tables_at_once
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('draws', '0001_initial'),
    ]

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
                    name='Draw',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('day', models.DateField(verbose_name='day')),
                        ('valid_days', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(30)], verbose_name='days that a test may follow later')),
                        ('until', models.DateField(editable=False, verbose_name='until')),
                        ('wanted', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9999)], verbose_name='how many are drawn')),
                        ('period_days', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(366)], verbose_name='period in days')),
                        ('floor', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(99)], verbose_name='at least, per person and period')),
                        ('ceiling', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(99)], verbose_name='at most, per person and period')),
                        ('note', models.CharField(blank=True, default='', max_length=200, verbose_name='note')),
                        ('algorithm', models.PositiveSmallIntegerField(verbose_name='version of the rule')),
                        ('seed', models.CharField(max_length=32, verbose_name='seed')),
                        ('pool', models.JSONField(verbose_name='pool')),
                        ('excused', models.JSONField(blank=True, verbose_name='excused')),
                        ('drawn', models.JSONField(verbose_name='drawn')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ],
                    options={
                        'verbose_name': 'random draw',
                        'verbose_name_plural': 'random draws',
                        'ordering': ('-day', '-pk'),
                        'constraints': [models.UniqueConstraint(fields=('county', 'town', 'village', 'day'), name='draw_once_a_day', nulls_distinct=False, violation_error_message='For this unit and day a draw stands already. A second one would be a choice.'), models.CheckConstraint(condition=models.Q(('ceiling__gte', 1), ('floor__lte', models.F('ceiling')), ('wanted__gte', 1)), name='draw_bounds', violation_error_message='The minimum is higher than the maximum.'), models.CheckConstraint(condition=models.Q(('seed__regex', '^[0-9a-f]{32}$'), ('until__gte', models.F('day'))), name='draw_seed')],
                        'triggers': [pgtrigger.compiler.Trigger(name='draw_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e37f38a1eda84040b0e77fab787d54fc05243bb5', operation='UPDATE OR DELETE', pgid='pgtrigger_draw_stands_5ff19', table='draws_draw', when='BEFORE'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='Excuse',
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
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draw_excuses', to='persons.person', verbose_name='person')),
                        ('first', models.DateField(verbose_name='from')),
                        ('last', models.DateField(verbose_name='to')),
                        ('reason', models.CharField(choices=[('ill', 'Ill or in hospital'), ('family', 'Birth, death or illness in the family'), ('work', 'Work or an exam that cannot be left'), ('not_told', 'Could not be notified'), ('no_kit', 'Nothing to test with'), ('recorded', 'What happened is recorded elsewhere'), ('other', 'Another reason')], max_length=10, verbose_name='reason')),
                        ('words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='words')),
                    ],
                    options={
                        'verbose_name': 'excused from random tests',
                        'verbose_name_plural': 'excused from random tests',
                        'constraints': [models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='excuse_ends_after_start', violation_error_message='The end lies before the beginning.'), models.CheckConstraint(condition=models.Q(models.Q(('reason', 'other'), _negated=True), models.Q(('words', b''), _negated=True), _connector='OR'), name='excuse_other_in_words', violation_error_message='Say in words what the other reason is.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='excuse_withdrawn_by_somebody')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "draws_excuseevent" ("client_uuid", "county_id", "first", "id", "last", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorded_at", "recorded_by_id", "town_id", "version", "village_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "words") VALUES (NEW."client_uuid", NEW."county_id", NEW."first", NEW."id", NEW."last", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."town_id", NEW."version", NEW."village_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", NEW."words"); RETURN NULL;', hash='480e972d8a026eff4e29bdd279c979f5330041ac', operation='INSERT', pgid='pgtrigger_insert_insert_8888f', table='draws_excuse', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "draws_excuseevent" ("client_uuid", "county_id", "first", "id", "last", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorded_at", "recorded_by_id", "town_id", "version", "village_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "words") VALUES (NEW."client_uuid", NEW."county_id", NEW."first", NEW."id", NEW."last", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."town_id", NEW."version", NEW."village_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", NEW."words"); RETURN NULL;', hash='81a01800ce532b8923ad55acf0049321c9d2543e', operation='UPDATE', pgid='pgtrigger_update_update_4eb7e', table='draws_excuse', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='Drawn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('draw', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='draws.draw')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drawn', to='persons.person', verbose_name='person')),
                        ('number', models.UUIDField(editable=False, verbose_name='number of the file then')),
                        ('place', models.PositiveSmallIntegerField(verbose_name='place in the draw')),
                        ('day', models.DateField(verbose_name='day')),
                        ('until', models.DateField(verbose_name='until')),
                    ],
                    options={
                        'verbose_name': 'drawn for a random test',
                        'verbose_name_plural': 'drawn for random tests',
                        'constraints': [models.UniqueConstraint(fields=('draw', 'number'), name='drawn_once'), models.UniqueConstraint(fields=('draw', 'place'), name='drawn_one_a_place')],
                        'triggers': [pgtrigger.compiler.Trigger(name='drawn_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6ae99a5ed3149971e6b118a8af1e60c2a5455cd5', operation='DELETE', pgid='pgtrigger_drawn_stands_d3c9d', table='draws_drawn', when='BEFORE')), pgtrigger.compiler.Trigger(name='drawn_as_drawn', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."draw_id" IS DISTINCT FROM (NEW."draw_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."until" IS DISTINCT FROM (NEW."until"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0bd3419281efcdbc06566b6b0fb8d93cab58dee6', operation='UPDATE', pgid='pgtrigger_drawn_as_drawn_67d99', table='draws_drawn', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "draws_drawnevent" ("county_id", "day", "draw_id", "id", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_id", "town_id", "until", "village_id") VALUES (NEW."county_id", NEW."day", NEW."draw_id", NEW."id", NEW."number", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."public_id", NEW."town_id", NEW."until", NEW."village_id"); RETURN NULL;', hash='c5e25073c5c30fff9b9ac92af520a5b0b5c94da6', operation='INSERT', pgid='pgtrigger_insert_insert_b3f02', table='draws_drawn', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "draws_drawnevent" ("county_id", "day", "draw_id", "id", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "public_id", "town_id", "until", "village_id") VALUES (NEW."county_id", NEW."day", NEW."draw_id", NEW."id", NEW."number", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."public_id", NEW."town_id", NEW."until", NEW."village_id"); RETURN NULL;', hash='fd9bfa9a47a28e902d8725a68f3a621757b90616', operation='UPDATE', pgid='pgtrigger_update_update_93635', table='draws_drawn', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='ExcuseEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='draws.excuse')),
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
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('first', models.DateField(verbose_name='from')),
                        ('last', models.DateField(verbose_name='to')),
                        ('reason', models.CharField(choices=[('ill', 'Ill or in hospital'), ('family', 'Birth, death or illness in the family'), ('work', 'Work or an exam that cannot be left'), ('not_told', 'Could not be notified'), ('no_kit', 'Nothing to test with'), ('recorded', 'What happened is recorded elsewhere'), ('other', 'Another reason')], max_length=10, verbose_name='reason')),
                        ('words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='words')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c007963b977529db6565125dee0c4e1b09b0e5de', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_640d2', table='draws_excuseevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='DrawnEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='draws.drawn')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('draw', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='draws.draw')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('number', models.UUIDField(editable=False, verbose_name='number of the file then')),
                        ('place', models.PositiveSmallIntegerField(verbose_name='place in the draw')),
                        ('day', models.DateField(verbose_name='day')),
                        ('until', models.DateField(verbose_name='until')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='aa23b83bc834ba80bba89eb24390563ef75f870c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b5c40', table='draws_drawnevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
