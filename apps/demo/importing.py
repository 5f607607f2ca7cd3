"""A ledger that waits at its dry run: lines that are right, wrong, and to be decided."""

import csv
import io
from uuid import NAMESPACE_URL, uuid5

from apps.accounts.models import User
from apps.demo.office import Office
from apps.imports.numbers import sha256_of
from apps.imports.services.receiving import receive_file
from apps.imports.services.working import work_on
from apps.persons.identity import check_character
from apps.persons.models import Person

HEADER = ("序号", "姓名", "身份证号", "管控类型", "联系电话", "备注")


def import_once(office: Office) -> None:
    """Uploaded by who keeps the records; nothing of it is written."""
    by = User.objects.select_related("area").get(username="demo-records")
    if by.area is None:
        return
    known = list(Person.objects.in_area(by.area).exclude(document_index=None).order_by("pk")[:1])
    rows = [
        ("1", "林国栋", _number("19880304", "801"), "社会面管控", "10012345801", "新来登记"),
        ("2", "符海燕", _number("19920716", "802"), "社会面管控", "10012345802", ""),
        *((str(n), "名字有误", one.document_number, "社会面管控", "", "")
          for n, one in enumerate(known, 3)),
        ("4", "王秀莲", "46909819910514", "社会面管控", "", "号码少四位"),
        ("5", "陈福山", _number("19680825", "805"), "临时看看", "10012345805", ""),
    ]  # fmt: skip
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *rows])
    content = text.getvalue().encode("utf-8-sig")
    one = receive_file(
        area=by.area, by=by, client_uuid=uuid5(NAMESPACE_URL, "demo/import"), ledger="persons",
        file_name=f"{office.day.year}年新增人员.csv", content=content, sha256=sha256_of(content),
    )  # fmt: skip
    work_on(one)


def _number(born: str, sequence: str) -> str:
    first17 = f"469098{born}{sequence}"
    return first17 + check_character(first17)
