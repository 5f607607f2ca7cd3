"""Seals get a key: the chain begins anew, and the database refuses a seal of a time to come."""

from django.db import migrations, models

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
    dependencies = [("audit", "0003_context_of_history")]

    operations = [
        # Seals without a key prove nothing; the rows they sealed are sealed again, with one.
        migrations.RunSQL("DELETE FROM audit_accessseal", migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE_FUTURE, UNDO),
        migrations.CreateModel(
            name="AccessCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False,
                                           verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="time")),
                ("seals", models.PositiveIntegerField(verbose_name="sealed minutes")),
                ("fault", models.CharField(blank=True, max_length=300, verbose_name="fault")),
            ],
            options={
                "verbose_name": "check of the access log",
                "verbose_name_plural": "checks of the access log",
                "ordering": ["-pk"],
            },
        ),
    ]
