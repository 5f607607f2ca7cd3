"""Substances and cut-offs: strips by their leaflets, hair by the rules of the Ministry of 2018.

A site's own lists are kept in the admin. Where the field knows no cut-off, there is none here.
"""

from datetime import date
from typing import Any, Final

# Code, Chinese, English, positive under methadone treatment, also positive by.
_ANALYTES: Final = (
    ("MOP", "吗啡", "Morphine", False, "可待因类止咳药、福尔可定"),
    ("MET", "甲基苯丙胺（冰毒）", "Methamphetamine", False, ""),
    ("KET", "氯胺酮（K粉）", "Ketamine", False, ""),
    ("MDMA", "摇头丸（MDMA）", "MDMA", False, ""),
    ("COC", "可卡因", "Cocaine", False, ""),
    ("THC", "大麻", "Cannabis (THC)", False, ""),
    ("AMP", "苯丙胺", "Amphetamine", False, ""),
    ("BZO", "苯二氮䓬类", "Benzodiazepines", False, "处方安眠药、抗焦虑药"),
    ("BUP", "丁丙诺啡", "Buprenorphine", False, "丁丙诺啡维持治疗"),
    ("MTD", "美沙酮", "Methadone", True, "美沙酮维持治疗"),
    ("TRA", "曲马多", "Tramadol", False, "处方止痛药"),
    ("ETO", "依托咪酯", "Etomidate", False, "近期麻醉用药"),
    ("MCAT", "甲卡西酮", "Methcathinone", False, ""),
    ("FEN", "芬太尼", "Fentanyl", False, "近期麻醉用药"),
    ("6AM", "O6-单乙酰吗啡", "O6-monoacetylmorphine", False, ""),
    ("MDA", "MDA", "MDA", False, ""),
    ("NKET", "去甲氯胺酮", "Norketamine", False, ""),
    ("BZE", "苯甲酰爱康宁", "Benzoylecgonine", False, ""),
)
_URINE: Final = {"MOP": 300, "MET": 1000, "KET": 1000, "MDMA": 500, "COC": 300, "THC": 50}
# What else a positive may come from, in English.
_ALSO_BY: Final = {
    "MOP": "cough medicines with codeine, pholcodine",
    "BZO": "prescribed sleeping pills and tranquillisers",
    "BUP": "buprenorphine maintenance treatment",
    "MTD": "methadone maintenance treatment",
    "TRA": "prescribed painkillers",
    "ETO": "a recent anaesthetic",
    "FEN": "a recent anaesthetic",
}
_HAIR: Final = {
    "0.2": ("6AM", "MOP", "MET", "AMP", "MDA", "MDMA", "KET", "NKET", "MCAT"),
    "0.5": ("COC",),
    "0.05": ("BZE", "THC"),
}
_LEAFLET, _RULES = "试剂说明书", "涉毒人员毛发样本检测规范"


def store(apps: Any, schema_editor: Any) -> None:
    """For the first migration of the app."""
    analytes, cut_offs = (apps.get_model("drugtests", name) for name in ("Analyte", "CutOff"))
    rows = {}
    for place, (code, zh, en, methadone, also) in enumerate(_ANALYTES, 1):
        rows[code] = analytes.objects.create(
            code=code, name_zh=zh, name_en=en, by_methadone=methadone, also_by=also,
            also_by_en=_ALSO_BY.get(code, ""), position=place * 10,
        )  # fmt: skip
    common = {"valid_from": date(2018, 1, 1)}
    for code, value in _URINE.items():
        cut_offs.objects.create(
            analyte=rows[code], sample="urine", value=value, unit="ng/mL", source=_LEAFLET, **common
        )
    for hair, codes in _HAIR.items():
        for code in codes:
            cut_offs.objects.create(
                analyte=rows[code], sample="hair", value=hair, unit="ng/mg", source=_RULES, **common
            )
