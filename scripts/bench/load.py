"""Fill one database of the benchmark: `python -m scripts.bench.load NAME`, its URL in the
environment. Encrypted columns are sealed for real, one by one; triggers rest while COPY runs."""

import sys
import time
from contextlib import closing
from datetime import date
from random import Random
from typing import Any

import django

# Cases in force, follow-up and others of a town's 150 persons; two workers share the first two.
TOWN, IN_FORCE, FOLLOW_UP, CLOSED = 150, 60, 20, 40
COUNTY = "469002"
FIRST_USER = 1001


def main() -> None:
    """Towns one by one into lines, then table by table into the database."""
    django.setup()
    from rich.console import Console

    from apps.core.days import today
    from apps.core.progress import bar, done
    from scripts.bench import databases
    from scripts.bench.world import World

    database = next(d for d in (databases.FULL, databases.TENTH) if d.name == sys.argv[1])
    console = Console()
    world = World(today(), system_user())
    towns = towns_of(database.towns)
    with bar(console, f"{database.persons:,} persons invented", len(towns)) as advance:
        for number, town in enumerate(towns):
            add_town(world, number, town)
            advance(1)
    add_administrator(world)
    with closing(database.connect("admin")) as connection:
        rows = sum(len(table.lines) for table in world.tables)
        with bar(console, f"{rows:,} rows into {database.name}", rows) as advance:
            write(connection, world, advance)
        begun = time.monotonic()
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
        done(console, "VACUUM ANALYZE", time.monotonic() - begun)


def write(connection: Any, world: Any, advance: Any) -> None:
    """All of it in one transaction, history and checks of references resting."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in world.tables:
            table.write(cursor, advance)
        cursor.execute("SET session_replication_role = DEFAULT")
    connection.commit()


def system_user() -> int:
    """Who signed what the loader writes."""
    from apps.accounts.models import User

    return int(User.objects.system().pk)


def towns_of(count: int) -> list[dict[str, Any]]:
    """Towns with villages, those of the measured county first: they are the same at both sizes."""
    from apps.areas.models import Area

    units = list(Area.objects.active().order_by("code"))
    county_of = {unit.code: unit.pk for unit in units if unit.level == "county"}
    villages: dict[int, list[Any]] = {}
    for unit in units:
        if unit.level == "village" and unit.parent_id is not None:
            villages.setdefault(unit.parent_id, []).append(unit)
    towns = [unit for unit in units if unit.level == "town" and unit.pk in villages]
    towns = [unit for unit in towns if unit.code[:6] in county_of]
    towns.sort(key=lambda unit: (not unit.code.startswith(COUNTY), unit.code))
    return [
        {"unit": town, "county": county_of[town.code[:6]], "villages": villages[town.pk]}
        for town in towns[:count]
    ]


def add_town(world: Any, number: int, town: dict[str, Any]) -> None:
    """Two workers with 30 orders in force and 10 others each, and those nobody visits."""
    rng = Random(f"bench:{town['unit'].code}")  # noqa: S311 - the same data each time
    workers = [FIRST_USER + 2 * number, FIRST_USER + 2 * number + 1]
    for worker in workers:
        world.add_user(worker, f"bench{worker}", "worker", town["unit"].pk)
    for index in range(TOWN):
        village = rng.choice(town["villages"])
        place = (town["county"], town["unit"].pk, village.pk)
        person = world.add_person(number * TOWN + index + 1, rng, place)
        worker = workers[index % 2]
        if town["unit"].code.startswith(COUNTY):
            world.helping.add_targets(person, worker, world.day, rng)
        if index < IN_FORCE:
            acts = 50 if number == 0 and index == 0 else 0
            world.add_running(person, worker, village.code, rng, acts)
        elif index < IN_FORCE + FOLLOW_UP:
            world.assign(person, worker, date(2024, 1, 1))
        elif index < IN_FORCE + FOLLOW_UP + CLOSED:
            world.add_closed(person, rng)


def add_administrator(world: Any) -> None:
    """The records administrator of the measured county, who sees pages and admin alike."""
    from apps.areas.models import Area

    county = Area.objects.get(code=COUNTY)
    world.add_user(FIRST_USER - 1, "bench-records", "records_admin", county.pk)


if __name__ == "__main__":
    main()
