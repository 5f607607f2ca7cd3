"""Names without the surname are found by an index over the key that is there."""

from django.db import migrations, models
from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Collate, StrIndex, Substr


class Migration(migrations.Migration):
    dependencies = [("persons", "0005_merges")]
    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                Collate(
                    Func(
                        Substr(F("sort_key"), StrIndex(F("sort_key"), Value(" "))),
                        Value("v "),
                        Value("u"),
                        function="TRANSLATE",
                        output_field=CharField(),
                    ),
                    "C",
                ),
                name="person_given",
            ),
        ),
    ]
