"""The programmes that every office begins with; it changes them in the admin."""

from typing import Any, Final

# Code, kind, names, basis, who pays, rhythm, for whom, whether another office decides, restricted.
_ROWS: Final = (
    ("living", "living", "最低生活保障", "Minimum living allowance", "社会救助暂行办法9至13",
     "民政部门", "monthly", "household", True, False),
    ("extreme", "extreme", "特困人员供养", "Extreme-poverty support", "社会救助暂行办法14至19",
     "民政部门", "monthly", "person", True, False),
    ("relief", "relief", "临时救助", "Temporary relief", "社会救助暂行办法47至49",
     "民政部门", "once", "household", True, False),
    ("medical", "medical", "医疗救助", "Medical aid", "社会救助暂行办法27至32",
     "医疗保障部门", "once", "person", True, False),
    ("employment", "employment", "就业援助", "Employment help", "社会救助暂行办法42至46",
     "人力资源和社会保障部门", "once", "person", False, False),
    ("training", "training", "职业技能培训", "Vocational training", "就业促进法44至46",
     "人力资源和社会保障部门", "once", "person", False, False),
    ("unemployed", "unemployed", "失业保险金", "Unemployment insurance", "失业保险条例14至17",
     "社会保险经办机构", "monthly", "person", True, False),
    ("insurance", "insurance", "社会保险代办和缴费补贴", "Social insurance: arranged or subsidised",
     "社会保险法", "人力资源和社会保障部门", "once", "person", True, False),
    ("schooling", "schooling", "子女助学", "Schooling of children", "社会救助暂行办法33至36",
     "教育部门", "once", "household", True, False),
    ("housing", "housing", "住房救助", "Housing", "社会救助暂行办法37至41",
     "住房和城乡建设部门", "once", "household", True, False),
    ("disability", "disability", "残疾证办理和残疾人补贴", "Disability card or allowance",
     "残疾人保障法", "残疾人联合会", "monthly", "person", True, False),
    ("counselling", "counselling", "心理辅导", "Counselling", "", "", "once", "person", False,
     False),
    ("legal", "legal", "法律援助", "Legal aid", "法律援助法", "法律援助机构", "once", "person",
     True, False),
    ("treatment", "treatment", "治疗转介", "Referral to treatment", "", "", "once", "person",
     False, False),
    ("psychiatric", "psychiatric", "精神科转介", "Psychiatric referral", "精神卫生法4", "", "once",
     "person", False, True),
    ("hiv", "hiv", "艾滋病检测和治疗转介", "HIV referral", "艾滋病防治条例39", "", "once", "person",
     False, True),
    ("hepatitis", "hepatitis", "肝炎检测和治疗转介", "Hepatitis referral", "传染病防治法12", "",
     "once", "person", False, True),
    ("papers", "papers", "户籍和证件代办", "Papers and registration", "", "", "once", "person",
     False, False),
    ("charity", "charity", "慈善款物", "Goods or donations", "慈善法", "", "once", "person",
     False, False),
    ("family", "family", "家庭关系修复", "Family repair", "", "", "once", "household", False,
     False),
)  # fmt: skip
_ADVICE: Final = {
    "living": (
        "以家庭为单位申请，名单在村（居）公示：申请材料只写家庭收入和困难，不写其他原因。",
        """It is a household's, and its list is published in the village: write of income and \
hardship alone, and of no other reason.""",
    ),
    "extreme": (
        "名单在村（居）公示：只写无劳动能力、无生活来源等条件，不写其他原因。",
        "Its list is published in the village: write of the conditions alone.",
    ),
    "relief": (
        "向乡镇申请，一般要公示，由县级批准；小额的可以由乡镇批准。只写困难，不写其他原因。",
        """Applied for in the town, usually published, approved by the county, small sums by the \
town. Write of the hardship alone.""",
    ),
    "unemployed": (
        """要求缴费满一年、非因本人意愿中断就业、已办理失业登记；重新就业后停发，\
最长 12、18 或 24 个月。""",
        """Needs a year of contributions, a job that was lost against the person's will, and \
registration as unemployed; it stops with new work, after 12, 18 or 24 months at most.""",
    ),
    "treatment": (
        "转介函只写请协助接诊，不写病史和原因。",
        "The letter asks for an appointment alone, and tells nothing of history or reason.",
    ),
}  # fmt: skip
_NAMES: Final = (
    "code", "kind", "name_zh", "name_en", "basis", "payer", "rhythm", "recipient",
    "needs_decision", "restricted",
)  # fmt: skip


def programmes() -> list[dict[str, Any]]:
    found = []
    for row in _ROWS:
        facts: dict[str, Any] = dict(zip(_NAMES, row, strict=True))
        facts["advice_zh"], facts["advice_en"] = _ADVICE.get(str(facts["code"]), ("", ""))
        found.append(facts)
    return found


def store(apps: Any, _editor: Any) -> None:
    """For the migration."""
    programme = apps.get_model("assistance", "Programme")
    programme.objects.bulk_create(programme(**facts) for facts in programmes())
