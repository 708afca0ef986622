#!/usr/bin/env python3
"""mail_archives.py - made-up mail in archives, for the flows: each kind, one in another, and what is wrong with them.

    mail_archives.py FOLDER [more]     with "more", mail.zip alone, with one message more than before"""
import gzip
import io
import os
import sys
import tarfile
import zipfile
import zlib

WHEN = (2025, 9, 1, 8, 0, 0)


def letter(number):
    return (f"From: ada@north.example\nTo: desk@alpha.example\nSubject: number {number}\n"
            f"Message-ID: <{number}@north.example>\nDate: Mon, 1 Sep 2025 08:00:{number % 60:02d} +0000\n\n"
            f"Letter {number}: card 4111 1122 2233 3347\n").encode()


def mbox(numbers):
    return b"".join(b"From ada@north.example Mon Sep  1 08:00:00 2025\n" + letter(number) + b"\n" for number in numbers)


def zipped(members, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for name, data in members:
            entry = zipfile.ZipInfo(name, WHEN)
            entry.compress_type = method
            file.writestr(entry, data)
    return made.getvalue()


def tarred(members):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as file:
        for name, data in members:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = len(data), 1756713600
            file.addfile(entry, io.BytesIO(data))
        entry = tarfile.TarInfo("a/link")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.addfile(entry)
    return made.getvalue()


def gzipped(data):
    return gzip.compress(data, mtime=0)


def with_flag(archive, which):
    """The zip, whose member number `which` is said to be encrypted."""
    made = bytearray(archive)
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        found = -1
        for _ in range(which + 1):
            found = made.index(mark, found + 1)
        made[found + at] |= 1
    return bytes(made)


def with_method(archive, method):
    """The zip, whose members are said to be packed in that way."""
    made = bytearray(archive)
    for mark, at in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        made[made.index(mark) + at] = method
    return bytes(made)


def bomb():
    """200 members of 100 MB of zeros each, of 100 kB each."""
    zeros = bytes(100 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(zeros) + packer.flush()
    made, crc = zipped([(f"{i:03}.txt", b"0123456789") for i in range(200)], zipfile.ZIP_STORED), zlib.crc32(zeros)
    out, central, count = bytearray(), bytearray(), 0
    for info in zipfile.ZipFile(io.BytesIO(made)).infolist():
        head = bytearray(info.FileHeader())
        for at, value in ((8, 8), (14, crc), (18, len(packed)), (22, len(zeros))):
            head[at:at + (2 if at == 8 else 4)] = value.to_bytes(2 if at == 8 else 4, "little")
        name = info.filename.encode()
        central += b"PK\1\2\x14\0\x14\0" + head[6:30] + bytes(2 + 2 + 2 + 4) + len(out).to_bytes(4, "little") + name
        out += head + packed
        count += 1
    return bytes(out + central + b"PK\5\6\0\0\0\0" + count.to_bytes(2, "little") * 2 +
                 len(central).to_bytes(4, "little") + len(out).to_bytes(4, "little") + b"\0\0")


def odd_tars():
    """Two behind one another; one whose second header has a wrong bit; one without the mark of a tar."""
    damaged = bytearray(tarred([(f"{i}.eml", letter(70 + i)) for i in range(3)]))
    damaged[damaged.index(b"1.eml") + 100] ^= 1
    old = bytearray(tarred([("0.eml", letter(73)), ("1.eml", letter(74))]))
    for at in (0, 1024):
        old[at + 257:at + 265] = bytes(8)
        old[at + 148:at + 156] = b" " * 8
        old[at + 148:at + 156] = b"%06o\0 " % sum(old[at:at + 512])
    return {"twice.tar": tarred([("0.eml", letter(75))]) + tarred([("1.eml", letter(76))]), "header.tar": bytes(damaged),
            "old.tar": bytes(old)}


def nested(depth):
    made = zipped([("deep.eml", letter(99))])
    for level in range(depth, 1, -1):
        made = zipped([(f"{level}.zip", made)])
    return made


def main(folder, more):
    old = tarred([("old/box.mbox", mbox(range(20, 24))), ("old/box2.mbox.gz", gzipped(mbox(range(24, 27))))])
    members = [(f"Inbox/{i}.eml", letter(i)) for i in range(3)] + \
              [("Inbox/0.eml", letter(3)), ("../outside.eml", letter(4)), ("Sent\\5.eml", letter(5)),
               ("old.tar.gz", gzipped(old)), ("notes.txt", b"only a note"),
               ("letter.docx", zipped([("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")]))]
    if more:
        members.append(("Inbox/more.eml", letter(60)))
    damaged = bytearray(zipped([(f"{i}.eml", letter(10 + i)) for i in range(3)], zipfile.ZIP_STORED))
    damaged[damaged.index(b"Letter 11")] ^= 1
    files = {
        "mail.zip": zipped(members),
        "box.mbox.gz": gzipped(mbox(range(30, 33))),
        "locked.zip": with_flag(zipped([("6.eml", letter(6)), ("7.eml", letter(7))]), 1),
        "damaged.zip": bytes(damaged),
        "cut.tar.gz": gzipped(tarred([(f"{i}.eml", letter(40 + i)) for i in range(6)]))[:-200],
        "empty.zip": zipped([]),
        "zeros.gz": gzipped(bytes(1 << 20)),
        "bomb.zip": bomb(),
        "deep.zip": nested(6),
        "behind.gz": gzipped(mbox([77])) + b"what is no gzip",
        "before.zip": zipped([("lost.eml", letter(78))]) + zipped([("kept.eml", letter(79))]),
        "folder.zip": zipped([("dir/", letter(80))]),
        "method.zip": with_method(zipped([("0.eml", letter(81))]), 9),
        **odd_tars(),
    }
    os.makedirs(folder, exist_ok=True)
    for name, data in files.items():
        if more and name != "mail.zip":
            continue
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)


if __name__ == "__main__":
    main(sys.argv[1], len(sys.argv) > 2)
