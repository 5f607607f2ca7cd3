"""The articles that each paper rests on: detoxification and rehabilitation differ.

禁毒法 art. 48 refers to the rules of detoxification where rehabilitation has none of its own.
"""

from typing import Final

from apps.cases.codes import Measure
from apps.documents.codes import PaperKind

_ANY: Final[dict[PaperKind, str]] = {
    PaperKind.NOTICE: "个人信息保护法17、30、35",
    PaperKind.HELP_REFERRAL: "社会救助暂行办法",
    PaperKind.HELP_SUPPORT: "社会救助暂行办法",
    PaperKind.HELP_RECEIPT: "社会救助暂行办法",
    PaperKind.RISK: "个人信息保护法24",
    PaperKind.TIER_NOTICE: "个人信息保护法24、48",
    PaperKind.END_OF_CONTROL: "戒毒条例7",
    PaperKind.ARCHIVE: "一人一档",
    PaperKind.INDEX: "一人一档",
    PaperKind.REQUEST: "个人信息保护法44至50",
}
# Of detoxification, of rehabilitation.
_EACH: Final[dict[PaperKind, tuple[str, str]]] = {
    PaperKind.HANDBOOK: ("戒毒条例17、18", "戒毒条例39；禁毒法48，参照戒毒条例17"),
    PaperKind.REPORT_NOTICE: ("戒毒条例14", "戒毒条例38"),
    PaperKind.REGISTRATION: ("戒毒条例14", "戒毒条例38"),
    PaperKind.AGREEMENT: ("禁毒法33；戒毒条例16", "禁毒法48；戒毒条例38"),
    PaperKind.RULES: ("戒毒条例16、19", "戒毒条例38；禁毒法48，参照戒毒条例19"),
    PaperKind.TEAM: ("戒毒条例17", "禁毒法48，参照戒毒条例17"),
    PaperKind.PLAN: ("戒毒条例15、18", "戒毒条例39；禁毒法48，参照戒毒条例15"),
    PaperKind.TALK: ("戒毒条例18", "戒毒条例39"),
    PaperKind.VISIT: ("戒毒条例18", "戒毒条例39"),
    PaperKind.HELP: ("禁毒法34；戒毒条例18", "戒毒条例39；禁毒法48，参照禁毒法34"),
    PaperKind.LEAVE: ("戒毒条例19", "禁毒法48，参照戒毒条例19"),
    PaperKind.TRANSFER: ("戒毒条例22", "戒毒条例37；禁毒法48，参照戒毒条例22"),
    PaperKind.TWO_WAY: ("禁毒法33；戒毒条例22", "戒毒条例37；禁毒法48，参照戒毒条例22"),
    PaperKind.BREACH_REGISTER: (
        "禁毒法35；戒毒条例20",
        "禁毒法48，参照禁毒法35；戒毒条例38，参照戒毒条例20",
    ),
    PaperKind.ADMONITION: ("禁毒法35", "禁毒法48，参照禁毒法35"),
    PaperKind.WARNING: (
        "禁毒法35；戒毒条例20、21",
        "禁毒法48，参照禁毒法35；戒毒条例38，参照戒毒条例20、21",
    ),
    PaperKind.BREACH_PROOF: ("戒毒条例20、21", "戒毒条例38，参照戒毒条例20、21"),
    PaperKind.OVERDUE_PROOF: ("戒毒条例14、21", "戒毒条例38，参照戒毒条例21"),
    PaperKind.SUSPENSION: ("戒毒条例24", "禁毒法48，参照戒毒条例24"),
    PaperKind.CONTINUATION: ("戒毒条例24", "禁毒法48，参照戒毒条例24"),
    PaperKind.TERMINATION: ("戒毒条例24", "禁毒法48，参照戒毒条例24"),
    PaperKind.RELEASE_APPROVAL: ("戒毒条例23", "戒毒条例40"),
    PaperKind.RELEASE_PROPOSAL: ("戒毒条例23", "戒毒条例40"),
    PaperKind.COMPLETION: ("戒毒条例23", "戒毒条例40"),
}


def articles_of(kind: PaperKind, measure: str) -> str:
    """For one measure; for both, those of detoxification first and what rehabilitation adds."""
    if kind in _ANY:
        return _ANY[kind]
    detoxification, rehabilitation = _EACH[kind]
    if measure == Measure.SQKF:
        return rehabilitation
    return detoxification if measure else f"{detoxification}；{rehabilitation}"
