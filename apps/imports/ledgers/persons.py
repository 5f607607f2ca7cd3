"""The register of persons, their orders included."""

from collections.abc import Hashable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.assessments.ledger import LEVEL_WORDS
from apps.cases.codes import Measure
from apps.imports.bringing.persons import bring_in_persons, find_on_file
from apps.imports.forms.persons import PersonRowForm
from apps.imports.ledgers import words
from apps.imports.ledgers.persons_out import lines_out
from apps.ledgers.cells import as_day, as_identity, as_telephone
from apps.ledgers.ledger import Column, Ledger

COLUMNS: Final = (
    Column("name", ("姓名", "人员姓名", "当事人姓名", "被管控人", "被管控人姓名", "戒毒人员姓名",
                    "戒毒人员", "对象姓名", "name"), required=True),
    Column(
        "document_number",
        ("身份证号码", "身份证号", "证件号码", "证件号", "公民身份号码", "身份证", "身份号码",
         "身份证件号码", "身份证件号", "公民身份证号", "公民身份证号码", "居民身份证号码", "证号",
         "身份证明号码"),
        read=as_identity, required=True,
    ),
    Column("document_kind", ("证件类型", "证件种类", "证件类别", "证件名称"),
           words=words.DOCUMENTS, decides=True),
    Column("sex", ("性别",), words=words.SEXES, decides=True),
    Column("ethnicity", ("民族", "族别"), words=words.ETHNIC_NAMES),
    Column("education", ("文化程度", "学历", "受教育程度", "教育程度", "文化水平"),
           words=words.EDUCATIONS),
    Column("marital", ("婚姻状况", "婚姻", "婚姻情况", "婚否", "婚姻状态"), words=words.MARITALS),
    Column(
        "phone",
        ("联系电话", "电话", "手机号", "手机号码", "联系方式", "本人电话", "本人联系电话", "手机",
         "电话号码", "联系号码", "联系手机", "移动电话", "本人手机号", "本人手机", "常用电话"),
        read=as_telephone,
    ),
    Column("registration", ("户籍地", "户籍地址", "户籍所在地", "户籍", "户口所在地", "户籍地详址",
                            "户籍详细地址", "户口地址", "户籍住址", "户籍所在地址")),
    Column(
        "residence",
        ("现居住地", "居住地", "现住址", "住址", "现居住地址", "现居地", "现住地", "现住地址",
         "居住地址", "实际居住地", "实际居住地址", "家庭住址", "家庭地址", "现居住详址",
         "居住地详址", "常住地址", "常住地", "现居住地详细地址"),
    ),
    Column("place", ("执行地", "管辖乡镇", "所属乡镇", "乡镇", "镇", "管控单位", "执行地社区",
                     "管辖单位", "所属镇", "管控乡镇", "责任单位", "执行单位", "管辖镇",
                     "所属社区")),
    Column(
        "measure", ("管控类型", "类别", "人员类别", "管控类别", "措施", "人员类型", "戒毒措施",
                    "管控措施", "戒毒类型", "人员性质", "管控状态", "人员现状"),
        words=words.MEASURES, decides=True, required=True,
    ),
    Column("decision_number", ("决定书文号", "决定书编号", "文号", "法律文书号", "决定文号",
                               "决定书号", "文书编号", "文书号", "责令决定书文号", "法律文书编号")),
    Column("decided_on", ("决定日期", "责令日期", "决定时间", "责令时间", "作出决定日期",
                          "作出决定时间", "决定书日期", "文书日期", "责令社戒日期", "下发决定日期"),
           read=as_day),
    Column("received_on", ("收到决定书日期", "送达日期", "接收日期", "签收日期", "送达时间",
                           "接收时间", "签收时间", "收到决定书时间", "决定书送达日期"),
           read=as_day),
    Column("reported_on", ("报到日期", "报到时间", "实际报到日期", "实际报到时间", "首次报到日期",
                           "首次报到时间", "接受报到日期", "报到登记日期"), read=as_day),
    Column("agreement_on", ("协议签订日期", "签订协议日期", "协议日期", "协议签订时间",
           "签订协议时间", "签协议日期", "签协议时间", "协议书签订日期", "协议书签订时间",
           "签订协议书日期", "签订日期", "协议时间"), read=as_day),
    Column("starts_on", ("执行起始日", "执行开始日期", "起始日期", "执行起日", "执行起始日期",
           "开始日期", "开始时间", "起始时间", "执行开始时间", "社戒开始日期", "起算日期"),
           read=as_day),
    Column("paper_end_on", ("执行截止日", "执行结束日期", "截止日期", "期满日期", "执行止日",
           "执行截止日期", "结束日期", "结束时间", "期满时间", "到期日期", "到期时间", "截止时间",
           "执行结束时间", "社戒期满日期", "终止日期"), read=as_day),
    Column("risk_level", ("风险等级", "评估等级", "风险级别", "等级", "风险评估等级", "管控等级",
                          "分级", "分类等级", "评估结果", "风险评估结果"), words=LEVEL_WORDS),
    Column("substance", ("滥用毒品种类", "毒品种类", "吸食毒品种类", "滥用种类", "吸毒种类",
                         "吸食毒品", "毒品类型", "吸食种类", "滥用毒品", "吸毒类型"),
           words=words.SUBSTANCES),
    Column("employment", ("就业状况", "就业情况", "职业", "从业状况", "就业", "工作情况",
                          "从业情况", "就业状态"), words=words.EMPLOYMENTS),
    Column("on_allowance", ("是否低保", "低保", "低保户", "是否低保户", "低保情况"),
           words=words.YES_NO),
    Column("worker", ("专干", "责任人", "责任专干", "禁毒专干", "管控责任人", "包干人",
                      "责任社工", "社工", "禁毒社工", "专职人员", "管控专干", "帮教责任人",
                      "责任专干姓名")),
)  # fmt: skip

# What tells of the order and of the days when the line was written, and not of the person.
OF_THE_ORDER: Final = frozenset({
    "measure", "decision_number", "decided_on", "received_on", "reported_on", "agreement_on",
    "starts_on", "paper_end_on", "risk_level", "place", "worker",
})  # fmt: skip


def order_of_person(facts: dict[str, Any]) -> Hashable:
    """A person's orders are told apart by their decisions, or by its day where it has no number."""
    decision = ""
    if facts["measure"] in Measure.values:
        decision = facts["decision_number"] or facts["decided_on"] or ""
    return facts["document_number"], decision


PERSONS: Final = Ledger(
    code="persons",
    rank=20,
    title=_("Persons and orders"),
    permission=Permission.ADMIN_RECORDS,
    columns=COLUMNS,
    form=PersonRowForm,
    key=order_of_person,
    of_one=lambda facts: facts["document_number"],
    may_differ=OF_THE_ORDER,
    prepare=find_on_file,
    out=lines_out,
    service=bring_in_persons,
)
