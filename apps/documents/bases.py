"""The articles that each paper rests on: detoxification and rehabilitation differ.

禁毒法 art. 48 refers to the rules of detoxification where rehabilitation has none of its own.
"""

from typing import Final

from apps.cases.codes import Measure
from apps.documents.codes import Kind

_ANY: Final[dict[Kind, str]] = {
    Kind.NOTICE: "个人信息保护法17、30、35",
    Kind.RISK: "个人信息保护法24",
    Kind.TIER_NOTICE: "个人信息保护法24、48",
    Kind.END_OF_CONTROL: "戒毒条例7",
    Kind.ARCHIVE: "一人一档",
    Kind.INDEX: "一人一档",
    Kind.REQUEST: "个人信息保护法44至50",
}
# Of detoxification, of rehabilitation.
_EACH: Final[dict[Kind, tuple[str, str]]] = {
    Kind.HANDBOOK: ("戒毒条例17、18", "戒毒条例39；禁毒法48，参照戒毒条例17"),
    Kind.REPORT_NOTICE: ("戒毒条例14", "戒毒条例38"),
    Kind.REGISTRATION: ("戒毒条例14", "戒毒条例38"),
    Kind.AGREEMENT: ("禁毒法33；戒毒条例16", "禁毒法48；戒毒条例38"),
    Kind.RULES: ("戒毒条例16、19", "戒毒条例38；禁毒法48，参照戒毒条例19"),
    Kind.TEAM: ("戒毒条例17", "禁毒法48，参照戒毒条例17"),
    Kind.PLAN: ("戒毒条例15、18", "戒毒条例39；禁毒法48，参照戒毒条例15"),
    Kind.TALK: ("戒毒条例18", "戒毒条例39"),
    Kind.VISIT: ("戒毒条例18", "戒毒条例39"),
    Kind.HELP: ("禁毒法34；戒毒条例18", "戒毒条例39；禁毒法48，参照禁毒法34"),
    Kind.LEAVE: ("戒毒条例19", "禁毒法48，参照戒毒条例19"),
    Kind.TRANSFER: ("戒毒条例22", "戒毒条例37；禁毒法48，参照戒毒条例22"),
    Kind.TWO_WAY: ("禁毒法33；戒毒条例22", "戒毒条例37；禁毒法48，参照戒毒条例22"),
    Kind.BREACH_REGISTER: (
        "禁毒法35；戒毒条例20", "禁毒法48，参照禁毒法35；戒毒条例38，参照戒毒条例20"
    ),
    Kind.ADMONITION: ("禁毒法35", "禁毒法48，参照禁毒法35"),
    Kind.WARNING: (
        "禁毒法35；戒毒条例20、21", "禁毒法48，参照禁毒法35；戒毒条例38，参照戒毒条例20、21"
    ),
    Kind.BREACH_PROOF: ("戒毒条例20、21", "戒毒条例38，参照戒毒条例20、21"),
    Kind.OVERDUE_PROOF: ("戒毒条例14、21", "戒毒条例38，参照戒毒条例21"),
    Kind.SUSPENSION: ("戒毒条例24", "禁毒法48，参照戒毒条例24"),
    Kind.CONTINUATION: ("戒毒条例24", "禁毒法48，参照戒毒条例24"),
    Kind.TERMINATION: ("戒毒条例24", "禁毒法48，参照戒毒条例24"),
    Kind.RELEASE_APPROVAL: ("戒毒条例23", "戒毒条例40"),
    Kind.RELEASE_PROPOSAL: ("戒毒条例23", "戒毒条例40"),
    Kind.COMPLETION: ("戒毒条例23", "戒毒条例40"),
}  # fmt: skip


def articles_of(kind: Kind, measure: str) -> str:
    """For one measure; for both, those of detoxification first and what rehabilitation adds."""
    if kind in _ANY:
        return _ANY[kind]
    detoxification, rehabilitation = _EACH[kind]
    if measure == Measure.SQKF:
        return rehabilitation
    return detoxification if measure else f"{detoxification}；{rehabilitation}"
