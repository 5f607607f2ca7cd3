"""`make bench`, or `python -m scripts.bench --repetitions 300 --anew`."""

import argparse
import os
from contextlib import closing

from rich.console import Console

from scripts.bench import databases, report


def main() -> None:
    """Load what is missing, measure, show and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--repetitions", type=int, default=200, help="200 take some minutes; 40 tell a cut"
    )
    parser.add_argument("--anew", action="store_true", help="load the databases again")
    options = parser.parse_args()
    # The two databases lie on the embedded server, whatever a site's own is.
    os.environ.pop("DATABASE_URL", None)
    from scripts.bench.running import measure

    console = Console()
    databases.prepare(anew=options.anew)
    measured = measure(options.repetitions, console)
    counts = {"full": databases.counts(databases.FULL), "tenth": databases.counts(databases.TENTH)}
    with closing(databases.FULL.connect()) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
    report.show(measured.samples, console)
    path = report.write(measured, counts, server)
    console.print(f"Written: {path.relative_to(databases.ROOT)}")


if __name__ == "__main__":
    main()
