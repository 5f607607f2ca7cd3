import apps.core.tables_at_once
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


CONTEXT = "ALTER FUNCTION _pgh_attach_context()"
# The database refuses a seal of a time to come, and one before the last.
REFUSE_FUTURE = """
CREATE FUNCTION audit_seal_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.minute + interval '1 minute' > clock_timestamp()
       OR NEW.sealed_at > clock_timestamp() + interval '1 minute' THEN
        RAISE EXCEPTION 'a minute that is not over cannot be sealed' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (SELECT FROM audit_accessseal WHERE minute >= NEW.minute) THEN
        RAISE EXCEPTION 'a seal comes after the last one' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_seal_in_order BEFORE INSERT ON audit_accessseal
    FOR EACH ROW EXECUTE FUNCTION audit_seal_in_order();
"""
UNDO = """
DROP TRIGGER audit_seal_in_order ON audit_accessseal;
DROP FUNCTION audit_seal_in_order();
"""


class Migration(migrations.Migration):

    replaces = [
        ('audit', '0001_initial'),
        ('audit', '0002_seal_names_rows'),
        ('audit', '0003_context_of_history'),
        ('audit', '0004_keyed_seals'),
        ('audit', '0005_sealed_reasons'),
        ('audit', '0006_words_of_the_act'),
    ]

    initial = True

    dependencies = [
        ('core', '0001_squashed_0002_sent'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='AccessLog',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('user_id', models.BigIntegerField(verbose_name='account')),
                        ('username', models.CharField(max_length=60, verbose_name='user name')),
                        ('role', models.CharField(choices=[('worker', 'Case worker'), ('town_supervisor', 'Town supervisor'), ('county_supervisor', 'County supervisor'), ('province_viewer', 'Province viewer'), ('records_admin', 'Records administrator'), ('system_admin', 'System administrator'), ('auditor', 'Auditor'), ('built_in', 'Built-in account')], max_length=20, verbose_name='role')),
                        ('area_code', models.CharField(blank=True, max_length=12, verbose_name='area of the account')),
                        ('county_code', models.CharField(blank=True, max_length=12, verbose_name='county of the persons')),
                        ('action', models.CharField(choices=[('view', 'Opened the file'), ('list', 'Saw in a list'), ('reveal', 'Revealed the number'), ('call', 'Showed the phone number'), ('search', 'Searched'), ('export', 'Exported'), ('print', 'Printed'), ('outside', 'Asked for a person outside the own area')], max_length=10, verbose_name='act')),
                        ('person_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None, verbose_name='persons')),
                        ('person_count', models.PositiveIntegerField(verbose_name='number of persons')),
                        ('fields_seen', models.CharField(blank=True, max_length=60, verbose_name='kind of data')),
                        ('purpose', models.CharField(blank=True, max_length=300, verbose_name='purpose')),
                        ('view', models.CharField(blank=True, max_length=80, verbose_name='page')),
                        ('request_id', models.UUIDField(null=True, verbose_name='request')),
                    ],
                    options={
                        'verbose_name': 'access log entry',
                        'verbose_name_plural': 'access log',
                        'ordering': ['-at', '-id'],
                        'indexes': [models.Index(fields=['-at', '-id'], name='audit_acces_at_0ed0c4_idx'), models.Index(fields=['user_id', '-at'], name='audit_acces_user_id_1183ab_idx'), models.Index(fields=['county_code', '-at'], name='audit_acces_county__258b1b_idx'), django.contrib.postgres.indexes.GinIndex(fields=['person_ids'], name='audit_acces_person__9bf5af_gin')],
                    },
                ),
                migrations.CreateModel(
                    name='AccessSeal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('minute', models.DateTimeField(unique=True)),
                        ('rows', models.PositiveIntegerField()),
                        ('last_id', models.BigIntegerField()),
                        ('row_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                        ('row_digests', models.BinaryField(default=b'')),
                        ('digest', models.BinaryField(max_length=32)),
                        ('previous', models.BinaryField(max_length=32)),
                        ('sealed_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'seal of the access log',
                        'verbose_name_plural': 'seals of the access log',
                        'ordering': ['minute'],
                    },
                ),
                migrations.CreateModel(
                    name='AccessCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('seals', models.PositiveIntegerField(verbose_name='sealed minutes')),
                        ('fault', models.CharField(blank=True, max_length=300, verbose_name='fault')),
                    ],
                    options={
                        'verbose_name': 'check of the access log',
                        'verbose_name_plural': 'checks of the access log',
                        'ordering': ['-pk'],
                    },
                ),
            ],
        ),
        # The triggers of the history write whose act a change is through this function: it runs with
        # the rights of the owner, so that the serving role may add a context and never rewrite one.
        migrations.RunSQL(
            f"{CONTEXT} SECURITY DEFINER SET search_path = public, pg_temp",
            f"{CONTEXT} SECURITY INVOKER RESET search_path",
        ),
        migrations.RunSQL(REFUSE_FUTURE, UNDO),
    ]
