from argparse import ArgumentParser
from typing import Any

from django.core.management import CommandError

from apps.accounts.commands import ByCommand, user_of
from apps.accounts.deciding import confirm
from apps.accounts.models import AccountProposal, User


class Command(ByCommand):
    help = "Confirm what waits for a second person about an account, where a site has none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def act(self, *, by: User, **options: Any) -> None:
        user = user_of(options["username"])
        waiting = AccountProposal.objects.waiting().filter(user=user).order_by("proposed_at")
        if not waiting:
            raise CommandError(f"Nothing waits for a second person about {user.username}.")
        for proposal in waiting:
            confirm(proposal=proposal, by=by)
            self.stdout.write(f"Confirmed: {proposal}, asked for by {proposal.proposed_by}.")
