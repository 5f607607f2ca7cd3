from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.table import Table

from apps.core.progress import console_of
from apps.core.refusals import Refused
from apps.demo.staff import create_demo_accounts, demo_accounts


class Command(BaseCommand):
    help = "Make the accounts of the demo where they are missing, and print them."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            create_demo_accounts()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        table = Table(box=None, pad_edge=False)
        for head in ("User name", "Password", "For"):
            table.add_column(head)
        for account in demo_accounts():
            table.add_row(*account)
        console_of(self).print(table)
