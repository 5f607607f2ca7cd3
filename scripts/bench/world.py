"""Invented persons with their orders, windows and check-ins, as rows for COPY."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from apps.areas.units import Stay
from apps.cases.rules import counted_level, term_end
from apps.core.crypto import seal
from apps.core.fields import uuid7
from apps.demo.people import invent
from apps.persons import names
from apps.persons.identity import check_character, document_index, last4_index, phone_index
from apps.schedule.plans import CaseFacts, PlanBook
from apps.schedule.rules import Window, windows
from scripts.bench.copying import Table
from scripts.bench.helping import Helping
from scripts.bench.samples import Samples

SHANGHAI = ZoneInfo("Asia/Shanghai")
PLACE = "county_id town_id village_id"
Place = tuple[int, int, int]
COLUMNS = {
    "accounts_user": (
        "id password public_id username name phone role is_active must_change_password"
        " created_at area_id session_mark"
    ),
    "persons_person": (
        "id public_id name name_pinyin name_initials sort_key document_kind document_number"
        " document_index document_last4_index sex born_on ethnicity education marital"
        " household employment on_allowance substance registration_address"
        " residence_address phone phone_index call_note life_status version created_at"
        f" created_by_id {PLACE}"
    ),
    "persons_assignment": (
        f"id public_id kind starts_on recorded_at recorded_by_id worker_id person_id {PLACE}"
    ),
    "cases_case": (
        "id public_id sort_key measure decision_number decided_on received_on reported_on"
        " agreement_on plan_on term_months closed_on last_duty_on closure_reason"
        f" closure_note version created_at created_by_id person_id {PLACE}"
    ),
    "cases_tierrecord": (
        "id public_id risk_level source from_on valid_until reason recorded_at decided_by_id"
        f" case_id person_id {PLACE}"
    ),
    "schedule_dueitem": (
        "id kind opens_on due_on number risk_level year_of_term recorded_elsewhere carried_over"
        f" outcome done_on retry_reason case_id person_id rule_id {PLACE}"
    ),
    "checkins_checkin": (
        "id public_id client_uuid method outcome reason next_on occurred_at day mood"
        " state_words note source recorded_at withdrawn_reason undone version case_id"
        f" due_item_id person_id recorded_by_id {PLACE}"
    ),
    "needs_need": (
        "id public_id kind urgency said_by said_on words source referred_to closed_on outcome"
        f" closing_note closed_by_id recorded_at recorded_by_id case_id person_id {PLACE}"
    ),
}
NOTES = ("情况稳定", "在工地干活", "家里都好", "想找工作", "身体不太好，已去看医生")


@dataclass(frozen=True)
class Somebody:
    """What rows about a person repeat."""

    id: int
    sort_key: str
    place: Place


def moment(day: date, rng: Random) -> datetime:
    """Some time of the working day."""
    return datetime(
        day.year, day.month, day.day, rng.randrange(8, 18), rng.randrange(60), tzinfo=SHANGHAI
    )


class World:
    """Rows of all tables, and the next number of each."""

    def __init__(self, day: date, system: int) -> None:
        self.day, self.system = day, system
        self.book = PlanBook.load("checkin")
        self.users = Table("accounts_user", COLUMNS["accounts_user"])
        self.persons = Table("persons_person", COLUMNS["persons_person"])
        self.assignments = Table("persons_assignment", COLUMNS["persons_assignment"])
        self.cases = Table("cases_case", COLUMNS["cases_case"])
        self.risk_levels = Table("cases_tierrecord", COLUMNS["cases_tierrecord"])
        self.items = Table("schedule_dueitem", COLUMNS["schedule_dueitem"])
        self.checkins = Table("checkins_checkin", COLUMNS["checkins_checkin"])
        self.needs = Table("needs_need", COLUMNS["needs_need"])
        self.samples, self.helping = Samples(), Helping()
        # Whose persons stand on the list of the campaign: the worker of the one that is measured.
        self.clerk = 0

    @property
    def tables(self) -> list[Table]:
        """In the order in which they refer to each other."""
        return [
            self.users, self.persons, self.assignments, self.cases, self.risk_levels, self.items,
            self.checkins, self.needs, *self.samples.tables, *self.helping.tables,
        ]  # fmt: skip

    def add_user(self, number: int, username: str, role: str, area: int) -> None:
        """An account that nobody can sign in to by password."""
        values = (
            number, uuid7(), username, "符" + username, "", role, True, False,
            moment(self.day - timedelta(days=900), Random(number)), area, uuid7(),  # noqa: S311
        )  # fmt: skip
        self.users.add(number, (values[0], "!", *values[1:]))

    def add_person(self, number: int, rng: Random, place: Place) -> Somebody:
        """Number, addresses and phone are sealed and indexed as the services do it."""
        who = invent(number, rng, self.day)
        first17 = f"469{number % 2}{60 + number // 998:02d}{who.number[6:14]}{number % 998:03d}"
        document, phone = first17 + check_character(first17), f"100{number:08d}"
        public_id, reading, facts = uuid7(), names.read(who.name), who.facts
        context = f"persons_person.{{}}.{public_id}"

        def sealed(column: str, value: str) -> bytes:
            return seal(value, context.format(column))

        created = moment(self.day - timedelta(days=rng.randrange(400, 2000)), rng)
        self.persons.add(number, (
            number, public_id, who.name, *reading, "resident", sealed("document_number", document),
            document_index(document), last4_index(document), facts["sex"],
            date.fromisoformat(f"{document[6:10]}-{document[10:12]}-{document[12:14]}"),
            *(facts[n] for n in ("ethnicity", "education", "marital", "household", "employment",
                                 "on_allowance", "substance")),
            sealed("registration_address", f"第{number % 40}组{number % 97}号"),
            sealed("residence_address", f"第{number % 40}组{number % 97}号"),
            sealed("phone", phone), phone_index(phone), facts["call_note"],
            "" if rng.random() < 0.8 else "follow_up", 1, created, self.system, *place,
        ))  # fmt: skip
        return Somebody(number, reading.sort_key, place)

    def assign(self, person: Somebody, worker: int, day: date) -> None:
        """Responsible from a day on."""
        number = len(self.assignments.lines) + 1
        row = (number, uuid7(), "responsible", day, moment(day, Random(number)),  # noqa: S311
               self.system, worker, person.id, *person.place)  # fmt: skip
        self.assignments.add(number, row)

    def add_closed(self, person: Somebody, rng: Random) -> None:
        """An order that ran its three years."""
        reported_on = self.day - timedelta(days=rng.randrange(1200, 2500))
        self._add_case(person, rng, reported_on, term_end(reported_on, 36))

    def add_running(
        self, person: Somebody, worker: int, village: str, rng: Random, acts: int
    ) -> None:
        """An order in force with risk level, worker, windows, check-ins and perhaps a need."""
        reported_on = self.day - timedelta(days=rng.randrange(500 if acts else 30, 1000))
        assessed_on = reported_on + timedelta(days=rng.randrange(1, 6))
        case = self._add_case(person, rng, reported_on, None)
        self.assign(person, worker, reported_on)
        ledger = rng.choice(("low", "medium", "high")) if rng.random() < 0.4 else ""
        risk_level = "medium" if acts else rng.choices(("low", "medium", "high"), (35, 45, 20))[0]
        risk_levels = [(assessed_on, risk_level, "assessed")]
        if ledger:
            risk_levels.insert(0, (reported_on, ledger, "ledger"))
        for since, word, source in risk_levels:
            self._add_level(person, case, since, word, source, worker)
        facts = CaseFacts(
            case, person.id, "SQJD", reported_on, reported_on, term_end(reported_on, 36),
            (Stay(village),),
            tuple((since, str(counted_level(t, s))) for since, t, s in risk_levels),
        )  # fmt: skip
        self._add_duties(person, facts, worker, rng, acts)
        self.samples.add_year(person, case, worker, self.day, rng)
        self.helping.add_year(person, worker, self.day, rng)
        if acts:
            self.samples.add_dossier(person, case, worker, self.day)
            self.clerk = worker
        if worker == self.clerk:
            self.samples.add_target(person, case, worker, self.day)
        if rng.random() < 0.25:
            self._add_need(person, case, worker, rng)

    def _add_case(self, person: Somebody, rng: Random, reported: date, closed: date | None) -> int:
        number, planned = len(self.cases.lines) + 1, reported + timedelta(days=5)
        self.cases.add(number, (
            number, uuid7(), person.sort_key, "SQJD", f"琼公（禁）责社戒字〔bench〕{number:06d}号",
            reported - timedelta(days=9), reported - timedelta(days=7), reported, reported, planned,
            36, closed, closed and closed - timedelta(days=1), "released" if closed else "", "",
            1, moment(reported, rng), self.system, person.id, *person.place,
        ))  # fmt: skip
        return number

    def _add_level(
        self, person: Somebody, case: int, since: date, risk_level: str, source: str, worker: int
    ) -> None:
        number, public_id = len(self.risk_levels.lines) + 1, uuid7()
        reason = seal("评估小组意见", f"cases_tierrecord.reason.{public_id}")
        # Each holds until after the measured day: windows follow the risk level throughout.
        assessed = source == "assessed"
        until = self.day + timedelta(days=180) if assessed else None
        self.risk_levels.add(number, (
            number, public_id, risk_level, source, since, until, reason,
            moment(since, Random(number)),  # noqa: S311
            worker if assessed else None, case, person.id, *person.place,
        ))  # fmt: skip

    def _add_duties(
        self, person: Somebody, facts: CaseFacts, worker: int, rng: Random, acts: int
    ) -> None:
        """Windows of the last year and 60 days ahead, most of them done."""
        ahead, end = self.day + timedelta(days=60), facts.duties_end_on
        since = self.day - timedelta(days=365)
        planned = list(windows(self.book.stretches(facts, min(end, ahead)), end,
                               horizon=ahead, since=since))  # fmt: skip
        done = {w.opens_on: self._done_day(w, rng) for w in planned}
        last = max((day for day in done.values() if day), default=None)
        made = []
        for window in planned:
            day = done[window.opens_on]
            item = self._add_item(person, facts.case_id, window, day, last)
            if day:
                made.append((day, item))
        rows = len(made)
        for day, item in made:
            self._add_checkin(person, facts.case_id, worker, day, item, rng)
            if not acts and rng.random() < 0.06:
                self._add_checkin(person, facts.case_id, worker, day, None, rng)
        for index in range(acts - rows):
            self._add_checkin(person, facts.case_id, worker, made[index % rows][0], None, rng)

    def _done_day(self, window: Window, rng: Random) -> date | None:
        """The day on which a window was done; of those that run, nearly half are."""
        if window.opens_on > self.day:
            return None
        chance = 0.94 if window.due_on < self.day else 0.45
        if rng.random() > chance:
            return None
        last = min(window.due_on, self.day - timedelta(days=1))
        days = (last - window.opens_on).days
        return window.opens_on + timedelta(days=rng.randrange(days + 1)) if days >= 0 else None

    def _add_item(
        self, person: Somebody, case: int, window: Window, done: date | None, last: date | None
    ) -> int:
        number = len(self.items.lines) + 1
        missed = last is not None and last > window.due_on
        outcome = "done" if done else "missed" if missed else "open"
        self.items.add(window.opens_on, (
            number, "checkin", window.opens_on, window.due_on, window.number, window.risk_level,
            window.year_of_term, False, False, outcome, done, "", case, person.id, window.rule_id,
            *person.place,
        ))  # fmt: skip
        return number

    def _add_checkin(
        self, person: Somebody, case: int, worker: int, day: date, item: int | None, rng: Random
    ) -> None:
        number, public_id, at = len(self.checkins.lines) + 1, uuid7(), moment(day, rng)
        words, note = rng.choice(NOTES), b""
        if rng.random() < 0.5:
            note = seal(words, f"checkins_checkin.note.{public_id}")
        self.checkins.add(at, (
            number, public_id, uuid7(), rng.choice(("in_person", "phone", "phone")), "done", "",
            None, at, day, rng.choice((None, 3, 4)), b"", note, "page", at + timedelta(minutes=3),
            "", False, 1, case, item, person.id, worker, *person.place,
        ))  # fmt: skip

    def _add_need(self, person: Somebody, case: int, worker: int, rng: Random) -> None:
        number, public_id = len(self.needs.lines) + 1, uuid7()
        said_on = self.day - timedelta(days=rng.randrange(1, 90))
        closed = self.day if rng.random() < 0.4 else None
        self.needs.add(number, (
            number, public_id, rng.choice(("work", "medical", "living", "papers")), "normal",
            "person", said_on, seal("想找工作", f"needs_need.words.{public_id}"), "page", "",
            closed, "met" if closed else "", b"", worker if closed else None,
            moment(said_on, rng), worker, case, person.id, *person.place,
        ))  # fmt: skip
