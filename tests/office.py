#!/usr/bin/env python3
"""office.py - a made-up mail with an Office file attached, on standard output.

    office.py SUBJECT KIND [body=TEXT] [comment=TEXT]        KIND: docx, pictured, broken, encrypted, bomb, xlsx, rtf

The same words make the same bytes."""
import base64
import io
import sys
import zipfile

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


def attachment(kind, words):
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
          f"Content-Type: {TYPES.get(kind, WORD)}\nContent-Disposition: attachment\n"
          f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(attachment(kind, words)).decode()}--edge--")


main(*sys.argv[1:])
