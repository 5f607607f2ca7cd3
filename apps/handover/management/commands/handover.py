"""Hand-over between two installations by command: pack, check, receive, accept, reject, receipt.

The phrase is asked for, or read from a file: it stands in no list of processes.
"""

import json
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.refusals import Refused
from apps.handover import sealing, services
from apps.handover.models import Arrival
from apps.handover.reading import open_package
from apps.handover.services.sending import make_package
from apps.handover.shapes import schema
from apps.transfers.models import Transfer


class Command(BaseCommand):
    help = "Hand over a whole file between two installations (docs/interface.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("schema")
        for name, target in (
            ("pack", "transfer"), ("check", "file"), ("receive", "file"), ("accept", "arrival"),
            ("reject", "arrival"), ("receipt", "arrival"), ("load", "file"),
        ):  # fmt: skip
            one = acts.add_parser(name)
            one.add_argument(target)
            if name != "check":
                one.add_argument("--as", dest="user", required=True)
            if name in ("check", "receive"):
                one.add_argument("--phrase-file")
            if name in ("pack", "reject"):
                one.add_argument("--reason", required=True)
            if name in ("pack", "receipt"):
                one.add_argument("--out", required=True)
            if name == "receive":
                one.add_argument("--area", required=True)
            if name == "accept":
                one.add_argument("--worker")
                one.add_argument("--same-person", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['act']}")(options)
        except Refused as refusal:
            raise CommandError(str(refusal.words)) from refusal
        except OSError as error:
            raise CommandError(str(error)) from error

    def _schema(self, _options: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(schema(), ensure_ascii=False, indent=1))

    def _pack(self, options: dict[str, Any]) -> None:
        transfer = _row(Transfer, options["transfer"], options)
        made = make_package(transfer=transfer, by=_user(options["user"]), reason=options["reason"])
        Path(options["out"]).write_bytes(bytes(made.package.content))
        self.stdout.write(f"{made.package.public_id}\n{made.phrase}")

    def _check(self, options: dict[str, Any]) -> None:
        content, _keys, _head = sealing.unseal(Path(options["file"]).read_bytes(), _phrase(options))
        for name, number in open_package(content).counts.items():
            self.stdout.write(f"{number:6} {name}")

    def _receive(self, options: dict[str, Any]) -> None:
        area = Area.objects.filter(code=options["area"]).first()
        if area is None:
            raise CommandError(f"No unit has the code {options['area']}.")
        arrival = services.receive_package(
            content=Path(options["file"]).read_bytes(), phrase=_phrase(options), area=area,
            by=_user(options["user"]),
        )  # fmt: skip
        self.stdout.write(str(arrival.public_id))

    def _accept(self, options: dict[str, Any]) -> None:
        worker = _user(options["worker"]) if options["worker"] else None
        arrival = services.accept_arrival(
            arrival=_row(Arrival, options["arrival"], options), by=_user(options["user"]),
            worker=worker, same_person=options["same_person"],
        )  # fmt: skip
        self.stdout.write(str(arrival.person.public_id if arrival.person else ""))

    def _reject(self, options: dict[str, Any]) -> None:
        arrival = _row(Arrival, options["arrival"], options)
        services.reject_arrival(
            arrival=arrival, by=_user(options["user"]), reason=options["reason"]
        )

    def _receipt(self, options: dict[str, Any]) -> None:
        arrival = _row(Arrival, options["arrival"], options)
        Path(options["out"]).write_bytes(services.receipt_of(arrival))

    def _load(self, options: dict[str, Any]) -> None:
        package = services.load_receipt(
            content=Path(options["file"]).read_bytes(), by=_user(options["user"])
        )
        self.stdout.write(str(package.get_state_display()))


def _user(name: str) -> User:
    found: User | None = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise CommandError(f"No account is called {name}.")
    return found


def _row(model: Any, number: str, options: dict[str, Any]) -> Any:
    rows = model.objects.visible_to(_user(options["user"]))
    try:
        found = rows.filter(public_id=number).first()
    except ValueError as error:
        raise CommandError(f"{number} is no number of a row.") from error
    if found is None:
        raise CommandError(f"{number} is not there, or not this account's.")
    return found


def _phrase(options: dict[str, Any]) -> str:
    if options["phrase_file"]:
        return Path(options["phrase_file"]).read_text().strip()
    return getpass("Phrase: ")
