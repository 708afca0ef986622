#!/usr/bin/env python3
"""ole.py - made-up Office files as they were before 2007: Word, Excel and PowerPoint in compound files.

    ole.py seeds FOLDER          the files of tests/corpus/ole
    ole.py doc|xls|ppt TEXT      one of them, on standard output; cells of an xls are divided by |"""
import os
import struct
import sys

import outlook


def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def atom(kind, data, version=0, instance=0):
    return struct.pack("<HHI", version | instance << 4, kind, len(data)) + data


def container(kind, *inside):
    return atom(kind, b"".join(inside), 0xF)


def properties(title):
    text = title.encode("cp1252") + b"\0"
    first = struct.pack("<HHI", 2, 0, 1252)
    value = struct.pack("<II", 0x1E, len(text)) + text
    inside = struct.pack("<IIIIII", 0, 2, 1, 24, 2, 24 + len(first)) + first + value
    return struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, b"", 1, b"", 48) + inside


def doc(body, note="", comment="", flags=0):
    """The body in one byte each, the rest in two, as Word does it."""
    head = 0x400
    narrow, wide = (body + "\r").encode("cp1252"), (note + comment).encode("utf-16-le")
    fib = bytearray(head)
    struct.pack_into("<HH", fib, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", fib, 0x0A, 0x0200 | flags)
    counts = [len(narrow), len(note), 0, 0, len(comment), 0, 0, 0]
    struct.pack_into("<8I", fib, 0x4C, *counts)
    ends = [0, len(narrow), len(narrow) + len(wide) // 2]
    pieces = struct.pack("<3I", *ends) + struct.pack("<HIH", 0, head * 2 | 0x40000000, 0)
    pieces += struct.pack("<HIH", 0, head + len(narrow), 0)
    clx = b"\x01\x02\x00ab\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", fib, 0x1A2, 0, len(clx))
    return {"WordDocument": bytes(fib) + narrow + wide, "1Table": clx}


def xl_text(text, count="<H"):
    try:
        return struct.pack(count, len(text)) + b"\0" + text.encode("latin-1")
    except UnicodeEncodeError:
        return struct.pack(count, len(text)) + b"\1" + text.encode("utf-16-le")


def sheet(rows, strings):
    cells = b""
    for row, columns in enumerate(rows):
        for column, value in enumerate(columns):
            at = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str) and value:
                if value not in strings:
                    strings.append(value)
                cells += record(0xFD, at + struct.pack("<I", strings.index(value)))
            elif isinstance(value, float):
                cells += record(0x203, at + struct.pack("<d", value))
            elif isinstance(value, int):
                cells += record(0x27E, at + struct.pack("<I", value << 2 & 0xFFFFFFFF | 2))
            elif isinstance(value, tuple):  # a formula and the text that it gives
                cells += record(0x06, at + b"\0\0\0\0\0\0\xff\xff" + b"\0" * 6 + struct.pack("<H", 3) + value[0])
                cells += record(0x207, xl_text(value[1]))
    return record(0x809, struct.pack("<HH12x", 0x0600, 0x10)) + cells


def xls(sheets, split=None, locked=False):
    """`sheets`: (name, hidden, rows). With `split` the shared strings go on in another record there, in wide characters."""
    strings = []
    bodies = [sheet(rows, strings) + extra + record(0x0A) for _, _, rows, extra in sheets]
    shared = struct.pack("<II", len(strings), len(strings)) + b"".join(xl_text(text) for text in strings)
    if split:
        tail = shared[split:].decode("latin-1").encode("utf-16-le")
        shared = record(0xFC, shared[:split]) + record(0x3C, b"\1" + tail)
    else:
        shared = record(0xFC, shared)
    front = record(0x809, struct.pack("<HH12x", 0x0600, 5)) + (record(0x2F, b"\0" * 6) if locked else b"")
    lines = sum(4 + 6 + len(xl_text(name, "<B")) for name, _, _, _ in sheets)
    at = len(front) + lines + len(shared) + 4
    for (name, hidden, _, _), body in zip(sheets, bodies):
        front += record(0x85, struct.pack("<IBB", at, hidden, 0) + xl_text(name, "<B"))
        at += len(body)
    return {"Workbook": front + shared + record(0x0A) + b"".join(bodies)}


URL = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")


def link(url):
    text = (url + "\0").encode("utf-16-le")
    return record(0x1B8, b"\0" * 32 + URL + struct.pack("<I", len(text) + 16) + text + b"\xee" * 16)


def box(text):
    return record(0x1B6, struct.pack("<5HH6x", 0, 0, 0, 0, 0, len(text))) + record(0x3C, b"\0" + text.encode("latin-1"))


def ppt(body, note="", comment="", token=0xE391C05F, inside=b""):
    slide = container(0x3EE, container(0xF00D, atom(0xFA0, body.encode("utf-16-le"))),
                      container(0x2EE0, atom(0xFBA, comment.encode("utf-16-le"))))
    notes = container(0x3F0, atom(0xFA8, note.encode("latin-1")))
    held = atom(0x1011, inside) if inside else b""
    return {"PowerPoint Document": container(0x3E8, slide, notes) + held,
            "Current User": struct.pack("<HHIII", 0, 0xFF6, 20, 20, token)}


def native(name, data):
    inside = b"\2\0" + name + b"\0C:\\" + name + b"\0\0\0\3\0" + struct.pack("<I", 4) + b"tmp\0"
    inside += struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(inside)) + inside


TABLE = [["Name", "Card"], ["Ann", 4111111111111111.0], ["", 7, 0.5, (b"abc", "result")]]
SEEDS = {
    "letter.doc": {**doc("One\rtwo\x07three \x13HYPERLINK x\x14shown\x15 \u201cq\u201d", "\u010d note\r", "a comment\r"),
                   "\5SummaryInformation": properties("A title"), "Macros": {"VBA": {"dir": b"x"}}},
    "locked.doc": doc("noise", flags=0x100),
    "old.doc": {"WordDocument": struct.pack("<HH", 0xA5DC, 0x68).ljust(0x18, b"\0") + struct.pack("<II", 0x40, 0x4B)
                + b"\0" * 0x20 + b"before 1997"},
    "object.doc": {**doc("outer"), "ObjectPool": {"_1": {"\1Ole10Native": native(b"a.rtf", b"{\\rtf1 inside}")},
                                                  "_2": {"Workbook": xls([("Inner", 0, [["cell"]], b"")])["Workbook"]}}},
    "table.xls": xls([("People", 0, TABLE, link("https://a.example/x") + box("in a box")), ("Old", 1, [["gone"]], b"")]),
    "split.xls": xls([("S", 0, [["first", "second"]], b"")], split=8 + 3 + 5 + 3 + 2),
    "locked.xls": xls([("S", 0, [["x"]], b"")], locked=True),
    "slides.ppt": ppt("On\rit", "said", "a comment", inside=outlook.compound(doc("within"))),
    "locked.ppt": ppt("noise", token=0xF3D1C4DF),
    "other.vsd": {"VisioDocument": b"\1\2\3some words\0\0" + "wide words".encode("utf-16-le") + b"\0\0"},
}


def main(kind, *words):
    if kind == "seeds":
        os.makedirs(words[0], exist_ok=True)
        for name, tree in SEEDS.items():
            with open(os.path.join(words[0], name), "wb") as file:
                file.write(outlook.compound(tree))
        return
    text = words[0]
    trees = {"doc": lambda: doc(text), "ppt": lambda: ppt(text), "xls": lambda: xls([("S", 0, [text.split("|")], b"")])}
    sys.stdout.buffer.write(outlook.compound(trees[kind]()))


if __name__ == "__main__":
    main(*sys.argv[1:])
