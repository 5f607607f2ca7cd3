"""Opens a PDF in a process of its own, with little memory and little time, and says what it is.

A PDF may loop, nest without end or unpack to a thousand times its size, so it is opened where
nothing else can suffer. The process knows nothing of the product: it is started as a script, reads
the file from its input, so that nothing lies in clear on a disk, and writes one word.
"""

import logging
import re
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MEMORY_BYTES: Final = 512 << 20
SECONDS: Final = 6
# A scanner writes some ten objects for a page, an office program with its fonts some hundred.
MAX_OBJECTS: Final = 60_000
MAX_PAGES: Final = 1_000
FINE, BROKEN, PASSWORD, ACTIVE, LARGE = "fine", "broken", "password", "active", "large"

# Names by which a PDF runs something, sends something or carries another file.
KEYS: Final = {
    "/JS", "/JavaScript", "/XFA", "/EF", "/EmbeddedFiles", "/Collection", "/RichMediaContent",
}  # fmt: skip
ACTIONS: Final = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE",
    "/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView", "/Hide",
}  # fmt: skip
KINDS: Final = {
    "/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/EmbeddedFile",
}  # fmt: skip
# What a file may do by itself when it is opened: show one of its pages.
OPENING: Final = {"/GoTo", "/Named"}
# The same in the bytes: another reader may find what this one does not reach. Short names are
# left out, a photo holds those by chance.
ESCAPED: Final = re.compile(rb"#([0-9a-fA-F]{2})")
IN_BYTES: Final = re.compile(
    rb"/(?:JavaScript|Launch|SubmitForm|ImportData|EmbeddedFiles?|RichMedia\w*|GoToE)(?![A-Za-z])"
)


def what_it_is(content: bytes) -> str:
    """One of the words above."""
    if IN_BYTES.search(ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)):
        return ACTIVE
    # Zeros after the end, as some printers pad a file, are many lines to a reader.
    reader = PdfReader(BytesIO(content.rstrip(b"\0\t\n\r ") + b"\n"))
    if "/Encrypt" in reader.trailer:
        return PASSWORD
    known = set(_written(reader))
    if len(known) > MAX_OBJECTS:
        return LARGE
    pages = _count_pages(reader)
    if not 0 < pages <= MAX_PAGES:
        return LARGE if pages else BROKEN
    return _walk(reader, known)


def _written(reader: PdfReader) -> Iterator[tuple[int, int]]:
    """Number and generation of every object that the tables of the file name."""
    for generation, numbers in reader.xref.items():
        for number in numbers:
            yield number, generation
    for number in reader.xref_objStm:
        yield number, 0


def _count_pages(reader: PdfReader) -> int:
    """Leaves of the tree of pages; a branch that was seen before is not entered again."""
    root: Any = reader.trailer["/Root"].get_object()
    pages, seen, left = 0, set(), [root["/Pages"]]
    while left and pages <= MAX_PAGES:
        node = left.pop()
        if isinstance(node, IndirectObject):
            if node.idnum in seen:
                continue
            seen.add(node.idnum)
        node = node.get_object()
        if "/Kids" in node:
            left += node["/Kids"].get_object()
        elif node.get("/Type") == "/Page":
            pages += 1
    return pages


def _walk(reader: PdfReader, known: set[tuple[int, int]]) -> str:
    """Everything that is reached, then what only the tables name: a later change may reach it."""
    seen: set[tuple[int, int]] = set()
    if _is_active(reader.trailer, seen):
        return ACTIVE
    for number, generation in known - seen:
        try:
            found = IndirectObject(number, generation, reader).get_object()
        except LimitReachedError:
            return LARGE
        except Exception:  # noqa: S112 (what nobody reaches may be broken)
            continue
        if _is_active(found, seen):
            return ACTIVE
    return FINE


def _is_active(start: Any, seen: set[tuple[int, int]]) -> bool:
    left = [start]
    while left:
        item = left.pop()
        if isinstance(item, IndirectObject):
            if (item.idnum, item.generation) in seen:
                continue
            seen.add((item.idnum, item.generation))
            item = item.get_object()
        if isinstance(item, DictionaryObject):
            if _acts(item):
                return True
            left += [item.raw_get(key) for key in item]
        elif isinstance(item, ArrayObject):
            left += list.__iter__(item)
    return False


def _acts(item: DictionaryObject) -> bool:
    if KEYS & set(item) or _name(item, "/S") in ACTIONS or _name(item, "/Subtype") in KINDS:
        return True
    opening = _part(item, "/OpenAction")
    if isinstance(opening, DictionaryObject):
        return _name(opening, "/S") not in OPENING or "/Next" in opening
    by_itself = _part(item, "/AA")
    return isinstance(by_itself, DictionaryObject) and bool(by_itself)


def _part(item: DictionaryObject, key: str) -> Any:
    return item.raw_get(key).get_object() if key in item else None


def _name(item: DictionaryObject, key: str) -> str:
    found = _part(item, key)
    return found if isinstance(found, str) else ""


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    limit()
    logging.disable()
    content = sys.stdin.buffer.read()
    try:
        word = what_it_is(content)
    except (MemoryError, LimitReachedError):
        word = LARGE
    except Exception:  # whatever a damaged file makes of the library
        word = PASSWORD if b"/Encrypt" in content else BROKEN
    sys.stdout.write(word)


if __name__ == "__main__":
    main()
