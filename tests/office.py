#!/usr/bin/env python3
"""office.py - a made-up mail with an Office file attached, on standard output.

    office.py SUBJECT KIND [body=TEXT] [comment=TEXT] [type=MEDIA/TYPE]
    KIND: docx, pictured, broken, encrypted, bomb, xlsx, rtf, odt, ods, pdf, pdf-japan (no font in it), pdf-scan,
    pdf-encrypted, doc, xls, ppt

The same words make the same bytes."""
import base64
import io
import sys
import zipfile

import ole
import outlook

TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "rtf": "application/rtf"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def paragraphs(root, text):
    return f"<w:{root} xmlns:w='urn:w'><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{root}>"


def zipped(entries):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in entries:
            file.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def document(words):
    entries = [("[Content_Types].xml", "<Types/>"), ("word/document.xml", paragraphs("document", words["body"]))]
    if "comment" in words:
        entries.append(("word/comments.xml", paragraphs("comments", words["comment"])))
    return entries


def pdf(text, font="<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", trailer=""):
    stream = f"BT /F 12 Tf 20 200 Td {text} Tj ET" if text else ""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
               f"<</Length {len(stream)}>>stream\n{stream}\nendstream", font]
    numbered = "".join(f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(objects, 1))
    return f"%PDF-1.4\n{numbered}trailer\n<</Size 6/Root 1 0 R{trailer}>>\n%%EOF\n".encode()


JAPAN = ("<</Type/Font/Subtype/Type0/BaseFont/Made-Up/Encoding/90ms-RKSJ-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
         "/BaseFont/Made-Up/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>]>>")
LOCK = ("/ID[(0123456789abcdef)(0123456789abcdef)]/Encrypt<</Filter/Standard/V 1/R 2/P -4"
        "/O(0123456789abcdef0123456789abcdef)/U(0123456789abcdef0123456789abcdef)>>")


def open_document(kind, body):
    cells = "".join(f"<table-cell><p>{word}</p></table-cell>" for word in body.split("|"))
    content = f"<d><p>{body}</p></d>" if kind == "text" else f"<d><table><table-row>{cells}</table-row></table></d>"
    return zipped([("mimetype", "application/vnd.oasis.opendocument." + kind), ("content.xml", content)])


def other_attachment(kind, body):
    if kind in ("odt", "ods"):
        return open_document("text" if kind == "odt" else "spreadsheet", body)
    if kind == "pdf-japan":
        return pdf(f"<{body.encode('cp932').hex()}>", JAPAN)
    return pdf(f"({body})" if kind != "pdf-scan" else "", trailer=LOCK if kind == "pdf-encrypted" else "")


def old_office(kind, body):
    tree = ole.xls([("S", 0, [body.split("|")], b"")]) if kind == "xls" else ole.doc(body) if kind == "doc" else ole.ppt(body)
    return outlook.compound(tree)


def attachment(kind, words):
    if kind in ("doc", "xls", "ppt"):
        return old_office(kind, words["body"])
    if kind.startswith(("od", "pdf")):
        return other_attachment(kind, words["body"])
    if kind == "encrypted":
        return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 64
    if kind == "pictured":
        return zipped(document(words) + [("word/media/image1.png", "not looked into")])
    if kind == "bomb":
        return zipped(document(words) + [("word/header1.xml", "<h>" + "<b></b>" * 9_000_000 + "</h>")])
    if kind == "xlsx":
        cells = "".join(f"<c t='inlineStr'><is><t>{word}</t></is></c>" for word in words["body"].split("|"))
        return zipped([("xl/workbook.xml", "<w/>"), ("xl/worksheets/sheet1.xml", f"<s><row>{cells}</row></s>")])
    if kind == "rtf":
        return ("{\\rtf1\\ansi " + words["body"] + "\\par}").encode()
    if kind == "broken":
        noise = "".join(f"<x{number * 7919 % 9973}/>" for number in range(2000))
        whole = zipped(document(words) + [("word/header1.xml", f"<h>{noise}</h>")])
        return whole[:-len(whole) // 2]
    return zipped(document(words))


def main(subject, kind, *words):
    words = dict([("body", "")] + [word.split("=", 1) for word in words])
    print(f"From: ann@north.example\nTo: bob@south.example\nSubject: {subject}\nMIME-Version: 1.0\n"
          f"Content-Type: multipart/mixed; boundary=edge\n\n--edge\n\nSee the file.\n--edge\n"
          f"Content-Type: {words.get('type', TYPES.get(kind, WORD))}\nContent-Disposition: attachment\n"
          f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(attachment(kind, words)).decode()}--edge--")


main(*sys.argv[1:])
