"""Passwords that others would guess: patterns, and words of this field, place and person.

Length and the list of common passwords are Django's (config/settings.py). Nothing is asked
elsewhere: all lists are on this machine.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from apps.accounts.models import User
from apps.areas.models import Area, Level
from apps.core.pinyin import lazy_pinyin

# zxcvbn looks at no more; from its five grades we take the upper two.
LOOKED_AT: Final = 72
LEAST_GRADE: Final = 3
# So many letters must be left when the words that everybody here thinks of are taken away.
LEAST_LEFT: Final = 6
# Shorter pieces are in every text.
LEAST_WORD: Final = 4

# Chinese words count in their signs and in pinyin.
FIELD: Final = (
    "归途", "戒毒", "禁毒", "吸毒", "毒品", "缉毒", "涉毒", "社区", "康复", "社区戒毒",
    "社区康复", "戒毒康复", "尿检", "毛发", "美沙酮", "冰毒", "海洛因", "专干", "网格员",
    "社工", "民警", "派出所", "公安局", "公安", "司法所", "禁毒办", "人民政府", "政府",
    "街道办", "办公室", "居委会", "村委会", "管理员", "管理", "系统", "账号", "用户", "密码",
    "口令", "登录", "督导", "平台", "中国", "你好", "我爱你", "欢迎",
)  # fmt: skip
LATIN: Final = (
    "homeward", "guitu", "demo", "password", "passwort", "passw0rd", "admin", "administrator",
    "root", "user", "login", "welcome", "system", "secret", "letmein", "qwerty", "qwert", "asdf",
    "asdfgh", "zxcvbn", "qazwsx", "1qaz", "2wsx", "3edc", "4rfv", "!qaz", "@wsx", "#edc",
    "iloveyou", "woaini", "detox", "drug", "drugs",
    "rehab", "police", "worker", "supervisor", "auditor", "records", "china",
)  # fmt: skip
# 琼海市 is also typed 琼海.
KIND_OF_UNIT = re.compile(
    r"(?:[^\W\d_]族)*(?:自治[州县]|经济开发区|开发区|管理区|街道|社区|农场|林场|省|市|州|县|区|镇|乡|村)$"
)
# a for @, o for 0: what people think hides a word.
DISGUISE = str.maketrans("@4301$5!|7", "aaeoissiit")


class GuessableValidator:
    """Refuses what is guessed by pattern, or is little more than words that everybody knows."""

    def validate(self, password: str, user: User | None = None) -> None:
        words = forbidden_words(user)
        if is_made_of(words, password):
            message = _(
                "This is little more than words that others think of first: names of persons, "
                "units and places, of this product, or of the work."
            )
        elif zxcvbn(password[:LOOKED_AT], user_inputs=words)["score"] < LEAST_GRADE:
            message = _("This is guessed quickly: rows of keys, repetition, dates or known words.")
        else:
            return
        advice = _("Take several words that have nothing to do with each other.")
        raise ValidationError(f"{message} {advice}", code="password_guessable")

    def get_help_text(self) -> str:
        return _("Not the name of a person, a unit or the work, and no rows of keys.")


def forbidden_words(user: User | None) -> list[str]:
    """Words of the field, of the places around, and of the person, the longest first."""
    texts = [*FIELD, *LATIN]
    places = Area.objects.exclude(level=Level.VILLAGE)
    if user is not None:
        texts += [user.username, user.name, user.phone]
        if user.area is not None:
            places |= Area.objects.under(user.area)
    for name in places.values_list("name", flat=True).distinct():
        texts += [name, KIND_OF_UNIT.sub("", name)]
    words = {form for text in texts for form in _forms(text)}
    return sorted(words, key=lambda word: (-len(word), word))


def _forms(text: str) -> Iterable[str]:
    """As written and in pinyin; names also turned round and without the surname."""
    plain = _plain(text)
    spoken = [_plain(part) for part in lazy_pinyin(text)]
    turned = [*spoken[1:], *spoken[:1]] if len(spoken) <= LEAST_WORD else spoken
    latin = ("".join(parts).replace("ü", "v") for parts in (spoken, turned, spoken[1:]))
    found = [form for form in latin if len(form) >= LEAST_WORD]
    return [*found, plain] if len(plain) >= LEAST_WORD or _is_chinese(plain) else found


def _is_chinese(text: str) -> bool:
    return len(text) > 1 and all("\u4e00" <= sign <= "\u9fff" for sign in text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def is_made_of(words: list[str], password: str) -> bool:
    """There is a forbidden word in it, and little else that is a letter."""
    plain = _plain(password)
    seen = {plain, plain.translate(DISGUISE)}
    # Spaces and signs between letters hide no word.
    seen |= {re.sub(r"[\W_]", "", text) for text in seen}
    for text in seen:
        rest = text
        for word in words:
            rest = rest.replace(word, " ")
        if rest != text and len(re.sub(r"[\W\d_]", "", rest)) < LEAST_LEFT:
            return True
    return False
