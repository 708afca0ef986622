#!/usr/bin/env python3
"""archives.py - made-up archives, and what lies in them: mail, cards, tables.

    archives.py seeds FOLDER     the files of tests/corpus/within
    archives.py NAME             one of them, on standard output: archive/nested.zip"""
import bz2
import gzip
import io
import os
import struct
import sys
import tarfile
import zipfile
import zlib

DATE = (2024, 1, 2, 3, 4, 6)


def zipped(entries, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for name, data in entries:
            file.writestr(zipfile.ZipInfo(name, DATE), data, method)
    return made.getvalue()


def tarred(entries):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.USTAR_FORMAT) as file:
        for name, data in entries:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    return made.getvalue()


def locked(name, noise):
    """A zip whose one file is encrypted, as its flags say."""
    made = bytearray(zipped([(name, noise)], zipfile.ZIP_STORED))
    made[6] |= 1
    made[made.find(b"PK\1\2") + 8] |= 1
    return bytes(made)


def overlapping(count, size):
    """Many entries of the list are the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(b"\0" * size) + packer.flush()
    fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, zlib.crc32(b"\0" * size), len(data), size, 1, 0)
    body = b"PK\3\4" + fields + b"a" + data
    line = b"PK\1\2\x14\0" + fields + struct.pack("<HHHII", 0, 0, 0, 0, 0) + b"a"
    return body + line * count + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(line) * count, len(body), 0)


MAIL = b"""From: Ann <ann@north.example>\r
To: bob@south.example\r
Subject: the plan\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=edge\r
\r
--edge\r
\r
See the file.\r
--edge\r
Content-Type: application/rtf; name=plan.rtf\r
\r
{\\rtf1 attached}\r
--edge--\r
"""
MBOX = b"From a@b Thu Jan  1 00:00:00 2024\nSubject: one\nMessage-ID: <1@a.example>\n\nfirst\n\n" \
       b"From a@b Thu Jan  1 00:00:00 2024\nSubject: two\nMessage-ID: <2@a.example>\n\nsecond\n"
CARD = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:M=C3=BCller;Ann\r\nEMAIL:ann@north.exa\r\n" \
       b" mple\r\nEND:VCARD\r\n"
RTF = b"{\\rtf1 inside}"


def deep(levels):
    made = b"at the bottom"
    for level in range(levels):
        made = zipped([(f"{level}.zip" if level else "note.txt", made)])
    return made


SEEDS = {
    "archive/nested.zip": zipped([("papers/a.rtf", RTF), ("more.zip", zipped([("letter.eml", MAIL)]))]),
    "archive/locked.zip": locked("secret-plan.txt", b"noise"),
    "archive/part-locked.tar": tarred([("open.txt", b"plain words"), ("shut.zip", locked("x", b"noise"))]),
    "archive/table.tar.gz": gzip.compress(tarred([("table.csv", b"Name;Card\nAnn;4111\n")]), mtime=0),
    "archive/note.txt.gz": gzip.compress(b"plain words", mtime=0),
    "archive/note.txt.bz2": bz2.compress(b"plain words"),
    "archive/bomb.zip": zipped([("a.txt", b"a" * (40 << 20))]),
    "archive/overlapping.zip": overlapping(400, 1 << 20),
    "archive/deep.zip": deep(12),
    "archive/empty.zip": zipped([]),
    "archive/unknown.zip": zipped([("a.bin", b"\0\1\2\3" * 9), ("a.png", b"\x89PNG\r\n\x1a\n\0\0")]),
    "text/card.vcf": CARD,
    "text/page.html": b"<html><head><meta charset=windows-1251><style>x</style></head><body>\xcf\xf0 <b>wo</b>rd</body></html>",
    "text/wide.csv": "Name;Card\r\nAnn;4111\r\n".encode("utf-16-le"),
    "text/latin.txt": "M\u00fcller, caf\u00e9".encode("latin-1"),
    "text/armour.asc": b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n",
    "mail/letter.eml": MAIL,
    "mail/box.mbox": MBOX,
}


def main(word, folder=""):
    if word != "seeds":
        sys.stdout.buffer.write(SEEDS[word])
        return
    for name, data in SEEDS.items():
        path = os.path.join(folder, name.replace("/", "-"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
