"""One loop: each repetition asks bare SQL, ours at a tenth and at full, the admin, a canary."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from scripts.bench import grid, statements
from scripts.bench.databases import FULL, ROOT, TENTH, Database
from scripts.bench.load import COUNTY, FIRST_USER

PAGES = (
    "empty", "today", "persons", "person", "tests", "test", "log", "grid", "helps", "year", "round",
    "dashboard", "trend", "prepare", "campaign", "results",
)  # fmt: skip
# Of which there is no bare SQL beside: a frame without rows, sixty figures at once, and pages of a
# campaign of the same forty numbers at both sizes.
WITHOUT_SQL = {"empty", "dashboard", "trend", "prepare", "campaign", "results"}
EMPLOYMENTS = ("farming", "employed", "flexible", "unemployed", "self")
RECORDS_ADMIN = FIRST_USER - 1
WARM_UP = 10
# Page and answer of the first time; more than this apart is another answer.
BYTES_APART = 0.05


class WrongAnswerError(Exception):
    """A page did not answer what it should have: its time says nothing."""


@dataclass
class Samples:
    """Milliseconds of one page, one list a way of asking, in the order of the repetitions."""

    ms: dict[str, list[float]] = field(default_factory=dict)
    queries: int = 0
    bytes: int = 0
    sent: int = 0
    rows: int = 0

    def add(self, way: str, ms: float) -> None:
        """One repetition of one way."""
        self.ms.setdefault(way, []).append(ms)


class Asked:
    """A worker process on one database, over a pipe."""

    def __init__(self, database: Database) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scripts.bench.worker"],
            cwd=ROOT,
            env=database.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **question: Any) -> dict[str, Any]:
        """One question, one answer."""
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError("no pipe")
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise WrongAnswerError("A worker ended: see above.")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def end(self) -> None:
        """Close the pipe; the process follows."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()


@contextmanager
def workers() -> Iterator[dict[str, Asked]]:
    """One process a database."""
    both = {"tenth": Asked(TENTH), "full": Asked(FULL)}
    try:
        yield both
    finally:
        for asked in both.values():
            asked.end()


class Loop:
    """Everything that is asked, with parameters from a fixed seed."""

    def __init__(self, asked: dict[str, Asked], links: dict[str, Any], day: date) -> None:
        self.asked, self.day, self.rng = asked, day, Random(2026)  # noqa: S311
        self.sql, self.admins = links["sql"], {"full": links["full"], "tenth": links["tenth"]}
        self.suffix = ""
        self.samples = {page: Samples() for page in (*PAGES, "canary")}
        self.taps = {
            name: statements.candidates(admin, COUNTY, day) for name, admin in self.admins.items()
        }
        self.lists = {name: grid.lists(admin) for name, admin in self.admins.items()}
        self.facts = self._facts()

    def _facts(self) -> dict[str, Any]:
        until = (self.day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        week = self.day + timedelta(days=6 - self.day.weekday())
        county = "SELECT id FROM areas_area WHERE code = %s"
        with self.sql.cursor() as cursor:
            cursor.execute(county, [COUNTY])
            return {"day": self.day, "until": max(until, week), "county": cursor.fetchone()[0],
                    "first": self.day.replace(month=1, day=1),
                    "last": self.day.replace(month=12, day=31),
                    "rounds": self._ids("followups_followupround"),
                    "people": self._ids("persons_person WHERE id = 1"),
                    "tests": self._ids("drugtests_drugtest WHERE id ="
                                       " (SELECT test_id FROM drugtests_dossier)")}  # fmt: skip

    def _ids(self, where: str) -> dict[str, str]:
        """Public ids of what is measured: person one with 50 acts, and the test with a dossier."""
        found = {}
        for name, admin in self.admins.items():
            with admin.cursor() as cursor:
                cursor.execute(f"SELECT public_id::text FROM {where}")  # noqa: S608 - our own words
                found[name] = cursor.fetchone()[0]
        return found

    def run(self, *, keep: bool) -> None:
        """One repetition of everything."""
        for page in PAGES:
            values = self._values(page)
            sql = self._sql(page, values)
            ours = {name: self._ours(page, name, values) for name in ("tenth", "full")}
            rival = self._rival(values) if page == "persons" else None
            canary = self._checked("canary", self.asked["full"].ask(page="canary", address="/live"))
            self._compare(page, sql[1], ours, rival)
            if keep:
                self._keep(page, sql[0], ours, rival)
                self.samples["canary"].add("full" + self.suffix, canary["ms"])

    def _keep(
        self, page: str, sql: float, ours: dict[str, Any], rival: dict[str, Any] | None
    ) -> None:
        found, suffix = self.samples[page], self.suffix
        found.add("sql" + suffix, sql)
        for name, answer in ours.items():
            found.add(name + suffix, answer["ms"])
        found.add("cpu" + suffix, ours["full"]["cpu"])
        if rival:
            found.add("rival" + suffix, rival["ms"])

    def write(self, times: int, advance: Any) -> None:
        """Check-ins by SQL, taken back again: each leaves dead rows."""
        for number in range(times):
            taps = self.taps["full"]
            statements.write(self.sql, self.admins["full"],
                             self.facts | taps[number % len(taps)])  # fmt: skip
            advance(1)

    def count_queries(self) -> None:
        """Once each, apart from what is timed."""
        for page in PAGES:
            values = self._values(page)
            answer = self._ours(page, "full", values, count=True)
            found = self.samples[page]
            found.queries, found.bytes, found.rows = (
                answer["queries"], answer["bytes"], answer["rows"],
            )  # fmt: skip
            found.sent = answer["sent"]

    def _values(self, page: str) -> dict[str, Any]:
        values = self.facts | {"worker": FIRST_USER + self.rng.randrange(26)}
        values["employment"] = self.rng.choice(EMPLOYMENTS)
        if page in ("person", "test"):
            values |= {
                "worker": FIRST_USER,
                "person_id": 1,
                "person": self.facts["people"]["full"],
                "test": self.facts["tests"]["full"],
            }
        if page == "log":
            values["tap"] = self.rng.randrange(min(len(taps) for taps in self.taps.values()))
            values |= self.taps["full"][values["tap"]]
        if page == "grid":
            lists = self.lists["full"]
            values |= {"target": self.rng.choice(lists["rows"]), "worker": lists["clerk"]}
        return values

    def _sql(self, page: str, values: dict[str, Any]) -> tuple[float, int]:
        if page == "log":
            return statements.write(self.sql, self.admins["full"], values)
        if page == "grid":
            return grid.write(self.sql, self.admins["full"], values)
        return (1.0, 0) if page in WITHOUT_SQL else statements.read(self.sql, page, values)

    def _ours(
        self, page: str, name: str, values: dict[str, Any], *, count: bool = False
    ) -> dict[str, Any]:
        question: dict[str, Any] = {"page": page, "user": values["worker"], "count": count}
        if address := self._of_records(page, name, values):
            question |= {"address": address, "user": RECORDS_ADMIN}
        elif page == "today":
            question["address"] = "/today/"
        elif page == "test":
            question["address"] = f"/drug-tests/{self.facts['tests'][name]}/"
        elif page == "person":
            question["address"] = f"/persons/{self.facts['people'][name]}/?all"
        elif page == "grid":
            return self._entry(name, values["target"], question)
        else:
            return self._tap(name, values, question)
        return self._checked(page, self.asked[name].ask(**question))

    def _of_records(self, page: str, name: str, values: dict[str, Any]) -> str:
        """What the records administrator is asked for."""
        wanted = f"status=running&employment={values['employment']}&sort=-name"
        addresses = {
            "empty": "/approvals/",
            "dashboard": "/dashboard/",
            "trend": "/dashboard/trend/",
            "prepare": "/reports/prepare/",
            "campaign": f"/campaigns/{self.lists[name]['campaign']}/",
            "results": f"/campaigns/{self.lists[name]['campaign']}/results/",
            "persons": f"/persons/?{wanted}",
            "tests": "/drug-tests/?kind=screening",
            "helps": "/assistance/",
            "year": "/assistance/ledger/",
            "round": f"/follow-ups/{self.facts['rounds'][name]}/",
        }
        return addresses.get(page, "")

    def _tap(self, name: str, values: dict[str, Any], question: dict[str, Any]) -> dict[str, Any]:
        tap = self.taps[name][values["tap"]]
        uuid = str(uuid4())
        question |= {
            "address": f"/checkins/log/{tap['person']}/",
            "user": tap["worker"],
            "form": {"uuid": uuid, "item": tap["item"], "act": "in_person", "row": "today"},
            # As htmx sends it from the page of today.
            "headers": {"HX-Request": "true", "HX-Current-URL": "http://testserver/today/"},
        }
        answer = self._checked("log", self.asked[name].ask(**question))
        self._was_stored(name, uuid, tap["item"])
        statements.take_back(self.admins[name], [uuid])
        return answer

    def _entry(self, name: str, target: int, question: dict[str, Any]) -> dict[str, Any]:
        """The list has the same numbers at both sizes."""
        uuid, admin = str(uuid4()), self.admins[name]
        question |= grid.question(self.lists[name], target, self.day, uuid)
        answer = self._checked("grid", self.asked[name].ask(**question))
        if not grid.was_stored(admin, uuid, target):
            raise WrongAnswerError("grid: the sample is not stored")
        grid.take_back(admin, uuid)
        return answer

    def _was_stored(self, name: str, uuid: str, item: int) -> None:
        with self.admins[name].cursor() as cursor:
            cursor.execute(
                "SELECT d.outcome FROM checkins_checkin k JOIN schedule_dueitem d"
                " ON d.id = k.due_item_id WHERE k.client_uuid = %s AND d.id = %s",
                [uuid, item],
            )
            if cursor.fetchone() != ("done",):
                raise WrongAnswerError("log: the window is not done")

    def _rival(self, values: dict[str, Any]) -> dict[str, Any]:
        wanted = f"status=running&employment={values['employment']}"
        address = f"/rival/persons/person/?{wanted}"
        question = {"page": "rival", "user": RECORDS_ADMIN, "address": address}
        return self._checked("rival", self.asked["full"].ask(**question))

    @staticmethod
    def _checked(page: str, answer: dict[str, Any]) -> dict[str, Any]:
        if answer["status"] != 200:
            raise WrongAnswerError(f"{page}: {answer}")
        return answer

    @staticmethod
    def _compare(
        page: str, rows: int, ours: dict[str, dict[str, Any]], rival: dict[str, Any] | None
    ) -> None:
        """The same rows at both sizes, the same as SQL and admin; bytes nearly the same."""
        tenth, full = ours["tenth"], ours["full"]
        apart = abs(tenth["bytes"] - full["bytes"]) / full["bytes"]
        expected = {
            "persons": rows + 1,
            "tests": rows + 1,
            "helps": rows + 1,
            "round": rows + 1,
            "test": rows,
            "person": full["rows"],
            "log": full["rows"],
            "grid": rows,
        }
        if page == "person" and full["rows"] < 50:
            raise WrongAnswerError(f"person: {full['rows']} events")
        if tenth["rows"] != full["rows"] or full["rows"] != expected.get(page, full["rows"]):
            raise WrongAnswerError(f"{page}: {rows} by SQL, {tenth['rows']} and {full['rows']}")
        if rival and rival["rows"] != rows:
            raise WrongAnswerError(f"rival: {rival['rows']} rows, {rows} by SQL")
        if apart > BYTES_APART:
            raise WrongAnswerError(f"{page}: {tenth['bytes']} and {full['bytes']} bytes")
