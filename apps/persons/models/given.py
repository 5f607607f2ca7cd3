"""The name without the surname, as the database finds it."""

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Collate, StrIndex, Substr


def given_name(column: str) -> Collate:
    """The letters behind the surname in a key of names, with ü as u: "chen chun hui  陈春惠" →
    chunhui and more. Written once: the index `person_given` holds the same, in the order of bytes,
    which looks up beginnings.
    """
    rest = Substr(F(column), StrIndex(F(column), Value(" ")))
    plain = Func(rest, Value("v "), Value("u"), function="TRANSLATE", output_field=CharField())
    return Collate(plain, "C")
