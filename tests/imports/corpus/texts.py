"""Files of text: encodings, separators, quotes, web pages under another name."""

import codecs
from typing import Any, Final

from tests.imports.corpus.odd import LAUGHS, Odd, table, text, xls, xlsx

BOM8: Final = codecs.BOM_UTF8


def mixed() -> bytes:
    """Most lines are UTF-8, one came from a program that writes GB18030."""
    first, *rest = text(table()).splitlines(keepends=True)
    return b"".join([first.encode(), rest[0].encode("gb18030"), rest[1].encode()])


def with_sign(sign: str, encoding: str = "utf-8") -> bytes:
    """The sign in the midst of a name."""
    return text(table({"姓名": f"陈{sign}海生"})).encode(encoding, "surrogatepass")


def html(rows: Any, head: str = "") -> bytes:
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8">'
        f"<style>td{{mso-number-format:'\\@'}}</style></head><body>{head}<table>{lines}</table>"
        "</body></html>"
    ).encode()


def xml_2003() -> bytes:
    lines = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in row) + "</Row>"
        for row in table()
    )
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>'
        f"{lines}</Table></Worksheet></Workbook>"
    ).encode()


def mht() -> bytes:
    return (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + html(table()) + b"\r\n--b--\r\n"
    )  # fmt: skip


def cut(content: bytes, share: float) -> bytes:
    return content[: int(len(content) * share)]


PLAIN: Final = text(table())
GB: Final = PLAIN.encode("gb18030")
NAMED: Final = {"name": "陈海生"}
ONE, TWO, WRONG = {"new": 1}, {"new": 2}, {"rejected": 1}
TEXT: Final = "台账.csv"
NO_TEXT, NO_KIND = "neither UTF-8 nor GB18030", "neither a workbook"
NO_HEADER, EMPTY, DAMAGED = "No line names the columns", "The file is empty", "damaged or cut off"
TOO_LONG, NOTHING_BELOW = "longer than any spreadsheet program", "Nothing stands below the line"
CUT: Final = (0.01, 0.1, 0.3, 0.5, 0.8, 0.95, 0.999)


def odd(what: str, content: str | bytes, **options: Any) -> Odd:
    made = content if isinstance(content, bytes) else content.encode()
    return Odd(what, lambda: made, **{"name": TEXT} | options)


FILES: Final = [
    odd("utf-8", PLAIN, counts=TWO),
    odd("utf-8 with its mark twice", BOM8 * 2 + PLAIN.encode(), counts=TWO),
    odd("gb18030", PLAIN.encode("gb18030"), counts=TWO),
    odd("lines of two encodings", mixed(), counts=TWO),
    odd("utf-16 little with mark", codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"), counts=TWO),
    odd("utf-16 big with mark", codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"), counts=TWO),
    odd("utf-16 little without mark", PLAIN.encode("utf-16-le"), counts=TWO),
    odd("utf-16 big without mark", PLAIN.encode("utf-16-be"), counts=TWO),
    odd("utf-16 cut in a sign", codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le")[:-1],
        refused=NO_TEXT),
    odd("utf-32", codecs.BOM_UTF32_LE + PLAIN.encode("utf-32-le"), counts=TWO),
    odd("big5", PLAIN.encode("big5", "replace"), refused=NO_HEADER),
    odd("a zero byte", with_sign("\0"), refused=NO_KIND),
    odd("half a sign pair in utf-16", codecs.BOM_UTF16_LE + with_sign("\ud800", "utf-16-le"),
        refused=NO_TEXT),
    odd("half a sign pair in utf-8", with_sign("\ud800"), refused=NO_TEXT),
    odd("control codes of a terminal", with_sign("\x1b\x07"), counts=ONE, facts=NAMED),
    odd("marks of direction", with_sign("\u202e\u2066"), counts=ONE, facts=NAMED),
    odd("ends of lines of an old machine", text(table(), ends="\r"), counts=TWO),
    odd("ends of lines in cells", text(table({"姓名": "陈\n海生"})), counts=ONE, facts=NAMED),
    odd("a quote open to the end", PLAIN + '"陈',
        refused="quotation mark does not close, in line 4"),
    odd("a quote in a cell", PLAIN.replace("初中", '初"中', 1), counts=TWO, says=("初\"中",)),
    odd("a cell of ten million signs", text(table({"执行地": "嘉积镇" + "x" * 10_000_000})),
        refused=TOO_LONG),
    odd("a cell of 40,000 signs", text(table({"执行地": "嘉积镇" + "x" * 40_000})),
        refused=TOO_LONG),
    odd("five million commas", PLAIN + "," * 5_000_000, refused="millions of cells"),
    odd("semicolons", text(table(), ";"), counts=TWO),
    odd("tabs", text(table(), "\t"), counts=TWO),
    odd("pipes", text(table(), "|"), counts=TWO),
    odd("a line that names the separator", "sep=;\n" + text(table(), ";"), counts=TWO),
    odd("a line that names the separator, quoted", '"sep=,"\n' + PLAIN, counts=TWO),
    odd("tabs with commas in cells", text(table({"执行地": "嘉积镇,a,b,c,d,e,f"}), "\t"),
        counts=ONE),
    odd("a web page", html(table()), counts=TWO, name="台账.xls"),
    odd("a web page in gb2312", html(table()).decode().replace("utf-8", "gb2312").encode("gb18030"),
        counts=TWO, name="台账.xls"),
    odd("a web page with a title", html(
        table(), "<table><tr><td colspan='10'>标题</td></tr></table>"), counts=TWO,
            name="台账.xls"),
    odd("a web page with cells over lines", html(table()).replace(
        "<td>嘉积镇".encode(), "<td rowspan='2'>嘉积镇".encode(), 1),
            refused="merged over lines 2 to 3"),
    odd("a web page with a script", html(table()).replace(
        b"<table>", b"<script>document.write('<table><tr><td>1')</script><table>"), counts=TWO),
    odd("a web page with hidden lines", html(table()).replace(
        b"<tr>", b"<tr style='display:none'>").replace(b"<tr style='display:none'>", b"<tr>", 1),
        counts=TWO, says=("The line is hidden",)),
    odd("a web page that claims 100,000 columns", html(table()).replace(
        b"<td>", b"<td colspan='99999'>", 1), refused="far more than its size"),
    odd("a web page without a table", b"<html><body>frames</body></html>",
        refused="no table stands"),
    odd("xml of 2003", xml_2003(), counts=TWO, name="台账.xls"),
    odd("xml of 2003 with far lines", xml_2003().replace(b"<Row>", b'<Row ss:Index="9999999">', 1),
        refused="far more than its size", name="台账.xls"),
    odd("xml of something else", b"<?xml version='1.0'?><a><b/></a>", refused="no table stands"),
    odd("xml with entities", LAUGHS.encode() + b"<Workbook>&j;</Workbook>",
        refused="no table stands"),
    odd("a web archive", mht(), counts=TWO, name="台账.xls"),
    odd("text named as a book", PLAIN, counts=TWO, name="台账.xlsx"),
    Odd("a book named as text", lambda: xlsx(table()), counts=TWO, name=TEXT),
    odd("nothing", b"", refused=EMPTY),
    odd("blanks only", " \r\n \t\r\n", refused=EMPTY),
    odd("a mark only", BOM8, refused=NO_HEADER),
    odd("a header only", text(table()[:1]), refused=NOTHING_BELOW),
    odd("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", refused=NO_KIND),
    odd("a paper", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", refused=NO_KIND),
    odd("another archive", b"Rar!\x1a\x07\x01\x00", refused=NO_KIND),
    odd("noise", bytes((n * 7919 + 13) % 256 for n in range(5_000)), refused=NO_KIND),
    odd("words without a table", "今天天气很好。\n" * 50, refused=NO_HEADER),
    odd("a place that opens a program", text(table({"执行地": "@SUM(1+1)*cmd|' /C calc'!A0"})),
        counts=ONE, says=("Town or village not known",)),
    odd("a name of a file with an end of line", PLAIN, name="台\n账\u202e\x1b[31m.csv", counts=TWO),
    odd("a name of a file without end", PLAIN, name="台" * 5_000 + ".csv", counts=TWO),
    *(odd(f"a book cut at {share:.1%}", cut(xlsx(table()), share),
        refused=DAMAGED) for share in CUT),
    *(odd(f"an old book cut at {share:.1%}", cut(xls(table()), share), refused=DAMAGED)
      for share in CUT),
    odd("text cut in the header", cut(GB, 0.1), refused=NO_HEADER),
    odd("text cut in a sign", cut(GB, 0.5), refused=NO_TEXT),
    odd("text cut in a line", cut(GB, 0.8), counts=ONE | WRONG),
    odd("text cut in the last cell", GB[:-3], counts=TWO,
        says=("“初” is not known",)),
]  # fmt: skip
