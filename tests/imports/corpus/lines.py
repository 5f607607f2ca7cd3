"""What stands in the lines: numbers, names, days, phones, doubled headers, sums and footnotes."""

from datetime import date, datetime
from typing import Any, Final

from tests.factories.persons import resident_number
from tests.imports.corpus.odd import NUMBER, OTHER, Odd, table, xlsx

FULL_WIDTH: Final = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
WITH_X: Final = next(n for n in map(resident_number, range(1, 200)) if n.endswith("X"))


def one(what: str, line: dict[str, Any], **options: Any) -> Odd:
    """A line that says one thing otherwise."""
    return Odd(what, lambda: xlsx(table(line)), **options)


def with_column(title: str, *cells: Any) -> list[list[Any]]:
    return [[*row, cell] for row, cell in zip(table(), (title, *cells), strict=True)]


def all_of(what: str, rows: list[list[Any]], **options: Any) -> Odd:
    return Odd(what, lambda: xlsx(rows), **options)


ONE, TWO, WRONG = {"new": 1}, {"new": 2}, {"rejected": 1}
HEAD, FIRST, LAST = table()
NAMES: Final = ("陈 海 生", " 陈海生 ", "陈\u3000海生", "陈\u00a0海生", "陈海生\u200b")
DOTS: Final = "·•・‧∙⋅᛫⸱꞉ᐧ●"
DAYS: Final = (
    "20240220", "2024.2.20", "2024年2月20日", "2024年2月20号", "二〇二四年二月二十日",
    "二零二四年 二月二十日", "2024/2/20", "２０２４－０２－２０", "2024-02-20 00:00:00",
    "2024-02-20T08:30:00", 45342, 45342.5, 20240220, datetime(2024, 2, 20, 8, 30),  # noqa: DTZ001
    date(2024, 2, 20),
)  # fmt: skip
# Of what is no day the cell stays empty, and that is said.
NO_DAYS: Final = (
    "民国113年2月20日", "2024/13/01", "1900-02-29", "2024-02-30", "20/02/2024", "24.2.20",
        "2024-02",
    "2024年", "昨天", "二〇二四年十三月一日", True, 3, 99_999_999,
)  # fmt: skip
WRONG_DAYS: Final = ("0024-02-20", "2099-01-01", "1899-12-31")
PHONES: Final = (
    10012345678, 10012345678.0, "100 1234 5678", "100-1234-5678", "１００１２３４５６７８",
    "+86 10012345678", "\u202d10012345678",
)  # fmt: skip
NO_PHONES: Final = ("1.38E+10", "10012345678/10012345679", "12345", "见备注", "1.38E10")
DOCUMENTS: Final = {"护照": "E12345678", "港澳通行证": "H1234567801", "台胞证": "12345678"}
FILES: Final = [
    *(one(f"blanks in a name: {name!r}", {"姓名": name}, counts=ONE, facts={"name": "陈海生"})
      for name in NAMES),
    *(one(f"a dot in a name: {dot!r}", {"姓名": f"迪力{dot}买买提"}, counts=ONE,
          facts={"name": "迪力·买买提"}) for dot in DOTS),
    one("digits of full width", {"身份证号码": NUMBER.translate(FULL_WIDTH)}, counts=ONE,
        facts={"document_number": NUMBER}),
    one("a small x", {"身份证号码": WITH_X.lower()}, counts=ONE, facts={"document_number": WITH_X}),
    one("marks of direction around a number", {"身份证号码": f"\u202d{NUMBER}\u202c"}, counts=ONE,
        facts={"document_number": NUMBER}),
    one("blanks in a number", {"身份证号码": f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}"},
        counts=ONE,
        facts={"document_number": NUMBER}),
    one("the letter O in a number", {"身份证号码": NUMBER.replace("0", "O")}, counts=WRONG,
        says=("digits only",)),
    all_of("two persons with one number", table({}, {"姓名": "王丽"}), counts=ONE | WRONG,
           says=("Line 2 says “陈海生” about the same",)),
    all_of("one person with two numbers", table({}, {"身份证号码": OTHER}), counts=TWO),
    all_of("one person with two orders", table(
        {"决定书文号": "〔2018〕1号", "决定日期": "2018-03-01", "报到日期": "2018-03-05",
         "协议签订日期": "2018-03-06"}, {"管控类型": "社区康复", "决定书文号": "〔2024〕9号"}),
        counts={"new": 1, "changed": 1}),
    all_of("the same line twice", table({}, {}), counts=ONE | {"duplicates": 1}),
    *(one(f"a document: {kind}", {"身份证号码": number, "证件类型": kind}, counts=ONE,
          facts={"document_number": number}) for kind, number in DOCUMENTS.items()),
    one("a passport without its kind", {"身份证号码": "E12345678"}, counts=WRONG,
        says=("18 characters",)),
    *(one(f"the day {day!r}", {"决定日期": day}, counts=ONE, decided=date(2024, 2, 20))
        for day in DAYS),
    *(one(f"no day: {day}", {"决定日期": day}, counts=ONE, decided=None,
          says=("决定日期 cannot be read and stays empty",)) for day in NO_DAYS),
    *(one(f"a day that cannot be: {day}", {"决定日期": day}, counts=WRONG, says=("Enter a day",))
      for day in WRONG_DAYS),
    *(one(f"the phone {phone}", {"联系电话": phone}, counts=ONE, facts={"phone": "10012345678"})
      for phone in PHONES),
    *(one(f"no phone: {phone}", {"联系电话": phone}, counts=ONE, facts={"phone": ""},
          says=("联系电话 cannot be read and stays empty",)) for phone in NO_PHONES),
    all_of("numbers of lines with gaps", [["序号", *HEAD], ["1", *FIRST], ["7", *LAST]],
        counts=TWO),
    all_of("a line of sums", [*table(), ["合计", "2人"]], counts=TWO),
    all_of("a line of sums, with blanks", [*table(), ["合  计：", "", "2"]], counts=TWO),
    all_of("footnotes", [*table(), ["填表人：符某某", "审核人：周某"], ["注：以上数据截至三月"],
                         ["填报单位（盖章）：某某办"]], counts=TWO),
    all_of("a header on each printed page", [HEAD, FIRST, HEAD, LAST], counts=TWO),
    all_of("header and title on each page",
           [["琼海市台账"], HEAD, FIRST, ["琼海市台账"], HEAD, LAST], counts=TWO),
    all_of("two tables one below the other", [HEAD, FIRST, [], ["乙镇"], HEAD, LAST],
           counts=TWO | WRONG, says=("身份证号码  This field is required",)),
    all_of("two tables side by side", [[*HEAD, "", *HEAD], [*FIRST, "", *LAST]],
           refused="Two columns say the same"),
    all_of("two tables of other columns",
           [HEAD, FIRST, [], ["姓名", "金额", "管控类型"], ["王丽", 20, "2024-01-01"]],
           counts={"new": 1, "rejected": 2}),
    all_of("empty lines between", [HEAD, [], FIRST, [], [], LAST, []], counts=TWO),
    all_of("a title of three lines", [["海南省"], ["琼海市"], ["二〇二四年台账"], *table()],
        counts=TWO),
    all_of("a header in line forty", [*[["说明"]] * 40, *table()], refused="No line names"),
    all_of("a header without one word", [["", *HEAD[1:]], FIRST], refused="not found: 姓名"),
    all_of("a column twice", with_column("身份证号", NUMBER, OTHER),
        refused="Two columns say the same"),
    all_of("a column of money", with_column("补助", "1.2万元", "3,400元"), counts=TWO,
        says=("补助",)),
    all_of("a column of shares", with_column("出勤率", "98.5%", "100%"), counts=TWO,
        says=("出勤率",)),
    all_of("a cell beyond the header", [HEAD, [*FIRST, "x"], LAST], counts=TWO, says=("column K",)),
    all_of("a short line", [HEAD, FIRST[:4], LAST], counts=TWO),
    one("a measure nobody knows", {"管控类型": "临时看看"}, counts=WRONG,
        says=("is not known here",)),
    one("a name of six hundred signs", {"姓名": "陈" * 600}, counts=WRONG, says=("at most 60",)),
    one("a name of nothing that is seen", {"姓名": "\u200b\u3000"}, counts=WRONG, says=("姓名",)),
    one("the place of another unit", {"执行地": "文昌市文城镇"}, counts=ONE,
        says=("Town or village not known",)),
    one("a place nobody knows", {"执行地": "某地"}, counts=ONE,
        says=("Town or village not known",)),
    one("days out of order", {"报到日期": "2024-01-01"}, counts=WRONG,
        says=("The report lies before the decision",)),
    one("signs beyond the plane", {"姓名": "𠀀𪚥"}, counts=ONE, facts={"name": "𠀀𪚥"}),
    one("a mark of markup", {"姓名": "<script>alert(1)</script>"}, counts=ONE),
    one("a name that opens a program", {"姓名": "+cmd|' /C calc'!A0"}, counts=ONE),
]  # fmt: skip
