"""manage.py set_plan checkins --area 469002 --every 1d --from 2024-01-01 [--recorded-elsewhere]"""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from apps.accounts.commands import ByCommand, add_area, area_of
from apps.accounts.models import User
from apps.cases.codes import Measure, RiskLevel
from apps.core.days import day_argument
from apps.core.progress import bar, console_of
from apps.schedule.duties import duties
from apps.schedule.models import Half
from apps.schedule.rules import Every
from apps.schedule.services import cases_under, replan, set_plan


class Command(ByCommand):
    help = "From a day on another rule: how often a duty falls due in an area."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The rule, for whom and from when."""
        parser.add_argument("kind", choices=[duty.command for duty in duties().values()])
        add_area(parser)
        parser.add_argument(
            "--every", type=_every, required=True, metavar="1d", help="such as 1d, 2w or 3m"
        )
        parser.add_argument(
            "--from", dest="from_day", type=day_argument, required=True, metavar="YYYY-MM-DD"
        )
        parser.add_argument(
            "--recorded-elsewhere",
            action="store_true",
            help="counts in the rate; reaches Today as one line, “no sign-in for n days”",
        )
        parser.add_argument("--quiet-days", type=int, default=7, metavar="N")
        parser.add_argument("--measure", choices=Measure.values, default="")
        parser.add_argument("--risk-level", choices=RiskLevel.values, default="")
        parser.add_argument("--year", dest="year_of_term", type=int, default=None)
        parser.add_argument(
            "--half", dest="half_of_year", type=int, choices=Half.values, default=None
        )
        parser.add_argument("--term-years", type=int, default=None, metavar="N")
        parser.add_argument("--basis", default="", help="the paper that sets it")

    def act(self, *, by: User, **options: Any) -> None:
        """Write the rule, then lay out the windows of the cases it concerns."""
        names = (
            "every",
            "from_day",
            "recorded_elsewhere",
            "quiet_days",
            "measure",
            "risk_level",
            "year_of_term",
            "half_of_year",
            "term_years",
            "basis",
        )
        rule = set_plan(
            kind=next(one.code for one in duties().values() if one.command == options["kind"]),
            area=area_of(options["area"]) if options["area"] else None,
            by=by,
            **{name: options[name] for name in names},
        )
        cases = cases_under(rule)
        console = console_of(self)
        with bar(console, f"Windows of {len(cases)} cases", len(cases)) as advance:
            found = replan(cases, kinds=[rule.kind], from_day=rule.effective_from, progress=advance)
        self.stdout.write(
            f"{found.written} windows written, {found.removed} removed, "
            f"{found.settled} outcomes changed."
        )


def _every(text: str) -> Every:
    try:
        return Every.parse(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no rhythm: write 1d, 2w or 3m") from None
