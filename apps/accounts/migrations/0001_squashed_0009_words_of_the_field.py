import apps.core.fields
import apps.core.tables_at_once
import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_history'),
        ('accounts', '0003_sign_in'),
        ('accounts', '0004_names_are_folded'),
        ('accounts', '0005_four_eyes'),
        ('accounts', '0006_responsible_staff'),
        ('accounts', '0007_villages_in_history'),
        ('accounts', '0008_one_word_for_staff'),
        ('accounts', '0009_words_of_the_field'),
    ]

    initial = True

    dependencies = [
        ('areas', '0001_squashed_0003_lineage'),
        ('core', '0001_squashed_0002_sent'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('username', models.CharField(error_messages={'unique': 'This user name is taken.'}, max_length=60, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='user name')),
                        ('name', models.CharField(max_length=60, verbose_name='name')),
                        ('phone', models.CharField(blank=True, default='', max_length=20, verbose_name='phone')),
                        ('role', models.CharField(choices=[('worker', 'Case worker'), ('town_supervisor', 'Town supervisor'), ('county_supervisor', 'County supervisor'), ('province_viewer', 'Province viewer'), ('records_admin', 'Records administrator'), ('system_admin', 'System administrator'), ('auditor', 'Auditor'), ('built_in', 'Built-in account')], max_length=20, verbose_name='role')),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='areas.area', verbose_name='area')),
                        ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                        ('must_change_password', models.BooleanField(default=False, verbose_name='must choose a password')),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                        ('session_mark', models.UUIDField(default=uuid.uuid4, editable=False)),
                        ('villages', models.ManyToManyField(blank=True, related_name='responsible_staff', to='areas.area', verbose_name='responsible villages')),
                    ],
                    options={
                        'verbose_name': 'account',
                        'verbose_name_plural': 'staff',
                        'ordering': ['username'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('area__isnull', False), ('role__in', ['system_admin', 'auditor', 'built_in']), _connector='OR'), name='user_has_area', violation_error_message='This role needs an area.'), models.CheckConstraint(condition=models.Q(('username', django.db.models.functions.text.Lower('username'))), name='user_name_is_folded', violation_error_message='A user name is written in small letters.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='sessions_end', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."role" IS DISTINCT FROM (NEW."role"))', func='NEW.session_mark = gen_random_uuid(); RETURN NEW;', hash='cb626a78dd55e9b2365a1aaceec0a6d35fab8d40', operation='UPDATE', pgid='pgtrigger_sessions_end_9952f', table='accounts_user', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("area_id", "created_at", "id", "is_active", "must_change_password", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "public_id", "role", "username") VALUES (NEW."area_id", NEW."created_at", NEW."id", NEW."is_active", NEW."must_change_password", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."public_id", NEW."role", NEW."username"); RETURN NULL;', hash='cab21db8104f47ba3295410ea03757c170cecb08', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."must_change_password" IS DISTINCT FROM (NEW."must_change_password") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."username" IS DISTINCT FROM (NEW."username"))', func='INSERT INTO "accounts_userevent" ("area_id", "created_at", "id", "is_active", "must_change_password", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "public_id", "role", "username") VALUES (NEW."area_id", NEW."created_at", NEW."id", NEW."is_active", NEW."must_change_password", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."public_id", NEW."role", NEW."username"); RETURN NULL;', hash='527d09cc048ccae09a61529ec6811902ea02803d', operation='UPDATE', pgid='pgtrigger_update_update_0e890', table='accounts_user', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='AccountProposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('kind', models.CharField(choices=[('code', 'One-time code'), ('account', 'New account'), ('change', 'Change of an account')], max_length=8, verbose_name='kind')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                        ('to_role', models.CharField(blank=True, choices=[('worker', 'Case worker'), ('town_supervisor', 'Town supervisor'), ('county_supervisor', 'County supervisor'), ('province_viewer', 'Province viewer'), ('records_admin', 'Records administrator'), ('system_admin', 'System administrator'), ('auditor', 'Auditor'), ('built_in', 'Built-in account')], default='', max_length=20, verbose_name='role')),
                        ('to_area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='unit')),
                        ('without_area', models.BooleanField(default=False, verbose_name='without a unit')),
                        ('to_sign_in', models.BooleanField(default=False, verbose_name='may sign in')),
                        ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                        ('proposed_at', models.DateTimeField(auto_now_add=True, verbose_name='proposed')),
                        ('decision', models.CharField(blank=True, choices=[('', 'Waiting'), ('confirmed', 'Confirmed'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='', max_length=9, verbose_name='decision')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                        ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='code made')),
                    ],
                    options={
                        'verbose_name': 'change of an account by two persons',
                        'verbose_name_plural': 'changes of accounts by two persons',
                        'indexes': [models.Index(fields=['user', 'proposed_at'], name='account_proposal_of')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('decision', '')), fields=('user', 'kind'), name='account_proposal_once', violation_error_message='This waits for a second person already.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='account_proposal_decided', violation_error_message='A decision has a day and a name.'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'confirmed'), _negated=True), models.Q(models.Q(('decided_by', models.F('proposed_by')), _negated=True), models.Q(('decided_by', models.F('user')), _negated=True)), _connector='OR'), name='account_proposal_four_eyes', violation_error_message='Nobody confirms what they asked for themselves, nor what is about themselves.'), models.CheckConstraint(condition=models.Q(('used_at', None), ('decision', 'confirmed'), _connector='OR'), name='account_proposal_used', violation_error_message='A code needs a second person first.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_accountproposalevent" ("decided_at", "decided_by_id", "decision", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "public_id", "to_area_id", "to_role", "to_sign_in", "used_at", "user_id", "without_area") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."public_id", NEW."to_area_id", NEW."to_role", NEW."to_sign_in", NEW."used_at", NEW."user_id", NEW."without_area"); RETURN NULL;', hash='d31becac323dda95377db6005494fcdff57a68f7', operation='INSERT', pgid='pgtrigger_insert_insert_b652a', table='accounts_accountproposal', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_accountproposalevent" ("decided_at", "decided_by_id", "decision", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "public_id", "to_area_id", "to_role", "to_sign_in", "used_at", "user_id", "without_area") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."public_id", NEW."to_area_id", NEW."to_role", NEW."to_sign_in", NEW."used_at", NEW."user_id", NEW."without_area"); RETURN NULL;', hash='4ddb91bb3804b6e505e96f068c58bdeec437c3e4', operation='UPDATE', pgid='pgtrigger_update_update_4a4af', table='accounts_accountproposal', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='SignInTry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(verbose_name='at')),
                        ('way', models.CharField(choices=[('password', 'Sign-in'), ('code', 'One-time code'), ('change', 'Change of password')], max_length=8, verbose_name='what')),
                        ('outcome', models.CharField(choices=[('wrong', 'Wrong'), ('right', 'Right'), ('refused', 'Refused: too many tries')], default='wrong', max_length=7, verbose_name='outcome')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                        ('name_key', models.BinaryField(max_length=32)),
                        ('address', models.GenericIPAddressField(blank=True, null=True, verbose_name='address')),
                        ('network', models.CharField(blank=True, default='', max_length=50, verbose_name='network')),
                        ('at_home', models.BooleanField(default=False, help_text='The account has signed in from this address in the last 90 days.', verbose_name='signed in from there before')),
                    ],
                    options={
                        'verbose_name': 'try to sign in',
                        'verbose_name_plural': 'tries to sign in',
                        'indexes': [models.Index(fields=['name_key', 'at'], name='try_of_name'), models.Index(fields=['address', 'at'], name='try_from_address'), models.Index(fields=['network', 'at'], name='try_from_network')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('user__isnull', False), models.Q(('outcome', 'right'), _negated=True), _connector='OR'), name='try_right_has_account', violation_error_message='Only an account that exists proves right.')],
                    },
                ),
                migrations.CreateModel(
                    name='UserEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('username', models.CharField(error_messages={'unique': 'This user name is taken.'}, max_length=60, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='user name')),
                        ('name', models.CharField(max_length=60, verbose_name='name')),
                        ('phone', models.CharField(blank=True, default='', max_length=20, verbose_name='phone')),
                        ('role', models.CharField(choices=[('worker', 'Case worker'), ('town_supervisor', 'Town supervisor'), ('county_supervisor', 'County supervisor'), ('province_viewer', 'Province viewer'), ('records_admin', 'Records administrator'), ('system_admin', 'System administrator'), ('auditor', 'Auditor'), ('built_in', 'Built-in account')], max_length=20, verbose_name='role')),
                        ('area', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='area')),
                        ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                        ('must_change_password', models.BooleanField(default=False, verbose_name='must choose a password')),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e9498e73f6fbdf2642fb33fa14189f1ad2382c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45b21', table='accounts_userevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ResetCode',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reset_codes', to=settings.AUTH_USER_MODEL)),
                        ('code_hash', models.BinaryField(max_length=32, unique=True)),
                        ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='issued by')),
                        ('issued_at', models.DateTimeField(verbose_name='issued')),
                        ('expires_at', models.DateTimeField(verbose_name='expires')),
                        ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used')),
                        ('role', models.CharField(blank=True, choices=[('worker', 'Case worker'), ('town_supervisor', 'Town supervisor'), ('county_supervisor', 'County supervisor'), ('province_viewer', 'Province viewer'), ('records_admin', 'Records administrator'), ('system_admin', 'System administrator'), ('auditor', 'Auditor'), ('built_in', 'Built-in account')], default='', max_length=20, verbose_name='role')),
                        ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                        ('on_server', models.BooleanField(default=False, verbose_name='made on the server')),
                        ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='holder notified')),
                    ],
                    options={
                        'verbose_name': 'one-time code',
                        'verbose_name_plural': 'one-time codes',
                        'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('issued_at'))), name='reset_code_expires_later'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['auditor', 'county_supervisor', 'records_admin', 'system_admin', 'town_supervisor']), _negated=True), ('on_server', True), ('confirmed_by__isnull', False), _connector='OR'), name='reset_code_four_eyes', violation_error_message='A code for this role needs a second person.'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(models.Q(('confirmed_by', models.F('issued_by')), _negated=True), models.Q(('confirmed_by', models.F('user')), _negated=True)), _connector='OR'), name='reset_code_confirmed_by_another', violation_error_message='Nobody confirms what they asked for themselves.')],
                    },
                ),
                migrations.CreateModel(
                    name='UserVillage',
                    fields=[
                    ],
                    options={
                        'proxy': True,
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_uservillageevent" ("area_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "user_id") VALUES (NEW."area_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."user_id"); RETURN NULL;', hash='7deec1866ccf99ac6f1b055a907fe2411cabe621', operation='INSERT', pgid='pgtrigger_insert_insert_5c03a', table='accounts_user_villages', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_uservillageevent" ("area_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "user_id") VALUES (NEW."area_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."user_id"); RETURN NULL;', hash='907cbbadb3fd6c0bbaa2797f2cf2b742450b2665', operation='UPDATE', pgid='pgtrigger_update_update_978e0', table='accounts_user_villages', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_uservillageevent" ("area_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "user_id") VALUES (OLD."area_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."user_id"); RETURN NULL;', hash='ac5b4d43795662ef57425b8613be6ca720fcac08', operation='DELETE', pgid='pgtrigger_delete_delete_d3f03', table='accounts_user_villages', when='AFTER'))],
                    },
                    bases=('accounts.user_villages',),
                ),
                migrations.CreateModel(
                    name='UserVillageEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('user', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('area', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='55dc35412437911ce1f91e7c2bd6e24358d565c7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cc4e6', table='accounts_uservillageevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='AccountProposalEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.accountproposal')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('kind', models.CharField(choices=[('code', 'One-time code'), ('account', 'New account'), ('change', 'Change of an account')], max_length=8, verbose_name='kind')),
                        ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                        ('to_role', models.CharField(blank=True, choices=[('worker', 'Case worker'), ('town_supervisor', 'Town supervisor'), ('county_supervisor', 'County supervisor'), ('province_viewer', 'Province viewer'), ('records_admin', 'Records administrator'), ('system_admin', 'System administrator'), ('auditor', 'Auditor'), ('built_in', 'Built-in account')], default='', max_length=20, verbose_name='role')),
                        ('to_area', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='unit')),
                        ('without_area', models.BooleanField(default=False, verbose_name='without a unit')),
                        ('to_sign_in', models.BooleanField(default=False, verbose_name='may sign in')),
                        ('proposed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                        ('proposed_at', models.DateTimeField(auto_now_add=True, verbose_name='proposed')),
                        ('decision', models.CharField(blank=True, choices=[('', 'Waiting'), ('confirmed', 'Confirmed'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='', max_length=9, verbose_name='decision')),
                        ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                        ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='code made')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e2ce8271bce0f9248ae0372d32d50c73f27e5810', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2b7a0', table='accounts_accountproposalevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
