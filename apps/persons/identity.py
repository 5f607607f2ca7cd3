"""Identity documents and phones: pure functions on text.

Every fault raises ValidationError with words for the person who typed it, so that a page and an
import say the same.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.core.crypto import blind_index
from apps.core.days import today
from apps.core.typed import clean_text

RESIDENT_LENGTH: Final = 18
# GB 11643, ISO 7064 MOD 11-2.
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS: Final = "10X98765432"
_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")
_OTHER_DOCUMENT = re.compile(r"[0-9A-Z()]{5,20}")
_SEPARATORS = re.compile(r"[\s\u200b\ufeff'\-–—_.]")
_LIKE_A_PHONE = re.compile(r"[+0-9()\s\-–—.]{7,30}")
# 100… is given out to nobody: invented data use it, so it must be taken.
_MOBILE = re.compile(r"1(?:00|[3-9][0-9])[0-9]{8}")


@dataclass(frozen=True)
class Resident:
    """What a resident number tells."""

    number: str
    born_on: date
    sex: str


def plain(text: str) -> str:
    """Full-width characters as ASCII, without spaces and strokes, in capitals."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", clean_text(text))).upper()


def check_resident(text: str) -> Resident:
    """The number in its normal form with birth date and sex; ValidationError names the faults.

    The place part is not checked: numbers of invented persons use codes given out to nobody.
    """
    number = plain(text)
    if len(number) != RESIDENT_LENGTH:
        raise ValidationError(_("A resident number has 18 characters."), code="length")
    if not _RESIDENT.fullmatch(number):
        raise ValidationError(
            _("A resident number has digits only; the last may be X."), code="characters"
        )
    faults = []
    try:
        born_on = _birth_date(number)
    except ValidationError as fault:
        faults.append(fault)
    if check_character(number[:17]) != number[17]:
        faults.append(
            ValidationError(
                _("The check digit is wrong: one of the characters was mistyped."), code="check"
            )
        )
    if faults:
        raise ValidationError(faults)
    return Resident(number, born_on, sex_of(number))


def from_fifteen(number: str) -> str:
    """The 18 characters of a resident number of 15 digits (GB 11643-1999); others as they are."""
    if not re.fullmatch(r"[0-9]{15}", number):
        return number
    first17 = f"{number[:6]}19{number[6:]}"
    return first17 + check_character(first17)


def check_character(first17: str) -> str:
    """The 18th character that belongs to the first 17 (GB 11643)."""
    return CHECK_CHARACTERS[sum(int(d) * w for d, w in zip(first17, WEIGHTS, strict=True)) % 11]


def sex_of(number: str) -> str:
    """GB/T 2261.1 from the 17th digit: odd is male (1), even female (2)."""
    return "1" if int(number[16]) % 2 else "2"


def _birth_date(number: str) -> date:
    try:
        born_on = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise ValidationError(
            _("The date of birth in the number does not exist."), code="birth"
        ) from None
    if not date(1900, 1, 1) <= born_on <= today():
        raise ValidationError(_("The date of birth in the number cannot be right."), code="birth")
    return born_on


def check_other_document(text: str) -> str:
    """The normal form of a passport's or permit's number."""
    number = plain(text)
    if not _OTHER_DOCUMENT.fullmatch(number):
        raise ValidationError(
            _("A document number has 5 to 20 letters and digits."), code="characters"
        )
    return number


def as_phone(text: str) -> str:
    """The normal form of what looks like a phone, +86 and brackets or not; else ""."""
    if not _LIKE_A_PHONE.fullmatch(unicodedata.normalize("NFKC", clean_text(text)).strip()):
        return ""
    try:
        return check_phone(text)
    except ValidationError:
        return ""


def check_phone(text: str) -> str:
    """A mobile as 11 digits, a landline as 0898-62822222; ValidationError otherwise."""
    digits = re.sub(r"[^0-9+]", "", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(?:\+86|0086|86(?=1[0-9]{10}$))", "", digits)
    if _MOBILE.fullmatch(digits):
        return digits
    try:
        parsed = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_valid_number_for_region(parsed, "CN"):
        raise ValidationError(
            _("Enter a mobile number of 11 digits, or a landline with its area code."), code="phone"
        )
    return _landline(parsed)


def _landline(parsed: phonenumbers.PhoneNumber) -> str:
    significant = phonenumbers.national_significant_number(parsed)
    length = phonenumbers.length_of_geographical_area_code(parsed)
    if not length:
        return significant
    return f"0{significant[:length]}-{significant[length:]}"


def document_index(number: str) -> bytes:
    """Blind index of a whole number in its normal form."""
    return blind_index("document", number)


def last4_index(number: str) -> bytes:
    """Blind index of the last four characters; looked up within the own scope only."""
    return blind_index("document-last4", number[-4:])


def phone_index(number: str) -> bytes:
    return blind_index("phone", number)


def may_be_dialled(phone: str) -> bool:
    """False for numbers of the range 100…, which is given out to nobody: data made up use it."""
    return bool(phone) and not plain(phone).startswith("100")
