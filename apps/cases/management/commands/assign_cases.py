"""Give every case of an area that nobody is responsible for to one worker."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.accounts.models import User
from apps.areas.models import Area, Level
from apps.cases.services import assign_open_cases
from apps.core.days import day_argument, today
from apps.core.refusals import Refused


class Command(BaseCommand):
    help = "Assign all open cases of an area that have no worker to one worker, from a day on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--area", required=True, help="code of a county or town")
        parser.add_argument("--worker", required=True, help="user name of the worker")
        parser.add_argument("--village", help="code of a village: this one only")
        parser.add_argument("--on", type=day_argument, help="first day, default today")
        parser.add_argument("--by", help="user name who signs; default the built-in account")

    def handle(self, *args: Any, **options: Any) -> None:
        area = _area(options["area"])
        if options["village"]:
            village = _area(options["village"])
            if village.level != Level.VILLAGE or not area.contains(village):
                raise CommandError(f"{village.code} is not a village of {area.code} {area.name}")
            area = village
        by = _user(options["by"]) if options["by"] else User.objects.system()
        try:
            rows = assign_open_cases(
                area=area, worker=_user(options["worker"]), by=by, on=options["on"] or today()
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"assigned {len(rows)} persons of {area.name}")


def _area(code: str) -> Area:
    try:
        return Area.objects.get(code=code)
    except Area.DoesNotExist:
        raise CommandError(f"No area has the code {code}") from None


def _user(username: str) -> User:
    try:
        return User.objects.named(username).get()
    except User.DoesNotExist:
        raise CommandError(f"No account has the user name {username}") from None
