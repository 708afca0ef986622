"""office.py - small Word and Excel files, always the same bytes: stored, not deflated, with one date."""
import io
import zipfile

_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def archive(files):
    """A ZIP of (name, bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name, content in files:
            file.writestr(zipfile.ZipInfo(name, (2025, 9, 1, 8, 0, 0)), content)
    return out.getvalue()


def _types(overrides):
    rows = "".join(f'<Override PartName="{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
                   for name, kind in overrides)
    return (_HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/>{rows}</Types>').encode()


def _relations(rows):
    return (_HEAD + f'<Relationships xmlns="{_RELS}">' + "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(rows, 1)) + "</Relationships>").encode()


def document(paragraphs, comment=None):
    """A Word file; `comment` is what a reviewer wrote beside it."""
    body = "".join(f"<w:p><w:r><w:t>{_escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    overrides = [("/word/document.xml", "wordprocessingml.document.main")]
    files = [("word/document.xml", (_HEAD + f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>').encode())]
    relations = []
    if comment:
        overrides.append(("/word/comments.xml", "wordprocessingml.comments"))
        relations.append(("comments", "comments.xml"))
        files.append(("word/comments.xml", (
            _HEAD + f'<w:comments xmlns:w="{_WORD}"><w:comment w:id="0" w:author="Reviewer"><w:p><w:r><w:t>{_escape(comment)}'
            "</w:t></w:r></w:p></w:comment></w:comments>").encode()))
    return archive([("[Content_Types].xml", _types(overrides)),
                    ("_rels/.rels", _relations([("officeDocument", "word/document.xml")])), *files,
                    ("word/_rels/document.xml.rels", _relations(relations))])


def _sheet(rows):
    cells = "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{_escape(cell)}</t></is></c>' for cell in row) + "</row>"
                    for row in rows)
    return (_HEAD + f'<worksheet xmlns="{_SHEET}"><sheetData>{cells}</sheetData></worksheet>').encode()


def workbook(rows, hidden=None):
    """An Excel file; `hidden` are the rows of a sheet that nobody sees."""
    sheets = [("Sheet", rows, "")] + ([("Old", hidden, ' state="hidden"')] if hidden else [])
    names = "".join(f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>'
                    for number, (name, _, state) in enumerate(sheets, 1))
    book = f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>'
    overrides = [("/xl/workbook.xml", "spreadsheetml.sheet.main")]
    overrides += [(f"/xl/worksheets/sheet{number}.xml", "spreadsheetml.worksheet") for number in range(1, len(sheets) + 1)]
    return archive([("[Content_Types].xml", _types(overrides)),
                    ("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])),
                    ("xl/workbook.xml", (_HEAD + book).encode()),
                    ("xl/_rels/workbook.xml.rels", _relations([("worksheet", f"worksheets/sheet{number}.xml")
                                                               for number in range(1, len(sheets) + 1)])),
                    *[(f"xl/worksheets/sheet{number}.xml", _sheet(rows)) for number, (_, rows, _) in enumerate(sheets, 1)]])
