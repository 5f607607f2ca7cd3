"""A worker who leaves hands over first: an account with a caseload is neither closed nor moved."""

from django.utils.translation import ngettext

from apps.accounts.models import User
from apps.core.days import today
from apps.core.refusals import Refused
from apps.persons.models import Assignment, Person
from apps.persons.services.assigning import refuse_unfit


def refuse_with_caseload(user: User) -> None:
    """`user` as it would be stored; refused while persons are left whom it could not look after.

    Assignments of today and of later days count, those of a cover too; of persons who are dead or
    abroad they do not.
    """
    running = Assignment.objects.filter(worker_id=user.pk).not_over_on(today())
    gone = ["deceased", "abroad"]
    persons = Person.objects.filter(pk__in=running.values("person_id"))
    left = persons.exclude(life_status__in=gone)
    try:
        if left.exists():
            refuse_unfit(user, left)
    except Refused as refusal:
        count = left.count()
        words = ngettext(
            "%(n)s person is with %(who)s. Give this person to somebody else first: open Persons, "
            "filter by worker, tick all and assign.",
            "%(n)s persons are with %(who)s. Give them to somebody else first: open Persons, "
            "filter by worker, tick all and assign.",
            count,
        )
        raise Refused(words % {"n": count, "who": user.name}) from refusal
