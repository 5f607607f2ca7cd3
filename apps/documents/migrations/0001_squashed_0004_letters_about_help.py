import apps.core.fields
import apps.core.labels
import apps.core.tables_at_once
import apps.documents.models.attachment
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('documents', '0001_initial'),
        ('documents', '0002_more_kinds'),
        ('documents', '0003_words_of_the_field'),
        ('documents', '0004_letters_about_help'),
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
                    name='OfficeTemplate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='office')),
                        ('kind', models.CharField(choices=[('notice', 'Notice of processing of personal data'), ('handbook', 'Handbook of the person, one page'), ('report_notice', 'Notice to report'), ('registration', 'Registration form'), ('agreement', 'Agreement'), ('rules', 'Rules for the person'), ('team', 'Care team list'), ('plan', 'Plan'), ('talk', 'Interview record'), ('visit', 'Home visit record'), ('help', 'Record of help'), ('help_referral', 'Referral letter'), ('help_support', 'Letter in support of an application'), ('help_receipt', 'Receipt of help'), ('risk', 'Risk assessment record'), ('tier_notice', 'Notice of the risk level, to the person'), ('leave', 'Leave form'), ('transfer', 'Transfer letter with receipt'), ('two_way', 'Letter between two places of residence'), ('breach_register', 'Register of breaches'), ('admonition', 'Admonition (first level)'), ('warning', 'Written warning (second level)'), ('breach_proof', 'Proof of a serious breach, to the police'), ('overdue_proof', 'Proof of not having reported, to the police'), ('suspension', 'Note of suspension'), ('continuation', 'Note of continuation'), ('termination', 'Note of termination'), ('release_approval', 'Approval form of a release'), ('release_proposal', 'Proposal to release, to the police'), ('completion', 'Notice that the term has ended'), ('end_of_control', 'Proposal to end control after three years of abstinence'), ('archive', 'Note on filing away'), ('index', 'Index of the case file'), ('request', 'Request to see, correct or object')], max_length=20, verbose_name='kind')),
                        ('measure', models.CharField(blank=True, choices=[('SQJD', 'Community detoxification'), ('SQKF', 'Community rehabilitation')], default='', help_text='Empty: for both measures.', max_length=4, verbose_name='measure')),
                        ('effective_from', models.DateField(verbose_name='in effect from')),
                        ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='not used from')),
                        ('content', models.BinaryField(verbose_name='file')),
                        ('sha256', models.CharField(editable=False, max_length=64)),
                        ('note', models.CharField(blank=True, default='', max_length=200, verbose_name='note')),
                        ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded')),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
                    ],
                    options={
                        'verbose_name': 'template of an office',
                        'verbose_name_plural': 'templates of offices',
                        'indexes': [models.Index(fields=['area', 'kind', '-effective_from'], name='template_used')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('withdrawn_on', None), ('withdrawn_on__gte', models.F('effective_from')), _connector='OR'), name='template_withdrawn_after_start', violation_error_message='The end lies before the beginning.')],
                    },
                ),
                migrations.CreateModel(
                    name='DocumentNumber',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='office')),
                        ('kind', models.CharField(choices=[('notice', 'Notice of processing of personal data'), ('handbook', 'Handbook of the person, one page'), ('report_notice', 'Notice to report'), ('registration', 'Registration form'), ('agreement', 'Agreement'), ('rules', 'Rules for the person'), ('team', 'Care team list'), ('plan', 'Plan'), ('talk', 'Interview record'), ('visit', 'Home visit record'), ('help', 'Record of help'), ('help_referral', 'Referral letter'), ('help_support', 'Letter in support of an application'), ('help_receipt', 'Receipt of help'), ('risk', 'Risk assessment record'), ('tier_notice', 'Notice of the risk level, to the person'), ('leave', 'Leave form'), ('transfer', 'Transfer letter with receipt'), ('two_way', 'Letter between two places of residence'), ('breach_register', 'Register of breaches'), ('admonition', 'Admonition (first level)'), ('warning', 'Written warning (second level)'), ('breach_proof', 'Proof of a serious breach, to the police'), ('overdue_proof', 'Proof of not having reported, to the police'), ('suspension', 'Note of suspension'), ('continuation', 'Note of continuation'), ('termination', 'Note of termination'), ('release_approval', 'Approval form of a release'), ('release_proposal', 'Proposal to release, to the police'), ('completion', 'Notice that the term has ended'), ('end_of_control', 'Proposal to end control after three years of abstinence'), ('archive', 'Note on filing away'), ('index', 'Index of the case file'), ('request', 'Request to see, correct or object')], max_length=20, verbose_name='kind')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('last', models.PositiveIntegerField(default=0, verbose_name='last number')),
                    ],
                    options={
                        'verbose_name': 'counter of numbers',
                        'verbose_name_plural': 'counters of numbers',
                        'constraints': [models.UniqueConstraint(fields=('office', 'kind', 'year'), name='number_one_counter')],
                    },
                ),
                migrations.CreateModel(
                    name='IssuedDocument',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='persons.person', verbose_name='person')),
                        ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='cases.case')),
                        ('kind', models.CharField(choices=[('notice', 'Notice of processing of personal data'), ('handbook', 'Handbook of the person, one page'), ('report_notice', 'Notice to report'), ('registration', 'Registration form'), ('agreement', 'Agreement'), ('rules', 'Rules for the person'), ('team', 'Care team list'), ('plan', 'Plan'), ('talk', 'Interview record'), ('visit', 'Home visit record'), ('help', 'Record of help'), ('help_referral', 'Referral letter'), ('help_support', 'Letter in support of an application'), ('help_receipt', 'Receipt of help'), ('risk', 'Risk assessment record'), ('tier_notice', 'Notice of the risk level, to the person'), ('leave', 'Leave form'), ('transfer', 'Transfer letter with receipt'), ('two_way', 'Letter between two places of residence'), ('breach_register', 'Register of breaches'), ('admonition', 'Admonition (first level)'), ('warning', 'Written warning (second level)'), ('breach_proof', 'Proof of a serious breach, to the police'), ('overdue_proof', 'Proof of not having reported, to the police'), ('suspension', 'Note of suspension'), ('continuation', 'Note of continuation'), ('termination', 'Note of termination'), ('release_approval', 'Approval form of a release'), ('release_proposal', 'Proposal to release, to the police'), ('completion', 'Notice that the term has ended'), ('end_of_control', 'Proposal to end control after three years of abstinence'), ('archive', 'Note on filing away'), ('index', 'Index of the case file'), ('request', 'Request to see, correct or object')], max_length=20, verbose_name='kind')),
                        ('language', models.CharField(default='zh-hans', max_length=7, verbose_name='language')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='office')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('serial', models.PositiveIntegerField(verbose_name='serial number')),
                        ('number', models.CharField(max_length=80, verbose_name='number')),
                        ('template', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.officetemplate', verbose_name='template of the office')),
                        ('content', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='content')),
                        ('issued_on', models.DateField(verbose_name='issued on')),
                        ('issued_at', models.DateTimeField(auto_now_add=True, verbose_name='issued')),
                        ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='issued by')),
                        ('voided_at', models.DateTimeField(blank=True, null=True, verbose_name='void since')),
                        ('voided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='voided by')),
                        ('void_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='why void')),
                    ],
                    options={
                        'verbose_name': 'issued document',
                        'verbose_name_plural': 'issued documents',
                        'indexes': [models.Index(fields=['person', '-issued_at'], name='document_of_person'), models.Index(fields=['county', '-issued_at'], name='document_county_newest'), models.Index(fields=['town', '-issued_at'], name='document_town_newest')],
                        'constraints': [models.UniqueConstraint(fields=('office', 'kind', 'year', 'serial'), name='document_number_once', violation_error_message='This number is taken.'), models.CheckConstraint(condition=models.Q(models.Q(('void_reason', ''), ('voided_at', None), ('voided_by', None)), models.Q(('voided_at__isnull', False), ('voided_by__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='document_void_with_reason', violation_error_message='Say why the paper is void.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_issueddocumentevent" ("case_id", "client_uuid", "content", "county_id", "id", "issued_at", "issued_by_id", "issued_on", "kind", "language", "number", "office_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "serial", "template_id", "town_id", "village_id", "void_reason", "voided_at", "voided_by_id", "year") VALUES (NEW."case_id", NEW."client_uuid", NEW."content", NEW."county_id", NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."issued_on", NEW."kind", NEW."language", NEW."number", NEW."office_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."serial", NEW."template_id", NEW."town_id", NEW."village_id", NEW."void_reason", NEW."voided_at", NEW."voided_by_id", NEW."year"); RETURN NULL;', hash='3fe81bf08234a61bc8ecac6d1bbb61803a1d0bf8', operation='INSERT', pgid='pgtrigger_insert_insert_d00e4', table='documents_issueddocument', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "documents_issueddocumentevent" ("case_id", "client_uuid", "content", "county_id", "id", "issued_at", "issued_by_id", "issued_on", "kind", "language", "number", "office_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "serial", "template_id", "town_id", "village_id", "void_reason", "voided_at", "voided_by_id", "year") VALUES (NEW."case_id", NEW."client_uuid", NEW."content", NEW."county_id", NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."issued_on", NEW."kind", NEW."language", NEW."number", NEW."office_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."serial", NEW."template_id", NEW."town_id", NEW."village_id", NEW."void_reason", NEW."voided_at", NEW."voided_by_id", NEW."year"); RETURN NULL;', hash='4ca4b39dc707ac6a59d5d6194d72e9be5d2d1b18', operation='UPDATE', pgid='pgtrigger_update_update_f9d5c', table='documents_issueddocument', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='IssuedDocumentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.issueddocument')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                        ('kind', models.CharField(choices=[('notice', 'Notice of processing of personal data'), ('handbook', 'Handbook of the person, one page'), ('report_notice', 'Notice to report'), ('registration', 'Registration form'), ('agreement', 'Agreement'), ('rules', 'Rules for the person'), ('team', 'Care team list'), ('plan', 'Plan'), ('talk', 'Interview record'), ('visit', 'Home visit record'), ('help', 'Record of help'), ('help_referral', 'Referral letter'), ('help_support', 'Letter in support of an application'), ('help_receipt', 'Receipt of help'), ('risk', 'Risk assessment record'), ('tier_notice', 'Notice of the risk level, to the person'), ('leave', 'Leave form'), ('transfer', 'Transfer letter with receipt'), ('two_way', 'Letter between two places of residence'), ('breach_register', 'Register of breaches'), ('admonition', 'Admonition (first level)'), ('warning', 'Written warning (second level)'), ('breach_proof', 'Proof of a serious breach, to the police'), ('overdue_proof', 'Proof of not having reported, to the police'), ('suspension', 'Note of suspension'), ('continuation', 'Note of continuation'), ('termination', 'Note of termination'), ('release_approval', 'Approval form of a release'), ('release_proposal', 'Proposal to release, to the police'), ('completion', 'Notice that the term has ended'), ('end_of_control', 'Proposal to end control after three years of abstinence'), ('archive', 'Note on filing away'), ('index', 'Index of the case file'), ('request', 'Request to see, correct or object')], max_length=20, verbose_name='kind')),
                        ('language', models.CharField(default='zh-hans', max_length=7, verbose_name='language')),
                        ('office', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='office')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('serial', models.PositiveIntegerField(verbose_name='serial number')),
                        ('number', models.CharField(max_length=80, verbose_name='number')),
                        ('template', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.officetemplate', verbose_name='template of the office')),
                        ('content', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='content')),
                        ('issued_on', models.DateField(verbose_name='issued on')),
                        ('issued_at', models.DateTimeField(auto_now_add=True, verbose_name='issued')),
                        ('issued_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='issued by')),
                        ('voided_at', models.DateTimeField(blank=True, null=True, verbose_name='void since')),
                        ('voided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='voided by')),
                        ('void_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='why void')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cb6ede435ecbe29e5efb82729211c43da4c26d3b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1fef2', table='documents_issueddocumentevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='persons.person', verbose_name='person')),
                        ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='cases.case')),
                        ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='documents.issueddocument', verbose_name='scan of the issued paper')),
                        ('kind', models.CharField(choices=[('signed', 'Signed paper of the office'), ('decision', 'Decision of the police'), ('release', 'Notice of release of the police'), ('receipt', 'Receipt or reply of another office'), ('report', 'Written report of the person'), ('other', 'Other')], max_length=10, verbose_name='kind')),
                        ('description', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='description')),
                        ('file', models.FileField(editable=False, max_length=120, upload_to=apps.documents.models.attachment.random_name, verbose_name='file')),
                        ('media_type', models.CharField(choices=[('application/pdf', 'PDF'), ('image/jpeg', 'JPEG'), ('image/png', 'PNG'), ('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'DOCX')], max_length=80, verbose_name='type')),
                        ('size', models.PositiveIntegerField(verbose_name='size')),
                        ('sha256', models.CharField(max_length=64)),
                        ('dated_on', models.DateField(blank=True, null=True, verbose_name='date on the paper')),
                        ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='attached')),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='attached by')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                        ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='why withdrawn')),
                    ],
                    options={
                        'verbose_name': 'scan',
                        'verbose_name_plural': 'scans',
                        'indexes': [models.Index(fields=['person', '-uploaded_at'], name='attachment_of_person')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='attachment_withdrawn_with_reason', violation_error_message='Say why the scan is withdrawn.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "documents_attachmentevent" ("case_id", "client_uuid", "county_id", "dated_on", "description", "document_id", "file", "id", "kind", "media_type", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sha256", "size", "town_id", "uploaded_at", "uploaded_by_id", "village_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."case_id", NEW."client_uuid", NEW."county_id", NEW."dated_on", NEW."description", NEW."document_id", NEW."file", NEW."id", NEW."kind", NEW."media_type", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."sha256", NEW."size", NEW."town_id", NEW."uploaded_at", NEW."uploaded_by_id", NEW."village_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='5f35425ecf665bcfdcacb6b1c41cda06d48e8940', operation='INSERT', pgid='pgtrigger_insert_insert_63a66', table='documents_attachment', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "documents_attachmentevent" ("case_id", "client_uuid", "county_id", "dated_on", "description", "document_id", "file", "id", "kind", "media_type", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sha256", "size", "town_id", "uploaded_at", "uploaded_by_id", "village_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."case_id", NEW."client_uuid", NEW."county_id", NEW."dated_on", NEW."description", NEW."document_id", NEW."file", NEW."id", NEW."kind", NEW."media_type", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."sha256", NEW."size", NEW."town_id", NEW."uploaded_at", NEW."uploaded_by_id", NEW."village_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='75320555839c57fac565199d0495b2b7d52f9f9d', operation='UPDATE', pgid='pgtrigger_update_update_6e51c', table='documents_attachment', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='AttachmentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.attachment')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                        ('document', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.issueddocument', verbose_name='scan of the issued paper')),
                        ('kind', models.CharField(choices=[('signed', 'Signed paper of the office'), ('decision', 'Decision of the police'), ('release', 'Notice of release of the police'), ('receipt', 'Receipt or reply of another office'), ('report', 'Written report of the person'), ('other', 'Other')], max_length=10, verbose_name='kind')),
                        ('description', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='description')),
                        ('file', models.FileField(editable=False, max_length=120, upload_to=apps.documents.models.attachment.random_name, verbose_name='file')),
                        ('media_type', models.CharField(choices=[('application/pdf', 'PDF'), ('image/jpeg', 'JPEG'), ('image/png', 'PNG'), ('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'DOCX')], max_length=80, verbose_name='type')),
                        ('size', models.PositiveIntegerField(verbose_name='size')),
                        ('sha256', models.CharField(max_length=64)),
                        ('dated_on', models.DateField(blank=True, null=True, verbose_name='date on the paper')),
                        ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='attached')),
                        ('uploaded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='attached by')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                        ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='why withdrawn')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e767be128897ab5431949a45641503ad7850ae58', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_68ad6', table='documents_attachmentevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
