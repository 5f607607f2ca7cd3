from argparse import ArgumentParser
from typing import Any

from django.core.management import CommandError

from apps.accounts.commands import ByCommand, user_of
from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.accounts.services import make_code


class Command(ByCommand):
    help = "Print a one-time code for an account whose holder has lost the password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def act(self, *, by: User, **options: Any) -> None:
        user = user_of(options["username"])
        if user.role == Role.BUILT_IN or not user.is_active:
            raise CommandError(f"{user.username} may not sign in.")
        code = make_code(user=user, by=by)
        self.stdout.write(f"{user.username}: the one-time code is {code}, valid for 24 hours.")
