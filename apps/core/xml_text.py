"""Text as a file of XML (DOCX, XLSX) can hold it, whatever was stored."""

import re
from typing import Final

# A vertical tab is the line break of Word, a form feed its new page.
BREAKS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Everything else that XML 1.0 has no place for.
FORBIDDEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Line breaks of all kinds become one kind, other control characters go."""
    return FORBIDDEN.sub("", BREAKS.sub("\n", text))
