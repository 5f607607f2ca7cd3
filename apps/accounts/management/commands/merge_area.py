from argparse import ArgumentParser
from typing import Any

from apps.accounts.commands import ByCommand, add_area, area_of
from apps.accounts.models import User
from apps.areas.services import merge_areas


class Command(ByCommand):
    help = "Retire an area in favour of another; its rows are seen through that one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_area(parser, required=True)
        add_area(parser, "--into", required=True)

    def act(self, *, by: User, **options: Any) -> None:
        area, into = area_of(options["area"]), area_of(options["into"])
        merge_areas(area=area, into=into, by=by)
        self.stdout.write(f"{area.code} {area.name} → {into.code} {into.name}")
