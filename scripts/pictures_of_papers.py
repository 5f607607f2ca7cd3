"""A picture of every paper for docs/pictures/papers, printed from the demo's invented persons.

    HOMEWARD_DEMO=1 HOMEWARD_INSECURE_LOCAL=1 .venv/bin/python -m scripts.pictures_of_papers

The demo must be loaded; nothing is stored. Names on the command line: only those kinds.
It also says how many sheets each paper takes, for both measures.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "pictures" / "papers"
SAID = {
    "help_words": "介绍就业岗位，协助申请临时救助；每季度一次戒毒知识辅导。",
    "contact_words": "每两周当面或者电话联系一次",
    "report_place": "镇人民政府禁毒办公室（综治中心一楼）",
    "family_words": "与父母同住，妻子支持，孩子上小学二年级",
    "history_words": "见决定书，此前未接受过其他戒毒措施",
    "state_words": "身体状况良好，情绪平稳，愿意交谈",
    "treatment_words": "目前不需要药物治疗，睡眠不好已建议到市人民医院就诊",
    "counselling_words": "每月谈话一次，需要时转介心理辅导",
    "goal_words": "按时检测，三个月内找到稳定工作",
    "person_words": "同意，希望联系时间在下班以后",
    "topic_words": "例行谈话，了解近况",
    "content_words": "近期在镇上打零工，收入不稳定；与妻子商量后打算学电工；对检测安排没有意见。",
    "wish_words": "希望推荐技能培训班，最好在晚上上课。",
    "next_words": "联系市就业局下一期电工班；两周后电话回访。",
    "work_words": "打零工，每月做十五天左右",
    "difficulty_words": "没有稳定收入，孩子学费压力大",
    "opinion_words": "没有意见，感谢关心",
    "other_words": "家中老人身体尚可",
    "reason_words": "外出务工，项目部在外县，预计做两周",
    "away_contact": "工友电话，已留在专职工作人员处",
    "to_unit": "文昌市文城镇人民政府",
    "new_residence": "文城镇某街12号",
    "happened_on": "2026年10月12日",
    "facts_words": "约定检测当天未到场，次日说明是有意避开。",
    "heard_words": "当天刚下夜班，情绪不好，愿意另约时间检测。",
    "asked_words": "下次检测按时到场，有困难提前打电话商量时间。",
    "earlier_words": "2026年8月10日劝诫书",
    "tests_count": "2次", "leaves_count": "1次", "leave_days": "4日",
    "paper_words": "拘留通知书（文号见附件）",
    "summary_words": "按时报到并签订协议，按约定联系，历次检测均为阴性，无严重违反协议情形。",
    "police_paper": "",
    "keep_words": "按档案管理规定", "shelf_words": "综治中心档案室3号柜",
    "note_words": "缺项已逐项说明，其余材料按卷内目录核对无误。",
    "apart_words": "户籍未迁，婚后在现居住地购房居住，暂不变更执行地",
    "assist_words": "本人在户籍地办理临时救助、身份证补领时，请予协助",
    "report_facts": "期满前后四次电话联系、两次上门，本人未报到，未说明正当理由。",
    "report_heard": "家属转达：本人在外地务工，下月才回。",
}  # fmt: skip


def main() -> None:
    """One picture of each kind, of the first person of the demo whom the paper fits."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    ready = list(papers(set(sys.argv[1:])))
    pictured: set[str] = set()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 794, "height": 1123})
        for kind, measure, html in ready:
            page.set_content(html)
            sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
            print(f"{kind:18} {measure:5} {sheets} sheet{'s' if sheets > 1 else ''}", flush=True)
            if kind not in pictured:
                pictured.add(kind)
                save(kind, page.locator("main").screenshot())
        browser.close()


def save(kind: str, png: bytes) -> None:
    from scripts.small_png import small

    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / f"{kind}.png").write_bytes(small(png))


def papers(wanted: set[str]) -> Iterator[tuple[str, str, str]]:
    """Kind, measure, and the sheet as it would be printed."""
    from apps.accounts.models import User
    from apps.documents.declarations import DECLARATIONS

    by = User.objects.select_related("area").get(username="demo-county")
    css = (ROOT / "static" / "css" / "paper.css").read_text(encoding="utf-8")
    for kind, declared in DECLARATIONS.items():
        if wanted and kind not in wanted:
            continue
        for measure in ("SQJD", "SQKF"):
            if (html := _sheet(declared, by, measure, css)) is not None:
                yield kind, measure, html


def _sheet(declared: Any, by: Any, measure: str, css: str) -> str | None:
    """Issued and rolled back again: with its number, and no trace."""
    from django.db import transaction
    from django.template.loader import render_to_string

    from apps.core.refusals import Refused
    from apps.documents.services import issue_document

    for subject in _subjects(declared, by, measure):
        with transaction.atomic():
            try:
                paper = issue_document(
                    person=subject.person, case=subject.case, kind=declared.kind, by=by,
                    client_uuid=uuid4(), answers=_answers(declared, subject),
                    record=subject.record,
                )  # fmt: skip
            except Refused:
                continue
            finally:
                transaction.set_rollback(True)
        blocks = {"blocks": paper.blocks, "compact": declared.compact, "paper_lang": "zh-hans"}
        article = render_to_string("documents/paper.html", blocks)
        head = f'<meta charset="utf-8"><style>{css}</style>'
        return f'<!doctype html><html lang="zh-hans"><head>{head}</head><body class="sheet"><main>{article}</main></body></html>'  # noqa: E501
    return None


def _answers(declared: Any, subject: Any) -> dict[str, Any]:
    """What is on file stands in the form; the rest is said as above."""
    from apps.documents.drafts import facts_for

    facts = facts_for(declared, subject)
    return {
        ask.name: subject.day
        if ask.kind == "day"
        else facts.get(ask.initial, "") or ask.text or SAID.get(ask.name, "")
        for ask in declared.asks
    }


def _subjects(declared: Any, by: Any, measure: str) -> Iterator[Any]:
    """Those with most to say first: breaches, reports, assessments, needs, leave, meetings."""
    from django.db.models import Count

    from apps.cases.models import Case
    from apps.core.days import today
    from apps.documents.subject import Subject
    from apps.visits.models import Meeting

    cases = Case.objects.visible_to(by).filter(measure=measure).select_related("person")
    rich = {
        "leave": "leaves", "suspension": "suspensions", "continuation": "suspensions",
        "help": "needs", "plan": "needs", "registration": "needs",
        "breach_register": "breaches", "breach_proof": "breaches",
    }.get(declared.kind, "team")  # fmt: skip
    ordered = cases.annotate(much=Count(rich)).order_by("-much", "pk")
    for case in ordered.select_related("county", "town", "village", "authority")[:300]:
        met = Meeting.objects.filter(person=case.person, kind=declared.kind).done()
        newest = met.order_by("-occurred_at").first()
        record = newest.public_id if newest else _act_on(declared, case)
        yield Subject(case.person, case, by, today(), record=record)


def _act_on(declared: Any, case: Any) -> Any:
    """Of a letter that is issued with an act: the breach or the transfer that it speaks of."""
    from apps.breaches.models import Breach
    from apps.transfers.models import Transfer

    rows: Any = Transfer.objects.none()
    if declared.issued_at.startswith("transfers"):
        rows = Transfer.objects.filter(case=case)
    elif declared.issued_at:
        rows = Breach.objects.filter(case=case).confirmed()
    return rows.order_by("-pk").values_list("public_id", flat=True).first()


if __name__ == "__main__":
    main()
