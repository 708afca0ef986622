#!/usr/bin/env python3
"""bombs.py - made-up files that ask for more than they are: time, memory, depth; beside one sound mail.

    bombs.py FOLDER [STORE.pst]     with the store, one of it whose root leads to itself"""
import base64
import os
import struct
import sys
import zipfile
import zlib

FIELDS = b"From: ada@north.example\nTo: desk@alpha.example\nDate: Mon, 1 Sep 2025 08:00:00 +0000\n"


def mail(subject, rest):
    return FIELDS + b"Subject: " + subject.encode() + b"\nMIME-Version: 1.0\n" + rest


def attached(subject, name, data):
    return mail(subject, b"Content-Type: application/octet-stream; name=" + name.encode() +
                b"\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(data))


def nested(count):
    """Each multipart holds the next."""
    heads = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(count))
    return mail("nested parts", heads + b"\nat the bottom\n")


def flat(count):
    return mail("many parts", b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * count + b"--b--\n")


def messages_in_messages(count):
    return mail("forwarded and forwarded", b"Content-Type: message/rfc822\n\n" * count + b"Subject: last\n\nend\n")


def long_header(size):
    return mail("long header", b"X-Long: " + b" a=b;\n\t<x@y.example>," * (size // 21) + b"\n\nbody\n")


def many_words(count):
    return mail("words", b"Comments: " + b"=?utf-8?Q?a?=\n " * count + b"\n\nbody\n")


def xml_bomb():
    layers = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(12))
    text = f'<!DOCTYPE d [<!ENTITY l0 "billion">{layers}]><w:document xmlns:w="urn:w"><w:t>&l12;</w:t></w:document>'
    made = os.path.join(sys.argv[1], "made.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", text)
    with open(made, "rb") as file:
        data = file.read()
    os.unlink(made)
    return attached("entities", "a.docx", data)


def pdf(objects):
    return "%PDF-1.4\n" + "".join(f"{i} 0 obj\n{one}\nendobj\n" for i, one in enumerate(objects, 1)) + \
        "trailer\n<</Root 1 0 R/Size 99>>\n%%EOF\n"


def pdf_loop():
    """Pages that hold themselves, and a form that draws itself twice."""
    draw = "/F Do /F Do"
    return attached("loops", "a.pdf", pdf([
        "<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>", "<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
        f"<</Length {len(draw)}>>stream\n{draw}\nendstream",
        f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>/Length {len(draw)}>>stream\n{draw}\nendstream",
        "<</First 7 0 R/Last 7 0 R>>", "<</Title(again)/Parent 6 0 R/Next 7 0 R/First 7 0 R>>"]).encode())


def flood():
    """A PNG of 3,600 million pixels, in a kilobyte."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    return attached("pixels", "a.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) +
                    chunk(b"IEND", b""))


def zeros():
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = b"".join(packed.compress(bytes(1 << 20)) for _ in range(2000)) + packed.flush()
    return attached("zeros", "a.gz", data)


def braces():
    return attached("braces", "a.rtf", b"{\\rtf1 " + b"{\\b " * 200000 + b"deep")


def circle(path):
    """A store whose root of nodes is a branch that leads to itself."""
    with open(path, "rb") as file:
        data = bytearray(file.read())
    root = struct.unpack_from("<Q", data, 224)[0]
    data[root + 491] = 1  # its level
    data[root + 488] = 1  # one entry
    struct.pack_into("<QQQ", data, root, 0, struct.unpack_from("<Q", data, 216)[0], root)
    return bytes(data)


def main(folder):
    os.makedirs(folder, exist_ok=True)
    made = {"nested": nested(100000), "flat": flat(100000), "messages": messages_in_messages(100000), "header": long_header(50 << 20),
            "words": many_words(200000), "entities": xml_bomb(), "loops": pdf_loop(), "pixels": flood(), "zeros": zeros(),
            "braces": braces(), "sound": mail("sound", b"\nall is well\n")}
    for name, data in made.items():
        with open(os.path.join(folder, name + ".eml"), "wb") as file:
            file.write(data)
    if len(sys.argv) > 2:
        with open(os.path.join(folder, "circle.pst"), "wb") as file:
            file.write(circle(sys.argv[2]))


main(sys.argv[1])
