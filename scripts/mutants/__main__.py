"""`make mutants`: small faults put into the code one at a time; the tests should notice each.

`make mutants ARGS="--number 200 --seed 7"` draws as many, `--only apps/cases` from one place,
`--anew` measures first which tests run which line (as long as the whole suite). Most are tried by
processes that stay (`forked`), the others each in a pytest of its own (`trying`).

While tests are written: `--only apps/cases/querysets.py --tests tests/cases/test_scope.py` tries
all faults of a file with those tests alone, and names what they let live; nothing is measured.
`--again FILE` tries only the faults that a line of the file names, as an earlier run printed them.

What lives and is named in `harmless/` is told with its reason; the figure counts it as living.
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

import django
from rich.console import Console

from scripts.mutants import forking, knowing, naming, operators, sources
from scripts.mutants.operators import Mutant
from scripts.mutants.trying import Outcome, Tree


def main() -> None:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    console = Console()
    if options.tests:
        _show_what_lives(options, console)
        return
    if options.anew or not knowing.SECONDS.exists():
        knowing.measure()
    chosen = operators.drawn(_mutants(options), options.number, options.seed)
    known = knowing.Knowing()
    work = [(mutant, known.tests_of(mutant)) for mutant in chosen]
    results = _tried(work, options.trees, console)
    _show(results, console)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--seed", type=int, default=20261128)
    parser.add_argument("--only", default="")
    parser.add_argument("--trees", type=int, default=2)
    parser.add_argument("--anew", action="store_true")
    parser.add_argument("--tests", nargs="+", default=[])
    parser.add_argument("--again", type=Path)
    return parser.parse_args()


def _mutants(options: argparse.Namespace) -> list[Mutant]:
    paths = [path for path in sources.python_files() if _may_be_meant(path, options.only)]
    found = [m for path in paths for m in operators.of_python(path)]
    if not options.tests:
        found += [m for path in sources.template_files() for m in operators.of_template(path)]
        found += operators.of_constraints()
    named = [mutant for mutant in found if mutant.name.startswith(options.only)]
    if options.again is None:
        return named
    lines = {line.partition(": ")[2] or line for line in options.again.read_text().splitlines()}
    return [mutant for mutant in named if mutant.name in lines]


def _may_be_meant(path: Path, only: str) -> bool:
    """Making the mutants of all files takes a minute."""
    name = str(path.relative_to(sources.ROOT))
    return name.startswith(only) or only.startswith(name)


def _show_what_lives(options: argparse.Namespace, console: Console) -> None:
    work = [(mutant, ["*"]) for mutant in _mutants(options)]
    counts: Counter[str] = Counter()
    for place, outcome in forking.tried(work, 1, options.tests):
        counts[outcome.word] += 1
        if outcome.word != "killed":
            _name(work[place][0], outcome, console)
    console.print(
        f"{dict(counts)}, others are not for these tests alone to see: {len(work)} in all"
    )


def _tried(work: forking.Work, trees: int, console: Console) -> list[tuple[Mutant, Outcome]]:
    found: dict[int, Outcome] = {}

    def told(known: Iterable[tuple[int, Outcome]]) -> None:
        for place, outcome in known:
            found[place] = outcome
            # Also where nobody watches: a run that is cut short has said what it knows.
            console.print(f"{len(found)}/{len(work)} {outcome.word}: {work[place][0].name}",
                          markup=False)  # fmt: skip

    told(forking.tried(work, trees))
    with ThreadPoolExecutor(trees) as pool:
        free: Queue[Tree] = Queue()
        for number in range(trees):
            free.put(Tree(number))
            free.queue[-1].warm()

        def in_tree(place: int) -> tuple[int, Outcome]:
            tree = free.get()
            try:
                return place, tree.outcome(*work[place])
            finally:
                free.put(tree)

        told(pool.map(in_tree, [p for p in range(len(work)) if p not in found]))
    blind = free.get().fails_unchanged({outcome.killer for outcome in found.values()} - {""})
    unseen = Outcome("not tried: its test fails unchanged")
    return [
        (mutant, unseen if found[place].killer in blind else found[place])
        for place, (mutant, _tests) in enumerate(work)
    ]


def _name(mutant: Mutant, outcome: Outcome, console: Console) -> None:
    why = naming.reason_for(mutant, naming.named())
    said = f"{outcome.word}: {mutant.name}: {mutant.was}"
    console.print(f"{said} # {why}" if why else said, markup=False, soft_wrap=True)


def _show(results: list[tuple[Mutant, Outcome]], console: Console) -> None:
    """The figure counts as noticed only what a test that passes without the fault has seen."""
    for mutant, outcome in results:
        if outcome.word != "killed":
            _name(mutant, outcome, console)
    counts = Counter(outcome.word for _mutant, outcome in results)
    tried = sum(number for word, number in counts.items() if not word.startswith("not tried"))
    alive = [mutant for mutant, outcome in results if outcome.word == "lived"]
    known = naming.named()
    unnamed = sum(not naming.reason_for(mutant, known) for mutant in alive)
    console.print(
        f"{counts['killed']} of {tried} noticed ({counts['killed'] / max(tried, 1):.1%}), {counts};"
        f" of {len(alive)} that live {unnamed} are not named"
    )
    path = knowing.KEPT / "result.json"
    rows = [[mutant.name, mutant.was, o.word, o.killer] for mutant, o in results]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=0))


if __name__ == "__main__":
    main()
