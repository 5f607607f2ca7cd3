"""Invented persons: county codes that were never given out, phones that begin with 100."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from apps.persons.codes import Education, Employment, Household, Marital, Sex, Substance
from apps.persons.identity import check_character

SURNAMES: Final = "符王陈李吴林黄周邢何云韩郑杨羊卢冯蔡莫吉梁许张曾单覃欧"
MEN: Final = "海明国强志勇光荣华伟军平辉杰亮福寿山文武永德才仁义"
WOMEN: Final = "秀英丽珍玉兰春燕雪梅金花芳琼惠琴静霞云彩月娟"
WEIGHTED: Final = {
    Substance.METHAMPHETAMINE: 50, Substance.HEROIN: 28, Substance.KETAMINE: 9, Substance.MAGU: 5,
    Substance.CANNABIS: 3, Substance.ETOMIDATE: 5,
}  # fmt: skip


@dataclass(frozen=True)
class Invented:
    """Who somebody is; `facts` go to the service as they are."""

    name: str
    number: str
    phone: str
    facts: dict[str, object]


def invent(sequence: int, rng: Random, day: date) -> Invented:
    """The same person for the same sequence, whatever the day."""
    man = rng.random() < 0.78
    given = MEN if man else WOMEN
    name = rng.choice(SURNAMES) + "".join(rng.sample(given, rng.choice((1, 2, 2, 2))))
    born_on = date(1960, 1, 1) + timedelta(days=rng.randrange(44 * 365))
    first17 = f"469098{born_on:%Y%m%d}{sequence // 2 % 499 * 2 + (1 if man else 2):03d}"
    facts: dict[str, object] = {
        "sex": Sex.MALE if man else Sex.FEMALE,
        "ethnicity": rng.choices(("01", "19", "06"), (84, 13, 3))[0],
        "education": _maybe(rng, 0.9, rng.choice((Education.PRIMARY, Education.JUNIOR,
                                                  Education.JUNIOR, Education.SENIOR))),
        "marital": _maybe(rng, 0.85, rng.choice((Marital.SINGLE, Marital.MARRIED,
                                                 Marital.DIVORCED))),
        "household": _maybe(rng, 0.8, rng.choice((Household.PARENTS, Household.FAMILY,
                                                  Household.ALONE, Household.RELATIVES))),
        "employment": _maybe(rng, 0.85, rng.choice((Employment.FARMING, Employment.EMPLOYED,
                                                    Employment.FLEXIBLE, Employment.UNEMPLOYED,
                                                    Employment.SELF))),
        "substance": rng.choices(list(WEIGHTED), list(WEIGHTED.values()))[0],
        "on_allowance": rng.random() < 0.22,
        "call_note": _maybe(rng, 0.06, "上班时间不接电话，18:00 后再打"),
    }  # fmt: skip
    phone = f"100{sequence:04d}{rng.randrange(10_000):04d}" if rng.random() < 0.95 else ""
    return Invented(name, first17 + check_character(first17), phone, facts)


def _maybe(rng: Random, chance: float, value: str) -> str:
    return value if rng.random() < chance else ""
