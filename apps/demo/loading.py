"""Loads the demo person by person, in pieces; cut short, it goes on where it stopped."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.areas.models import Area
from apps.cases.listeners import one_notification
from apps.cases.models import Case
from apps.checkins.bulk import LedgerCheckIn, bring_in_checkins
from apps.checkins.codes import CheckInSource, Method
from apps.checkins.edits import correct_checkin, withdraw_checkin
from apps.checkins.models import CheckIn
from apps.checkins.services import log_checkin
from apps.contacts.codes import ContactOutcome, NotDoneReason
from apps.core.days import today
from apps.core.models import NightlyRun
from apps.demo.arrivals import expect_releases
from apps.demo.assessing import open_rounds
from apps.demo.bell import settle_the_bell
from apps.demo.bodies import register_bodies
from apps.demo.campaign import campaign_once, drivers_once, earlier_once
from apps.demo.caring import care_once
from apps.demo.checkins import checkins_of
from apps.demo.counselling import counselling_once
from apps.demo.drawing import draw_once
from apps.demo.followups import followups_once
from apps.demo.helping import help_once
from apps.demo.importing import import_once
from apps.demo.lives import PERSONS, YEAR, states
from apps.demo.meetings import meetings_of
from apps.demo.office import Office, live
from apps.demo.reporting import reports_once
from apps.demo.sampling import Life, add_tests_and_summaries
from apps.demo.silence import search_the_silent
from apps.demo.staff import chief_names, create_demo_accounts, demo_workers, refuse_outside_demo
from apps.demo.stories.casting import cast
from apps.demo.stories.scene import Scene
from apps.demo.treating import treat_once
from apps.demo.twins import open_two_files
from apps.demo.working import work_once
from apps.persons.models import Person
from apps.schedule.duties import CHECKIN
from apps.schedule.models import DueItem
from apps.schedule.rules import Every
from apps.schedule.services import set_plan
from apps.visits.bulk import bring_in_meetings
from apps.visits.models import Meeting

NAME: Final = "load_demo"
PIECE: Final = 20
AWAITED: Final = 60  # among so many there is one of the demo worker's not seen for long
# In this town people sign in elsewhere, every day.
ELSEWHERE: Final = "469002111"
REASONS: Final = (NotDoneReason.NOT_FOUND, NotDoneReason.AWAY, NotDoneReason.HOSPITAL)
Progress = Callable[[int], None]


@dataclass
class Loaded:
    """Persons that were there already, and those that were added now."""

    before: int
    added: int = 0


def load_demo(*, persons: int = PERSONS, progress: Progress = lambda _count: None) -> Loaded:
    """A county's year: idempotent, the same each time, its dates relative to the first day."""
    refuse_outside_demo()
    create_demo_accounts()
    run, _created = NightlyRun.objects.get_or_create(
        name=NAME, defaults={"ran_for": today(), "finished_at": timezone.now(), "counts": {}}
    )
    before = int(run.counts.get("persons", 0))
    progress(before)
    loaded = Loaded(before)
    if before >= persons and run.counts.get("finished"):
        return loaded
    office = _office(run.ran_for)
    for start in range(before, persons, PIECE):
        sequence = range(start, min(start + PIECE, persons))
        _load_piece(run, office, sequence)
        loaded.added += len(sequence)
        progress(len(sequence))
    _finish(run, office)
    return loaded


def _office(day: date) -> Office:
    supervisor = User.objects.select_related("area").get(username="demo-county")
    workers = demo_workers()
    chiefs = User.objects.filter(role=Role.TOWN_SUPERVISOR, username__in=chief_names())
    by_town = {user.area_id or 0: user for user in chiefs.select_related("area")}
    towns = list(Area.objects.filter(pk__in=by_town).order_by("code"))
    authority = register_bodies(supervisor.area, towns, supervisor)  # type: ignore[arg-type]
    office = Office(day, workers, supervisor, by_town, authority)
    set_plan(
        kind=CHECKIN, area=Area.objects.get(code=ELSEWHERE), every=Every(1, "d"),
        from_day=day - YEAR, by=supervisor, recorded_elsewhere=True, basis="示范数据：每日签到",
    )  # fmt: skip
    return office


@transaction.atomic
def _load_piece(run: NightlyRun, office: Office, sequence: range) -> None:
    """Some persons with everything that belongs to them, and the note how far the work is."""
    spread = states()
    with one_notification():
        lives = [(n, spread[n], *live(office, n, spread[n])) for n in sequence]
    rows: dict[tuple[User, CheckInSource], list[LedgerCheckIn]] = defaultdict(list)
    held: dict[User, list[Meeting]] = defaultdict(list)
    awaited = _awaited(lives) if sequence.start % AWAITED == 0 else None
    for number, state, person, case, worker in lives:
        if case is None:
            continue
        elsewhere = worker.area is not None and worker.area.code == ELSEWHERE
        source = CheckInSource.LEDGER if elsewhere else CheckInSource.PAGE
        rng = Random(f"check-ins-{number}")
        rows[worker, source] += checkins_of(
            case, person, state, office.day, rng, awaited=number == awaited
        )
        held[worker] += meetings_of(
            case, person, state, office.day, Random(f"visits and talks-{number}")
        )
    for worker, meetings in held.items():
        bring_in_meetings(meetings, by=worker)
    for (worker, source), checkins in rows.items():
        bring_in_checkins(checkins, by=worker, source=source)
    add_tests_and_summaries(lives, office.day)
    with one_notification():
        for number, _state, person, case, worker in lives:
            if case is not None:
                _tell(office, number, person, case, worker)
    kept = [person.pk for number, _state, person, _case, _worker in lives if number == awaited]
    kept += run.counts.get("awaited", [])
    run.counts = run.counts | {"persons": sequence.stop, "awaited": kept}
    run.finished_at = timezone.now()
    run.save(update_fields=["counts", "finished_at"])


def _awaited(lives: Sequence[Life]) -> int | None:
    """The number of the first person of the demo worker whose order is in force."""
    return next(
        (
            number
            for number, state, _person, case, worker in lives
            if case is not None and state == "in_force" and worker.username == "demo-worker"
        ),
        None,
    )


def _tell(office: Office, number: int, person: Person, case: Case, worker: User) -> None:
    """The story of a person, after the year of check-ins."""
    story = cast(len(office.workers)).get(number)
    if story is None:
        return
    home = office.chiefs[office.workers[0].area_id or 0]
    chief = office.chief(worker)
    elsewhere = [user for pk, user in sorted(office.chiefs.items()) if user != home]
    other = home if chief != home else elsewhere[number % len(elsewhere)]
    story(Scene(office.day, number, person, case, worker, chief, other, Random(f"story-{number}")))


@transaction.atomic
def _finish(run: NightlyRun, office: Office) -> None:
    """What happens now and then: a try in vain, a slip put right, an entry taken back."""
    rng = Random("now and then")
    for number, worker in enumerate(office.workers[:6]):
        search_the_silent(worker, office.day, flag=number % 3 == 0)
        _attempts(worker, office.day, rng, run.counts.get("awaited", []))
    wrong = CheckIn.objects.valid().filter(
        source=CheckInSource.PAGE, day__gte=office.day - timedelta(days=30)
    )
    for checkin in wrong.order_by("pk").select_related("person", "recorded_by")[:40:8]:
        withdraw_checkin(checkin=checkin, by=checkin.recorded_by, reason="记错了人，已另记")
    for checkin in wrong.order_by("-pk").select_related("person", "recorded_by")[:40:8]:
        correct_checkin(
            checkin=checkin, by=checkin.recorded_by, reason="实际是电话联系",
            version=checkin.version, changes={"method": Method.PHONE},
        )  # fmt: skip
    county = office.supervisor.area
    assert county is not None  # noqa: S101 (a county supervisor has one)
    open_rounds(county, office.supervisor, office.day)
    towns = Area.objects.filter(pk__in=office.chiefs).order_by("code")
    expect_releases(list(towns), office.supervisor, office.day)
    open_two_files(office)
    draw_once(office)
    earlier_once(office)
    campaign_once(office)
    followups_once(office)
    drivers_once(office)
    help_once(office)
    work_once(office)
    treat_once(office)
    counselling_once(office)
    care_once(office)
    import_once(office)
    reports_once(office)
    settle_the_bell(office.day)
    run.counts = run.counts | {"finished": True}
    run.save(update_fields=["counts"])


def _attempts(worker: User, day: date, rng: Random, spared: list[int]) -> None:
    """Tries in vain, of anybody but those who stand in Today for the first tap."""
    late = DueItem.objects.visible_to(worker).overdue_on(day).values("person_id")
    for person in Person.objects.filter(pk__in=late).exclude(pk__in=spared).order_by("pk")[:2]:
        log_checkin(
            person=person, by=worker,
            client_uuid=uuid5(NAMESPACE_URL, f"homeward-demo-try-{person.name}-{person.born_on}"),
            method=Method.PHONE, occurred_at=timezone.now() - timedelta(hours=2),
            outcome=ContactOutcome.NOT_DONE,
            reason=rng.choice(REASONS),
            next_on=day + timedelta(days=rng.randrange(1, 6)), note="电话无人接听",
        )  # fmt: skip
