"""Small faults, one at a time: those of cosmic-ray, and those that a Django product can have."""

import ast
import inspect
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

from scripts.mutants.sources import ROOT

# One neighbour of each comparison and its opposite: the other replacements fail at once.
COSMIC: Final = (
    "ReplaceComparisonOperator_Lt_LtE", "ReplaceComparisonOperator_LtE_Lt",
    "ReplaceComparisonOperator_Gt_GtE", "ReplaceComparisonOperator_GtE_Gt",
    "ReplaceComparisonOperator_Eq_NotEq", "ReplaceComparisonOperator_NotEq_Eq",
    "ReplaceComparisonOperator_Is_IsNot", "ReplaceComparisonOperator_IsNot_Is",
    "ReplaceBinaryOperator_Add_Sub", "ReplaceBinaryOperator_Sub_Add",
    "ReplaceBinaryOperator_BitOr_BitAnd", "ReplaceBinaryOperator_BitAnd_BitOr",
    "ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_Delete_Invert",
    "ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue",
    "NumberReplacer", "RemoveDecorator", "AddNot",
)  # fmt: skip
# Calls in a chain that narrow, lock or order what is found.
NARROWING: Final = frozenset(
    {"filter", "exclude", "visible_to", "select_for_update", "active", "valid", "current_on",
     "open_on", "in_force_on", "distinct", "order_by", "waiting"}
)  # fmt: skip
SAFE_ALREADY: Final = re.compile(
    r"\|\s*(?:safe|date|time|thousands|length|yesno)|_html|forloop|icon"
)


@dataclass(frozen=True)
class Mutant:
    """`text` replaces the file; `sql` changes the test's database instead."""

    path: Path
    line: int
    kind: str
    was: str
    text: str = ""
    sql: str = ""

    @property
    def name(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} {self.kind}"


def of_python(path: Path) -> Iterator[Mutant]:
    source = path.read_text()
    yield from _cosmic(path, source)
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for kind, start, end, instead in _ours(node, source):
            changed = source[:start] + instead + source[end:]
            if _compiles(changed):
                yield Mutant(
                    path, source.count("\n", 0, start) + 1, kind, source[start:end], changed
                )


def _cosmic(path: Path, source: str) -> Iterator[Mutant]:
    tree = get_ast(source)
    left_alone = list(_left_alone(source))
    for name in COSMIC:
        operator: Any = get_operator(f"core/{name}")()
        places = [place for node in ast_nodes(tree) for place in operator.mutation_positions(node)]
        for occurrence, ((line, column), _end) in enumerate(places):
            if any(first <= (line, column) < last for first, last in left_alone):
                continue
            changed = mutate_code(source, operator, occurrence)
            if changed and _compiles(changed) and not _is_in_words(source, line):
                yield Mutant(path, line, name, source.splitlines()[line - 1].strip(), changed)


def _left_alone(source: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """From and to, as line and column: types, where a fault stops every import, and the form of
    a data class (slots, frozen), which changes nothing that anybody could see."""
    for node in ast.walk(ast.parse(source)):
        places: list[Any] = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        if isinstance(node, ast.ClassDef):
            places += [d for d in node.decorator_list if "dataclass" in ast.unparse(d)]
        for place in filter(None, places):
            # With the sign before a decorator.
            first = max(place.col_offset - 1, 0)
            yield (place.lineno, first), (place.end_lineno, place.end_col_offset)


def _is_in_words(source: str, line: int) -> bool:
    """Names and help texts of fields, layout hints: nothing that a rule depends on."""
    return bool(re.search(r"fmt: skip$|Final\b.*=.*_\(", source.splitlines()[line - 1]))


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


Change = tuple[str, int, int, str]


def _ours(node: ast.AST, source: str) -> Iterator[Change]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in NARROWING:
            start = _offset(source, node.func.value.end_lineno, node.func.value.end_col_offset)
            end = _offset(source, node.end_lineno, node.end_col_offset)
            yield f"without .{node.func.attr}()", start, end, ""
    elif isinstance(node, ast.Raise):
        yield "without raise", *_span(node, source), "pass"
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "without call", *_span(node, source), "pass"


def _span(node: Any, source: str) -> tuple[int, int]:
    return (
        _offset(source, node.lineno, node.col_offset),
        _offset(source, node.end_lineno, node.end_col_offset),
    )


def _offset(source: str, line: int | None, column: int | None) -> int:
    """Where a place of the syntax tree, counted in bytes of a line, stands in the text."""
    lines = source.splitlines(keepends=True)
    before = sum(len(text) for text in lines[: (line or 1) - 1])
    return before + len(lines[(line or 1) - 1].encode()[:column].decode())


def of_template(path: Path) -> Iterator[Mutant]:
    source = path.read_text()
    for found in re.finditer(r"\{% csrf_token %\}|\{\{ ([^}]+?) \}\}", source):
        inner = found[1]
        if inner and SAFE_ALREADY.search(inner):
            continue
        kind, instead = ("not escaped", f"{{{{ {inner}|safe }}}}") if inner else ("no token", "")
        changed = source[: found.start()] + instead + source[found.end() :]
        yield Mutant(path, source.count("\n", 0, found.start()) + 1, kind, found[0], changed)


def of_constraints() -> Iterator[Mutant]:
    """Each constraint of each model, taken from the test's database and from the model."""
    from django.apps import apps

    for model in apps.get_models():
        for constraint in model._meta.constraints:
            path = Path(inspect.getfile(model))
            if ROOT not in path.parents or ".venv" in path.parts:
                continue
            table = model._meta.db_table
            sql = (
                f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{constraint.name}"; '
                f'DROP INDEX IF EXISTS "{constraint.name}"'
            )
            line = _line_of(path, constraint.name)
            yield Mutant(path, line, "without constraint", constraint.name, sql=sql)


def _line_of(path: Path, words: str) -> int:
    before, found, _after = path.read_text().partition(words)
    return before.count("\n") + 1 if found else 1


def drawn(all_of: list[Mutant], number: int, seed: int) -> list[Mutant]:
    """The same mutants for the same seed, each as likely: their share is that of all."""
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated
    ordered = sorted(all_of, key=lambda m: (m.name, m.text))
    return chance.sample(ordered, min(number, len(ordered)))
