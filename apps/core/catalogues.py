"""What the translation files should hold, from the texts found in code and templates."""

import re
from pathlib import Path

import polib

# English stands in the code and has no file.
PLURALS = {"zh_Hans": "nplurals=1; plural=0;"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd%]|\{\w*\}")


def merged(found: polib.POFile, path: Path) -> polib.POFile:
    """The texts that are used, in order, with the translations there are; nothing fuzzy."""
    language = path.parent.parent.name
    known = polib.pofile(str(path)) if path.exists() else polib.POFile()
    translations = {key(entry): entry for entry in known if not entry.obsolete}
    result = polib.POFile(wrapwidth=99)
    result.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for entry in sorted(found, key=key):
        result.append(_entry(entry, translations.get(key(entry))))
    return result


def key(entry: polib.POEntry) -> tuple[str, str]:
    """What makes a text one text."""
    return (entry.msgid, entry.msgctxt or "")


def _entry(found: polib.POEntry, known: polib.POEntry | None) -> polib.POEntry:
    flags = [flag for flag in found.flags if flag.endswith("-format")]
    entry = polib.POEntry(
        msgid=found.msgid, msgid_plural=found.msgid_plural, msgctxt=found.msgctxt, flags=flags
    )
    if found.msgid_plural:
        kept = known.msgstr_plural if known else {}
        entry.msgstr_plural = {0: kept.get(0, "")}
    else:
        entry.msgstr = known.msgstr if known else ""
    return entry


def faults(found: polib.POFile, path: Path) -> list[str]:
    """What is missing, left over, untranslated or broken in a translation file."""
    name = f"{path.parent.parent.name}/{path.name}"
    if not path.exists():
        return [f"{name} is missing"]
    known = polib.pofile(str(path))
    wanted = {key(entry) for entry in found}
    present = {key(entry) for entry in known if not entry.obsolete}
    result = [f"{name}: not collected: {text[0]!r}" for text in sorted(wanted - present)]
    result += [f"{name}: no longer used: {text[0]!r}" for text in sorted(present - wanted)]
    for entry in known:
        result += [f"{name}: {fault}: {entry.msgid!r}" for fault in _faults_of(entry)]
    return result


def _faults_of(entry: polib.POEntry) -> list[str]:
    if entry.obsolete:
        return ["obsolete"]
    if entry.fuzzy:
        return ["fuzzy"]
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(texts):
        return ["not translated"]
    allowed = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
    if any(placeholders(text) - allowed for text in texts):
        return ["unknown placeholder"]
    needed = placeholders(entry.msgid_plural or entry.msgid)
    return [] if needed <= placeholders(texts[-1]) else ["placeholder lost"]


def placeholders(text: str) -> set[str]:
    """The parts that are filled in when the text is shown."""
    return set(PLACEHOLDER.findall(text)) - {"%%"}
