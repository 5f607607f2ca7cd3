"""`make mutants`: small faults put into the code one at a time; the tests should notice each.

`make mutants ARGS="--number 200 --seed 7"` draws as many, `--only apps/cases` from one place,
`--anew` measures first which tests run which line (as long as the whole suite). Most are tried by
processes that stay (`forked`), the others each in a pytest of its own (`trying`).
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from queue import Queue

import django
from rich.console import Console

from scripts.mutants import forking, knowing, operators, sources
from scripts.mutants.operators import Mutant
from scripts.mutants.trying import Outcome, Tree


def main() -> None:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    console = Console()
    if options.anew or not knowing.SECONDS.exists():
        knowing.measure()
    chosen = operators.drawn(_mutants(options.only), options.number, options.seed)
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
    return parser.parse_args()


def _mutants(only: str) -> list[Mutant]:
    found = [m for path in sources.python_files() for m in operators.of_python(path)]
    found += [m for path in sources.template_files() for m in operators.of_template(path)]
    found += operators.of_constraints()
    return [mutant for mutant in found if mutant.name.startswith(only)]


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


def _show(results: list[tuple[Mutant, Outcome]], console: Console) -> None:
    """The figure counts as noticed only what a test that passes without the fault has seen."""
    for mutant, outcome in results:
        if outcome.word != "killed":
            console.print(
                f"{outcome.word}: {mutant.name}: {mutant.was}", markup=False, soft_wrap=True
            )
    counts = Counter(outcome.word for _mutant, outcome in results)
    tried = sum(number for word, number in counts.items() if not word.startswith("not tried"))
    console.print(
        f"{counts['killed']} of {tried} noticed ({counts['killed'] / max(tried, 1):.1%}), {counts}"
    )
    path = knowing.KEPT / "result.json"
    rows = [[mutant.name, mutant.was, o.word, o.killer] for mutant, o in results]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=0))


if __name__ == "__main__":
    main()
