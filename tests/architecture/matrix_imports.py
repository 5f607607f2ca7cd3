"""Rows of the world of the matrix about imports."""

from functools import cached_property

from apps.accounts.models import User
from apps.imports.models import LedgerImport
from apps.imports.services.receiving import ask_to_apply
from apps.imports.services.working import work_on
from tests.factories.accounts import UserFactory
from tests.factories.imports import received
from tests.factories.persons import resident_number

HEADER = ["姓名", "身份证号码", "管控类型", "谈话日期"]


class ImportRows:
    """Made when an address names them."""

    @cached_property
    def _keeper(self) -> User:
        return UserFactory(records_admin=True)

    @cached_property
    def ledger_import(self) -> LedgerImport:
        """Tried, with a line that is right and one that is wrong."""
        rows = [
            ["林导入", resident_number(8801), "社会面管控", ""],
            ["陈导入", "46900219910514", "社会面管控", ""],
        ]
        return self._tried(rows)

    @cached_property
    def applied_import(self) -> LedgerImport:
        one = self._tried([["符导入", resident_number(8802), "社会面管控", ""]])
        ask_to_apply(ledger_import=one, by=self._keeper)
        work_on(one)
        return LedgerImport.objects.get(pk=one.pk)

    def _tried(self, rows: list[list[str]]) -> LedgerImport:
        one = received([HEADER, *rows], by=self._keeper)
        work_on(one)
        return LedgerImport.objects.get(pk=one.pk)
