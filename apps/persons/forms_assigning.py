"""The form of an act on an assignment."""

from apps.audit.act_page import ActForm
from apps.persons.services import withdraw_assignment


class WithdrawAssignmentForm(ActForm):
    """Asks nothing; `target` is an assignment that has not begun."""

    def perform(self) -> None:
        withdraw_assignment(assignment=self.target, by=self.user)
