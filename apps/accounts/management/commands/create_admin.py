from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.db import transaction

from apps.accounts.commands import ByCommand, add_area, area_of
from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.accounts.services import create_account, make_code

ROLES = [Role.SYSTEM_ADMIN.value, Role.RECORDS_ADMIN.value]


class Command(ByCommand):
    help = "Open an administrator's account and print the one-time code for its first password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument("--role", choices=ROLES, default=ROLES[0])
        add_area(parser)

    @transaction.atomic
    def act(self, *, by: User, **options: Any) -> None:
        area = area_of(options["area"]) if options["area"] else None
        try:
            user = create_account(
                username=options["username"],
                name=options["name"],
                role=options["role"],
                area=area,
                by=by,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        code = make_code(user=user, by=by)
        self.stdout.write(f"{user.username}: the one-time code is {code}, valid for 24 hours.")
        self.stdout.write("Open /sign-in/code/ and choose a password.")
