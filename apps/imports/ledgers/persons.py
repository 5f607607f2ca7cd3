"""The register of persons, their orders included."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.areas.models import Area
from apps.cases.codes import Measure, Tier
from apps.core.days import today
from apps.imports.cells import as_day, as_number
from apps.imports.ledger import Column, Ledger, Run, row_by_row
from apps.imports.ledgers import words
from apps.imports.ledgers.persons_service import PersonsOnFile, bring_in_person
from apps.imports.models import LedgerKind
from apps.persons import identity
from apps.persons.codes import (
    DocumentKind,
    Education,
    Employment,
    LifeStatus,
    Marital,
    Sex,
    Substance,
)
from apps.persons.ethnicities import ETHNICITIES

COLUMNS = (
    Column("name", ("姓名", "人员姓名", "name"), required=True),
    Column(
        "document_number",
        ("身份证号码", "身份证号", "证件号码", "证件号", "公民身份号码", "身份证", "身份号码"),
        read=as_number, required=True,
    ),
    Column("sex", ("性别",), words=words.SEXES, decides=True),
    Column("ethnicity", ("民族",), words=words.ETHNIC_NAMES),
    Column("education", ("文化程度", "学历"), words=words.EDUCATIONS),
    Column("marital", ("婚姻状况", "婚姻"), words=words.MARITALS),
    Column("phone", ("联系电话", "电话", "手机号", "手机号码", "联系方式"), read=as_number),
    Column("registration", ("户籍地", "户籍地址", "户籍所在地", "户籍")),
    Column("residence", ("现居住地", "居住地", "现住址", "住址", "现居住地址", "现居地")),
    Column("place", ("执行地", "管辖乡镇", "所属乡镇", "乡镇", "镇", "管控单位")),
    Column(
        "measure", ("管控类型", "类别", "人员类别", "管控类别", "措施", "人员类型", "戒毒措施"),
        words=words.MEASURES, decides=True, required=True,
    ),
    Column("decision_number", ("决定书文号", "决定书编号", "文号", "法律文书号")),
    Column("decided_on", ("决定日期", "责令日期", "决定时间"), read=as_day),
    Column("received_on", ("收到决定书日期", "送达日期", "接收日期", "签收日期"), read=as_day),
    Column("reported_on", ("报到日期", "报到时间"), read=as_day),
    Column("agreement_on", ("协议签订日期", "签订协议日期", "协议日期"), read=as_day),
    Column("starts_on", ("执行起始日", "执行开始日期", "起始日期", "执行起日"), read=as_day),
    Column("paper_end_on", ("执行截止日", "执行结束日期", "截止日期", "期满日期", "执行止日"),
           read=as_day),
    Column("tier", ("风险等级", "评估等级", "风险级别", "等级"), words=words.TIERS),
    Column("substance", ("滥用毒品种类", "毒品种类", "吸食毒品种类"), words=words.SUBSTANCES),
    Column("employment", ("就业状况", "就业情况", "职业"), words=words.EMPLOYMENTS),
    Column("on_allowance", ("是否低保", "低保", "低保户"), words=words.YES_NO),
    Column("worker", ("专干", "责任人", "责任专干", "禁毒专干", "管控责任人", "包干人")),
)  # fmt: skip

MEASURES = [*Measure.choices, *((s.value, s.label) for s in (LifeStatus.FOLLOW_UP, LifeStatus.CLEAN))]
DATES = ("decided_on", "received_on", "reported_on", "agreement_on", "paper_end_on")


class PersonRowForm(forms.Form):
    """One line. Its rules are those of the page: numbers by `identity`, dates by the law."""

    name = forms.CharField(max_length=60)
    document_number = forms.CharField(max_length=30)
    sex = forms.ChoiceField(choices=Sex, required=False)
    ethnicity = forms.ChoiceField(choices=ETHNICITIES, required=False)
    education = forms.ChoiceField(choices=Education, required=False)
    marital = forms.ChoiceField(choices=Marital, required=False)
    phone = forms.CharField(max_length=40, required=False)
    registration = forms.CharField(max_length=200, required=False)
    residence = forms.CharField(max_length=200, required=False)
    place = forms.CharField(max_length=200, required=False)
    measure = forms.ChoiceField(choices=MEASURES)
    decision_number = forms.CharField(max_length=80, required=False)
    decided_on = forms.DateField(required=False)
    received_on = forms.DateField(required=False)
    reported_on = forms.DateField(required=False)
    agreement_on = forms.DateField(required=False)
    starts_on = forms.DateField(required=False)
    paper_end_on = forms.DateField(required=False)
    tier = forms.ChoiceField(choices=Tier, required=False)
    substance = forms.ChoiceField(choices=Substance, required=False)
    employment = forms.ChoiceField(choices=Employment, required=False)
    on_allowance = forms.ChoiceField(choices=[("yes", ""), ("no", "")], required=False)
    worker = forms.CharField(max_length=60, required=False)

    def __init__(self, run: Run, data: dict[str, Any]) -> None:
        super().__init__(data)
        self.run = run

    def clean_document_number(self) -> str:
        return identity.check_resident(self.cleaned_data["document_number"]).number

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        return identity.check_phone(phone) if phone else ""

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        number, sex = facts.get("document_number"), facts.get("sex")
        if number and sex and sex != identity.sex_of(number):
            self.add_error("sex", _("The sex contradicts the number's 17th digit."))
        self._check_dates(facts)
        facts["area"] = self._unit(facts)
        return facts

    def _check_dates(self, facts: dict[str, Any]) -> None:
        """The order of the law: decided, received, reported, agreed; and nothing lies ahead."""
        for name in DATES[:-1]:
            if (day := facts.get(name)) and day > today():
                self.add_error(name, _("The day lies in the future."))
        self._not_before(facts, "received_on", "decided_on", _("The receipt lies before the decision."))
        self._not_before(facts, "reported_on", "decided_on", _("The report lies before the decision."))
        self._not_before(facts, "agreement_on", "reported_on", _("The agreement lies before the report."))
        self._not_before(facts, "paper_end_on", "reported_on", _("The end on the paper lies before the report."))

    def _not_before(self, facts: dict[str, Any], later: str, earlier: str, words: Any) -> None:
        day, first = facts.get(later), facts.get(earlier)
        if day and first and day < first:
            self.add_error(later, words)
