import apps.core.fields
import apps.core.labels
import apps.core.tables_at_once
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
        ('needs', '0001_squashed_0006_words_of_the_field'),
        ('persons', '0001_squashed_0008_words_of_the_field'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Session',
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
                        ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='counselling', to='persons.person', verbose_name='person')),
                        ('need', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='counselling', to='needs.need', verbose_name='need')),
                        ('kind', models.CharField(choices=[('person', 'Counselling of the person'), ('family', 'Family guidance'), ('both', 'Counselling with the family')], max_length=6, verbose_name='kind of session')),
                        ('occurred_at', models.DateTimeField(verbose_name='time')),
                        ('day', models.DateField(editable=False, verbose_name='day')),
                        ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes')),
                        ('counsellor', models.CharField(choices=[('recorder', 'Who recorded it'), ('other', 'Somebody else, by name or body')], max_length=8, verbose_name='who counselled')),
                        ('counsellor_name', models.CharField(blank=True, default='', max_length=60, verbose_name='name of the counsellor')),
                        ('counsellor_body', models.CharField(blank=True, default='', max_length=120, verbose_name='body of the counsellor')),
                        ('family_told', models.CharField(blank=True, choices=[('nothing', 'Nothing about the person'), ('agreed', 'What the person agreed to')], default='', max_length=7, verbose_name='what the family was told')),
                        ('agreed_on', models.DateField(blank=True, null=True, verbose_name='the person agreed on')),
                        ('ground', models.CharField(choices=[('order', 'During an order'), ('asked', 'Asked for by the person')], max_length=5, verbose_name='ground')),
                        ('next_on', models.DateField(blank=True, null=True, verbose_name='next date agreed')),
                    ],
                    options={
                        'verbose_name': 'counselling session',
                        'verbose_name_plural': 'counselling sessions',
                        'indexes': [models.Index(fields=['person', '-day'], name='counselling_person_day'), models.Index(fields=['county', '-day'], name='counselling_county_day')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('counsellor', 'recorder'), ('counsellor_body', ''), ('counsellor_name', '')), models.Q(('counsellor', 'other'), models.Q(models.Q(('counsellor_name', ''), _negated=True), models.Q(('counsellor_body', ''), _negated=True), _connector='OR')), _connector='OR'), name='counselling_by_somebody', violation_error_message='Say who counselled: a name or a body.'), models.CheckConstraint(condition=models.Q(models.Q(('family_told', ''), ('kind', 'person')), models.Q(models.Q(('kind', 'person'), _negated=True), models.Q(('family_told', ''), _negated=True)), _connector='OR'), name='counselling_says_what_family_was_told', violation_error_message='Say what the family was told about the person.'), models.CheckConstraint(condition=models.Q(models.Q(('family_told', 'agreed'), ('agreed_on__isnull', False)), models.Q(models.Q(('family_told', 'agreed'), _negated=True), ('agreed_on', None)), _connector='OR'), name='counselling_family_told_as_agreed', violation_error_message='The family is told of the person only what the person agreed to.'), models.CheckConstraint(condition=models.Q(('agreed_on', None), ('agreed_on__lte', models.F('day')), _connector='OR'), name='counselling_agreed_before', violation_error_message='The agreement comes before the session.'), models.CheckConstraint(condition=models.Q(('minutes', None), ('minutes__range', (1, 600)), _connector='OR'), name='counselling_minutes', violation_error_message='A session has 1 to 600 minutes.'), models.CheckConstraint(condition=models.Q(('next_on', None), ('next_on__gte', models.F('day')), _connector='OR'), name='counselling_next_not_before', violation_error_message='The next date lies before the session.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='counselling_withdrawn_by_somebody')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "counselling_sessionevent" ("agreed_on", "client_uuid", "counsellor", "counsellor_body", "counsellor_name", "county_id", "day", "family_told", "ground", "id", "kind", "minutes", "need_id", "next_on", "occurred_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "town_id", "version", "village_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."agreed_on", NEW."client_uuid", NEW."counsellor", NEW."counsellor_body", NEW."counsellor_name", NEW."county_id", NEW."day", NEW."family_told", NEW."ground", NEW."id", NEW."kind", NEW."minutes", NEW."need_id", NEW."next_on", NEW."occurred_at", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."town_id", NEW."version", NEW."village_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='f6533f2066d6ffba7fad534f0bf1868089cede7e', operation='INSERT', pgid='pgtrigger_insert_insert_6ad9f', table='counselling_session', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "counselling_sessionevent" ("agreed_on", "client_uuid", "counsellor", "counsellor_body", "counsellor_name", "county_id", "day", "family_told", "ground", "id", "kind", "minutes", "need_id", "next_on", "occurred_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "town_id", "version", "village_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."agreed_on", NEW."client_uuid", NEW."counsellor", NEW."counsellor_body", NEW."counsellor_name", NEW."county_id", NEW."day", NEW."family_told", NEW."ground", NEW."id", NEW."kind", NEW."minutes", NEW."need_id", NEW."next_on", NEW."occurred_at", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."town_id", NEW."version", NEW."village_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='1f13fbecb2de039d1b0cbe1837b2404aa3734218', operation='UPDATE', pgid='pgtrigger_update_update_e6e15', table='counselling_session', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='SessionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='counselling.session')),
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
                        ('need', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='needs.need', verbose_name='need')),
                        ('kind', models.CharField(choices=[('person', 'Counselling of the person'), ('family', 'Family guidance'), ('both', 'Counselling with the family')], max_length=6, verbose_name='kind of session')),
                        ('occurred_at', models.DateTimeField(verbose_name='time')),
                        ('day', models.DateField(editable=False, verbose_name='day')),
                        ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes')),
                        ('counsellor', models.CharField(choices=[('recorder', 'Who recorded it'), ('other', 'Somebody else, by name or body')], max_length=8, verbose_name='who counselled')),
                        ('counsellor_name', models.CharField(blank=True, default='', max_length=60, verbose_name='name of the counsellor')),
                        ('counsellor_body', models.CharField(blank=True, default='', max_length=120, verbose_name='body of the counsellor')),
                        ('family_told', models.CharField(blank=True, choices=[('nothing', 'Nothing about the person'), ('agreed', 'What the person agreed to')], default='', max_length=7, verbose_name='what the family was told')),
                        ('agreed_on', models.DateField(blank=True, null=True, verbose_name='the person agreed on')),
                        ('ground', models.CharField(choices=[('order', 'During an order'), ('asked', 'Asked for by the person')], max_length=5, verbose_name='ground')),
                        ('next_on', models.DateField(blank=True, null=True, verbose_name='next date agreed')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3fac4a8fbe602677528078f30d7ee1e27642581e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b0d62', table='counselling_sessionevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='SessionNotes',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('session', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='counselling.session', verbose_name='counselling session')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='persons.person', verbose_name='person')),
                        ('theme', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='theme')),
                        ('place_words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='place of the session')),
                        ('family_words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='who of the family took part')),
                        ('words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='confidential notes')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        'verbose_name': 'confidential notes of a session',
                        'verbose_name_plural': 'confidential notes of sessions',
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "counselling_sessionnotesevent" ("county_id", "family_words", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_words", "public_id", "recorded_at", "recorded_by_id", "session_id", "theme", "town_id", "version", "village_id", "words") VALUES (NEW."county_id", NEW."family_words", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_words", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."session_id", NEW."theme", NEW."town_id", NEW."version", NEW."village_id", NEW."words"); RETURN NULL;', hash='60c05ebd9fba49e94409302295c805a86f8b49c4', operation='INSERT', pgid='pgtrigger_insert_insert_fea60', table='counselling_sessionnotes', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "counselling_sessionnotesevent" ("county_id", "family_words", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_words", "public_id", "recorded_at", "recorded_by_id", "session_id", "theme", "town_id", "version", "village_id", "words") VALUES (NEW."county_id", NEW."family_words", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_words", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."session_id", NEW."theme", NEW."town_id", NEW."version", NEW."village_id", NEW."words"); RETURN NULL;', hash='dfb8d560dec68fc60ed736abbb8a0608c12506a6', operation='UPDATE', pgid='pgtrigger_update_update_54ba3', table='counselling_sessionnotes', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='SessionNotesEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='counselling.sessionnotes')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('session', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='counselling.session', verbose_name='counselling session')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('theme', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='theme')),
                        ('place_words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='place of the session')),
                        ('family_words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='who of the family took part')),
                        ('words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='confidential notes')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='af8bb11e9fa9edd47774345745889f7aeed02967', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_48e70', table='counselling_sessionnotesevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
