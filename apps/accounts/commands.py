"""What management commands share: who signs their work."""

from argparse import ArgumentParser
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.four_eyes import on_server
from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.refusals import Refused
from apps.core.typed import clean_text


class ByCommand(BaseCommand):
    """A command that writes: `--by USERNAME` signs it, else the built-in account does.

    Subclasses implement `act(by=…, **options)`. Rows of history name the user and the command; a
    refusal ends the command with its words.
    """

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument(
            "--by", metavar="USERNAME", default="", help="who signs (default: the built-in account)"
        )
        return parser

    def handle(self, *args: Any, **options: Any) -> str | None:
        by = user_of(options.pop("by"))
        name = type(self).__module__.rpartition(".")[2]
        try:
            view = f"manage.py {name}"
            with on_server(), pghistory.context(user=by.pk, username=by.username, view=view):
                return self.act(by=by, **options)
        except Refused as refusal:
            # It may have words of a file in it: what steers a terminal is left out.
            raise CommandError(clean_text(str(refusal))) from refusal

    def act(self, *, by: User, **options: Any) -> str | None:
        """What the command does."""
        raise NotImplementedError


def user_of(username: str) -> User:
    """The user of that name; without a name the built-in account."""
    if not username:
        return User.objects.system()
    user: User | None = User.objects.select_related("area").named(username).first()
    if user is None:
        raise CommandError(f"There is no account named {username}.")
    return user


def area_of(code: str) -> Area:
    """The area with that code."""
    area = Area.objects.filter(code=code).first()
    if area is None:
        raise CommandError(f"There is no area with the code {code}: see manage.py load_areas.")
    return area


def add_area(parser: ArgumentParser, name: str = "--area", *, required: bool = False) -> None:
    parser.add_argument(
        name, metavar="CODE", default="", required=required, help="code of the area"
    )
