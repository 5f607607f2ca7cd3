"""一人一档: what the file of a person holds, what is missing, and what is not needed yet."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.assessments.models import Assessment
from apps.cases.codes import ClosureReason, Ground
from apps.cases.models import Case, Leave, PoliceReport, Suspension, TeamMember
from apps.checkins.models import CheckIn
from apps.core.days import local_day
from apps.documents.codes import AttachmentKind, PaperKind
from apps.documents.models import Attachment, IssuedDocument
from apps.documents.paper_words import day_words
from apps.documents.subject import Facts, Subject
from apps.needs.models import Need
from apps.visits.models import Meeting

Words = str | Promise


class EntryState(StrEnum):
    """Paper issued or scanned; known but without paper; due and not there; not needed."""

    HAVE = "have"
    RECORDED = "recorded"
    MISSING = "missing"
    NA = "na"


STATE_WORDS: Final[dict[EntryState, Words]] = {
    EntryState.HAVE: _("There"),
    EntryState.RECORDED: _("Recorded, no paper here"),
    EntryState.MISSING: _("Missing"),
    EntryState.NA: _("Not needed now"),
}
# What the printed index says.
PRINTED: Final = {EntryState.HAVE: "有", EntryState.RECORDED: "已登记", EntryState.MISSING: "缺"}


@dataclass(frozen=True)
class IndexEntry:
    """One line of the index. `kind` is the paper that would fill a gap."""

    name: Words
    chinese: str
    state: EntryState
    day: date | None = None
    count: int = 0
    kind: str = ""

    @property
    def words(self) -> Words:
        return STATE_WORDS[self.state]


@dataclass
class File:
    """What is on file of a person, read once."""

    case: Case | None
    day: date
    issued: dict[str, list[IssuedDocument]] = field(default_factory=lambda: defaultdict(list))
    scans: dict[str, list[Attachment]] = field(default_factory=lambda: defaultdict(list))
    team: int = 0
    leaves: int = 0
    suspensions: int = 0
    contacts: int = 0
    meetings: dict[str, date] = field(default_factory=dict)
    needs: int = 0
    assessed: date | None = None
    told: date | None = None
    reports: set[str] = field(default_factory=set)

    @property
    def reported(self) -> bool:
        return self.case is not None and self.case.reported_on is not None

    @property
    def ended(self) -> bool:
        last = self.case.duties_end_on if self.case else None
        return last is not None and last < self.day

    @property
    def terminated(self) -> bool:
        """Closed before the term, by what an authority decided or by death."""
        case = self.case
        return (
            case is not None
            and case.closed_on is not None
            and case.closure_reason != ClosureReason.RELEASED
        )


def read_file(subject: Subject) -> File:
    """Eleven queries, whatever the file holds; nothing outside the user's scope."""
    case, by = subject.case, subject.by
    mine = {"person": subject.person}
    file = File(case, subject.day)
    for document in (
        IssuedDocument.objects.visible_to(by).filter(**mine).valid().for_list()
        .order_by("issued_at", "pk")
    ):  # fmt: skip
        if document.case_id in {None, case.pk if case else None}:
            file.issued[document.kind].append(document)
    for scan in Attachment.objects.visible_to(by).filter(**mine).valid().order_by("uploaded_at"):
        file.scans[scan.kind].append(scan)
    if case is not None:
        of_case = {"case": case}
        file.team = (
            TeamMember.objects.visible_to(by).standing().filter(**of_case, left_on=None).count()
        )
        file.leaves = _standing(Leave, by, case)
        file.suspensions = _standing(Suspension, by, case)
        sent = PoliceReport.objects.visible_to(by).filter(**of_case, withdrawn_at=None)
        file.reports = set(
            sent.exclude(reported_on=None).order_by().values_list("ground", flat=True)
        )
    file.contacts = CheckIn.objects.visible_to(by).filter(**mine).done().count()
    held = Meeting.objects.visible_to(by).filter(**mine).done().order_by()
    file.needs = Need.objects.visible_to(by).filter(**mine).count()
    looked = Assessment.objects.visible_to(by).filter(**mine).order_by()
    days = looked.aggregate(Max("assessed_on"), Max("told_on"))
    file.assessed, file.told = days["assessed_on__max"], days["told_on__max"]
    file.meetings = dict(held.values_list("kind").annotate(Max("day")))
    return file


def _standing(model: type[Leave] | type[Suspension], by: User, case: Case) -> int:
    count: int = model.objects.visible_to(by).filter(case=case, withdrawn_at=None).count()
    return count


def index_of(file: File) -> list[IndexEntry]:
    """The lines of the index, in the order of a case's life."""
    lines = [build(file) for build in _LINES]
    return [line for line in lines if file.case is not None or line.state != EntryState.MISSING]


def _paper(
    kind: PaperKind,
    chinese: str,
    due: Callable[[File], bool],
    recorded: Callable[[File], date | bool | None] = lambda _file: None,
) -> Callable[[File], IndexEntry]:
    """A paper of the office: issued, else known from the dates, else missing where it is due."""

    def build(file: File) -> IndexEntry:
        papers = file.issued.get(kind, [])
        if papers:
            last = papers[-1].issued_on
            return IndexEntry(kind.label, chinese, EntryState.HAVE, last, len(papers), kind)
        known = recorded(file)
        if known:
            day = known if isinstance(known, date) else None
            return IndexEntry(kind.label, chinese, EntryState.RECORDED, day, kind=kind)
        return IndexEntry(
            kind.label, chinese, EntryState.MISSING if due(file) else EntryState.NA, kind=kind
        )

    return build


def _scan(
    kind: AttachmentKind,
    chinese: str,
    due: Callable[[File], bool],
    recorded: Callable[[File], date | None],
) -> Callable[[File], IndexEntry]:
    """A paper of another authority: a scan, else known from the dates."""

    def build(file: File) -> IndexEntry:
        scans = file.scans.get(kind, [])
        if scans:
            day = scans[-1].dated_on or local_day(scans[-1].uploaded_at)
            return IndexEntry(kind.label, chinese, EntryState.HAVE, day, len(scans))
        known = recorded(file)
        state = EntryState.RECORDED if known else EntryState.MISSING if due(file) else EntryState.NA
        return IndexEntry(kind.label, chinese, state, known)

    return build


def _contacts(file: File) -> IndexEntry:
    state = EntryState.RECORDED if file.contacts else EntryState.NA
    return IndexEntry(_("Check-ins"), "签到与联系记录", state, count=file.contacts)


def _signed(file: File) -> IndexEntry:
    scans = file.scans.get(AttachmentKind.SIGNED, [])
    state = EntryState.HAVE if scans else EntryState.MISSING if file.reported else EntryState.NA
    day = scans[-1].dated_on or local_day(scans[-1].uploaded_at) if scans else None
    return IndexEntry(_("Signed papers, scanned"), "已签署文书扫描件", state, day, len(scans))


def _never(_file: File) -> bool:
    return False


def _of(name: str) -> Callable[[File], date | None]:
    return lambda file: getattr(file.case, name, None)


_LINES: Final[tuple[Callable[[File], IndexEntry], ...]] = (
    _scan(AttachmentKind.DECISION, "责令决定书", lambda f: f.case is not None, _of("decided_on")),
    _paper(PaperKind.REPORT_NOTICE, "报到告知书", _never),
    _paper(PaperKind.NOTICE, "个人信息处理告知书", lambda f: f.reported),
    _paper(
        PaperKind.REGISTRATION,
        "报到登记表",
        _never,
        lambda f: f.case.reported_on if f.case else None,
    ),
    _paper(PaperKind.AGREEMENT, "协议书", lambda f: f.reported, _of("agreement_on")),
    _paper(PaperKind.RULES, "守则", _never),
    _paper(PaperKind.TEAM, "工作小组名单", lambda f: f.reported, lambda f: f.team > 0),
    _paper(PaperKind.PLAN, "工作计划", lambda f: f.reported, _of("plan_on")),
    _paper(PaperKind.HANDBOOK, "服务对象联系手册", lambda f: f.reported and not f.ended),
    _signed,
    _contacts,
    _paper(PaperKind.TALK, "谈话记录", _never, lambda f: f.meetings.get("talk")),
    _paper(PaperKind.VISIT, "走访记录", _never, lambda f: f.meetings.get("visit")),
    _paper(PaperKind.HELP, "救助（帮扶）情况记录表", _never, lambda f: f.needs > 0),
    _paper(PaperKind.HELP_REFERRAL, "转介函", _never),
    _paper(PaperKind.HELP_SUPPORT, "协助申请函", _never),
    _paper(PaperKind.HELP_RECEIPT, "帮扶收据", _never),
    _paper(PaperKind.RISK, "风险评估记录表", _never, lambda f: f.assessed),
    _paper(PaperKind.TIER_NOTICE, "风险等级告知书", _never, lambda f: f.told),
    _paper(PaperKind.LEAVE, "外出报告表", _never, lambda f: f.leaves > 0),
    _paper(PaperKind.TRANSFER, "变更执行地移送函", _never),
    _paper(PaperKind.TWO_WAY, "双向管控函", _never),
    _paper(PaperKind.BREACH_REGISTER, "违反协议情况登记表", _never),
    _paper(PaperKind.ADMONITION, "劝诫书", _never),
    _paper(PaperKind.WARNING, "告诫书", _never),
    _paper(PaperKind.BREACH_PROOF, "严重违反协议证明", lambda f: Ground.SERIOUS in f.reports),
    _paper(PaperKind.OVERDUE_PROOF, "逾期未报到证明", lambda f: Ground.OVERDUE in f.reports),
    _paper(PaperKind.SUSPENSION, "中止说明", lambda f: f.suspensions > 0),
    _paper(PaperKind.CONTINUATION, "继续执行通知书", _never),
    _paper(PaperKind.TERMINATION, "终止说明", lambda f: f.terminated),
    _paper(PaperKind.RELEASE_APPROVAL, "解除审批表", _never),
    _paper(PaperKind.RELEASE_PROPOSAL, "期满解除报送表", lambda f: f.ended),
    _paper(PaperKind.COMPLETION, "期满告知书", lambda f: f.ended),
    _scan(AttachmentKind.RELEASE, "公安机关解除通知书", lambda f: f.ended, _of("closed_on")),
    _paper(PaperKind.END_OF_CONTROL, "提请不再实行动态管控的函", _never),
    _paper(PaperKind.ARCHIVE, "归档说明", _never),
    _paper(PaperKind.REQUEST, "查阅、更正及异议申请书", _never),
    _scan(AttachmentKind.OTHER, "其他材料", _never, lambda _file: None),
)


def index_facts(subject: Subject) -> Facts:
    """The same index for the printed paper, without what is not needed now."""
    entries = [e for e in index_of(read_file(subject)) if e.state != EntryState.NA]
    facts: Facts = {
        "missing_words": "、".join(e.chinese for e in entries if e.state == EntryState.MISSING)
        or "无"
    }
    for number, entry in enumerate(entries, 1):
        note = f"{entry.count}份" if entry.count > 1 else ""
        facts |= {
            f"item_{number}_no": str(number),
            f"item_{number}_name": entry.chinese,
            f"item_{number}_state": PRINTED[entry.state],
            f"item_{number}_day": day_words(entry.day),
            f"item_{number}_note": note,
        }
    return facts
