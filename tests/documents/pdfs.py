"""PDFs as offices scan them and as nobody should send them: what each does is its name."""

import re
import zlib
from io import BytesIO

from PIL import Image

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%b>>"
ESCAPED = b"/" + b"".join(b"#%02x" % sign for sign in b"JavaScript")
ALERT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


def pdf(
    *more: bytes, root: bytes = b"", page: bytes = b"", kids: bytes = b"3 0 R", trailer: bytes = b""
) -> bytes:
    """One page; objects from 4 on, and what stands in catalogue, page and trailer beside it."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R%b>>" % root,
        b"<</Type/Pages/Count 1/Kids[%b]>>" % kids, PAGE % page, *more,
    )  # fmt: skip
    out, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R%b>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, trailer, len(out))
    )


def stream(data: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<</Filter/FlateDecode/Length %d%b>>stream\n%b\nendstream" % (len(packed), more, packed)


def packed(*hidden: bytes, beside: bytes = b"", first: bytes = b"") -> bytes:
    """Objects from 10 on lie in a stream of objects, and the table is a stream, as in PDF 1.5."""
    heads, inside = [], first
    for number, text in enumerate(hidden, 10):
        heads.append(b"%d %d" % (number, len(inside)))
        inside += text + b" "
    head = b" ".join(heads) + b" "
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%b>>" % beside, 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: PAGE % b"",
        4: stream(head + inside, b"/Type/ObjStm/N %d/First %d" % (len(hidden), len(head))),
    }  # fmt: skip
    out, rows = b"%PDF-1.7\n", {0: (0, 0, 255)}
    for number, text in objects.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    rows |= {10 + place: (2, 4, place) for place in range(len(hidden))}
    rows[5] = (1, len(out), 0)
    size = 10 + len(hidden)
    table = b"".join(
        bytes([kind]) + at.to_bytes(4, "big") + bytes([last])
        for kind, at, last in (rows.get(number, (0, 0, 255)) for number in range(size))
    )
    tail = stream(table, b"/Type/XRef/W[1 4 1]/Size %d/Root 1 0 R" % size)
    return out + b"5 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (tail, len(out))


def sheets(count: int, width: int = 300) -> bytes:
    """Photographed sheets in one file, as an app of a phone puts them together."""
    pages = [Image.linear_gradient("L").resize((width, width)) for _ in range(count)]
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return out.getvalue()


def action(kind: str, more: bytes = b"") -> bytes:
    return pdf(page=b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/%b%b>>>>]" % (
        kind.encode(), more))  # fmt: skip


GOOD = {
    "one page": pdf(),
    "ten sheets of a phone": sheets(10),
    "opened at a page": pdf(root=b"/OpenAction[3 0 R/Fit]"),
    "opened at a page by an action": pdf(root=b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>"),
    "a link to a site": action("URI", b"/URI(https://example.org)"),
    "a contents list": action("GoTo", b"/D[3 0 R/Fit]"),
    "fields filled in by hand": pdf(
        b"<</FT/Tx/T(name)/V(x)/Subtype/Widget/Rect[0 0 9 9]>>", root=b"/AcroForm<</Fields[4 0 R]>>"
    ),
    "an office program": packed(b"<</Producer(WPS)>>", b"<</Lang(zh-CN)>>"),
    "zeros after the end": pdf() + bytes(100_000),
    "an update after the end": pdf() + pdf().partition(b"\n")[2],
    "lines of its own after the head": pdf().replace(b"\n", b"\n%\xe2\xe3\xcf\xd3\n", 1),
    "a table that is off by some bytes": re.sub(
        rb"startxref\n(\d+)", lambda found: b"startxref\n%d" % (int(found[1]) + 3), pdf()
    ),
    "a photo in which every sign occurs": pdf(
        b"<</Length 65536>>stream\n%b\nendstream" % bytes(n % 256 for n in range(65_536))
    ),
}  # fmt: skip
ACTIVE = {
    "a script at opening": pdf(ALERT, root=b"/OpenAction 4 0 R"),
    "a script without a page": b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(x)>>>>endobj\n",
    "a script by an escaped name": pdf(root=b"/OpenAction<</S%b/J#53(x)>>" % ESCAPED),
    "a script among names": pdf(root=b"/Names<</JavaScript<</Names[(a)%b]>>>>" % ALERT),
    "a script in a stream of objects": packed(ALERT, beside=b"/OpenAction 10 0 R"),
    "a script that nothing names": packed(ALERT),
    "a script of few letters": packed(b"<</J#53(x)>>", beside=b"/Next 10 0 R"),
    "a script after a page is shown": pdf(root=b"/OpenAction<</S/GoTo/D[3 0 R]/Next 3 0 R>>"),
    "a script when a page opens": pdf(page=b"/AA<</O%b>>" % ALERT),
    "a page that goes elsewhere when it opens": pdf(page=b"/AA<</O<</S/URI/URI(http://x)>>>>"),
    "a site at opening": pdf(root=b"/OpenAction<</S/URI/URI(http://x)>>"),
    "a program": action("Launch", b"/F(cmd.exe)"),
    "a program in hiding": packed(b"<</S/Launch/F(cmd.exe)>>"),
    "a form that sends": action("SubmitForm", b"/F(http://x)"),
    "a form that fetches": action("ImportData", b"/F(x)"),
    "a file elsewhere": action("GoToR", b"/F(//evil/x.pdf)"),
    "a film": action("Rendition"),
    "a file inside": pdf(root=b"/Names<</EmbeddedFiles<</Names[(a)<</EF<<>>>>]>>>>"),
    "a file inside, in hiding": packed(b"<</Type/Filespec/E#46<</F 3 0 R>>>>"),
    "a file at a note": pdf(page=b"/Annots[<</Subtype/File#41ttachment>>]"),
    "a form of XFA": packed(b"<</XFA[]/Fields[]>>", beside=b"/AcroForm 10 0 R"),
    "a case of files": packed(b"<</View/T>>", beside=b"/Collection 10 0 R"),
}  # fmt: skip
BROKEN = {
    "a head alone": b"%PDF-1.7\n",
    "no page": pdf(kids=b""),
    "no tree of pages": pdf().replace(b"/Pages 2 0 R", b"/Sides 2 0 R"),
    "pages that are none": pdf(kids=b"7 0 R"),
    "a tree that bites its tail": pdf(kids=b"2 0 R 2 0 R"),
    "noise": b"%PDF-1.7\n" + zlib.compress(bytes(range(256))) * 50,
    "cut short": sheets(3)[:4000],
}
LARGE = {
    "objects unpacked to two hundred times their size": packed(b"<<>>", first=b" " * 80_000_000),
    "sixty thousand objects": pdf(*[b"null"] * 60_001),
    "a thousand pages": pdf(kids=b"<</Type/Page>>" * 1_001),
}
ODD = {
    "arrays a hundred thousand deep": pdf(root=b"/X" + b"[" * 100_000 + b"]" * 100_000),
    "pages a hundred thousand deep": pdf(kids=b"<</Kids[" * 100_000 + b"]>>" * 100_000),
    "tables in a ring": pdf(trailer=b"/Prev %d" % pdf().index(b"xref\n0")),
    "a table of two thousand million": re.sub(rb"xref\n0 \d+", b"xref\n0 2000000000", pdf()),
    "an object that is itself": pdf(b"4 0 R", root=b"/X 4 0 R"),
    "a stream as long as itself": pdf(b"<</Length 4 0 R>>stream\n\nendstream", root=b"/X 4 0 R"),
    "a million brackets": b"%PDF-1.7\n" + b"<<" * 1_000_000,
    "a million beginnings": b"%PDF-1.7\n" + b"1 0 obj\n" * 1_000_000,
    "a million ends": b"%PDF-1.7\n" + b"startxref\n" * 1_000_000,
    "nothing but lines": b"%PDF-1.7" + b"\n\r" * 4_000_000 + b"x",
}  # fmt: skip
LOCKED = {"a password": pdf(b"<</Filter/Standard/V 1/R 2>>", trailer=b"/Encrypt 4 0 R/ID[(a)(a)]")}
