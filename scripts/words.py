"""What a machine can see of docs/style.md, in the Chinese texts, the templates and the demo."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
HAN = r"[\u3400-\u9fff]"
# A placeholder stands for Chinese as a rule.
WORD = rf"(?:{HAN}|[”》）]|%\(\w+\)s)"
CHINESE = {
    "half-width mark between Chinese words": re.compile(
        rf"{HAN}\s?[,;:!?](?=\s*{WORD})|(?<=%\)s)[,;!?]\s?{HAN}|{HAN}[;!?](?:\s|$)|{HAN}\.$"
    ),
    "half-width bracket": re.compile(rf"{HAN}\s?\(|\)\s?{HAN}|\({HAN}"),
    "half-width quotation mark": re.compile(rf"{HAN}\"|\"{HAN}"),
    # One state has one word (docs/glossary.md).
    "an open need is 未办结": re.compile("未解决"),
    "the worker is 责任专干, 负责人 is who decides": re.compile("原负责人|负责人 %|无负责人"),
    "article not in the law's own numerals": re.compile(r"第\s*\d[\d、至]*\s*条"),
    "date of another form": re.compile(r"\d{4}[/.]\d{1,2}[/.]\d{1,2}|\d{1,2}/\d{1,2}/\d{4}"),
    "order of the law: 逃避或者拒绝": re.compile(r"拒绝(?:、|或者?|和)\s?逃避|逃避或拒绝"),
    "persons counted as things": re.compile(r"%\(\w+\)[sd]\s*[件个]\s*(?:人|未分派|档案)"),
}
# Parts that a template puts together have the marks of the reader's language: {% mark "," %} and
# |bracketed. Inside {% blocktranslate %} the translation has them.
BUILT = re.compile(r"""(?:\}\}|%\})\s?[,;:(]\s?(?:\{\{|\{%|<)|\(\{\{|\}\}\)|(?:\}\}|%\})[,;:]\s""")
NOT_TEXT = re.compile(
    r"\{% (blocktranslate|comment)\b.*?\{% end\1 %\}|\{#.*?#\}|<(script|style)\b.*?</\2>"
    r"|=\"[^\"]*\"",
    re.DOTALL,
)
DATE_FILTER = re.compile(r"\|date(?::|\s|\})|\{% now ")


def chinese() -> Iterator[str]:
    """Every translation."""
    path = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"
    for entry in polib.pofile(str(path)):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            for fault, pattern in CHINESE.items():
                if pattern.search(text):
                    yield f"{path.name}: {fault}: {text}"


def templates() -> Iterator[str]:
    """Marks and dates that stand in the file itself."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        whole = path.read_text(encoding="utf-8")
        text = NOT_TEXT.sub(lambda found: "\n" * found[0].count("\n"), whole)
        for number, line in enumerate(text.splitlines(), 1):
            where = f"{path.relative_to(ROOT)}:{number}"
            # A paper has its own language, whatever the reader's is.
            if (found := BUILT.search(line)) and "paper_lang" not in line:
                yield f"{where}: mark of one language: {found[0]}"
            if found := DATE_FILTER.search(line):
                yield f"{where}: date without |day, |short_day or |iso: {found[0]}"


def demo() -> Iterator[str]:
    """Strings of Chinese that the demo writes into rows."""
    for path in sorted((ROOT / "apps/demo").rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        docs = {node.value for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if not text or node in docs:
                continue
            for fault in ("half-width mark between Chinese words", "half-width bracket",
                          "half-width quotation mark"):  # fmt: skip
                if CHINESE[fault].search(node.value):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}: {fault}: {node.value}"


def main() -> None:
    """Name every fault; 1 when there is one."""
    faults = [*chinese(), *templates(), *demo()]
    if faults:
        sys.exit("\n".join([*faults, f"{len(faults)} faults; see docs/style.md"]))


if __name__ == "__main__":
    main()
