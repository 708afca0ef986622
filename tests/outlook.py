#!/usr/bin/env python3
"""outlook.py - made-up MSG, TNEF and EMLX files for flows, tests and fuzzers.

  outlook.py msg FIELD=VALUE…      an Outlook MSG file, on standard output
  outlook.py tnef FIELD=VALUE…     the same item as a TNEF stream
  outlook.py winmail FIELD=VALUE…  a mail that carries the item as winmail.dat
  outlook.py carried FIELD=VALUE…  a mail that carries the item as an MSG file
  outlook.py emlx FIELD=VALUE…     a mail as Apple Mail keeps it
  outlook.py seeds FOLDER          the seeds of the fuzzers emlx, msg and tnef, below tests/corpus

Fields: subject from to cc bcc ("Name <address>"), body, html, rtf (compressed and marked as HTML), class, date (seconds
since 1970), id, location (a named property), badge (one with a name), several (values with |), codepage (strings are then
bytes in it), attach=NAME:TEXT, link=PATH, ole=NAME:TEXT, within=SUBJECT:BODY, inner=NAME:TEXT (an attachment of the last
one within), outer=TEXT (the body of the mail around, for winmail and carried)."""
import base64
import email.message
import email.utils
import os
import struct
import sys
import uuid

SHORT, LONG, BOOLEAN, OBJECT, INT64, STRING8, UNICODE, TIME, BINARY = 2, 3, 11, 13, 20, 30, 31, 64, 258
SEVERAL = 0x1000
APPOINTMENT = uuid.UUID("00062002-0000-0000-c000-000000000046")
STRINGS = uuid.UUID("00020329-0000-0000-c000-000000000046")


class Thing:
    """A message, recipient or attachment: its properties (id, type, value, name), and what it holds."""

    def __init__(self):
        self.properties, self.recipients, self.attachments = [], [], []
        self.data = self.within = self.ole = self.beside = None
        self.codepage = None

    def add(self, number, kind, value, name=None):
        self.properties.append((number, kind, value, name))

    def text(self, number, value, name=None):
        if self.codepage:
            self.add(number, STRING8, value.encode(f"cp{self.codepage}") + b"\0", name)
        else:
            self.add(number, UNICODE, (value + "\0").encode("utf-16-le"), name)

    def number(self, number, value):
        self.add(number, LONG, struct.pack("<I", value))


def split_address(text):
    name, _, address = text.partition(" <")
    return (name, address.rstrip(">")) if address else (text, text)


def add_recipient(item, kind, text):
    person = Thing()
    person.codepage = item.codepage
    name, address = split_address(text)
    person.number(0x0C15, kind)
    person.text(0x3001, name)
    person.text(0x3002, "SMTP")
    person.text(0x3003, address)
    person.text(0x39FE, address)
    item.recipients.append(person)


def add_attachment(item, name, method):
    attachment = Thing()
    attachment.codepage = item.codepage
    attachment.number(0x3705, method)
    attachment.text(0x3707, name)
    attachment.text(0x3704, name[:8])
    item.attachments.append(attachment)
    return attachment


def rtf_of(html):
    """HTML wrapped in RTF, stored without compression."""
    inner = "".join(c if c not in "\\{}" else "\\" + c for c in html)
    rtf = ("{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0 Arial;}}{\\*\\htmltag64 " + inner + "}}").encode()
    return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf


def field(item, key, value):
    """Put one field of the command line into the item."""
    texts = {"subject": 0x0037, "body": 0x1000, "class": 0x001A, "id": 0x1035}
    if key in texts:
        item.text(texts[key], value)
    elif key == "from":
        name, address = split_address(value)
        for number, text in ((0x0C1A, name), (0x0C1E, "SMTP"), (0x0C1F, address), (0x5D01, address)):
            item.text(number, text)
    elif key in ("to", "cc", "bcc"):
        add_recipient(item, {"to": 1, "cc": 2, "bcc": 3}[key], value)
    elif key == "html":
        item.add(0x1013, BINARY, value.encode())
        item.number(0x3FDE, 65001)
    elif key == "rtf":
        item.add(0x1009, BINARY, rtf_of(value))
    elif key == "own-rtf":
        item.add(0x1009, BINARY, ("{\\rtf1\\ansi " + value + "}").encode())
    elif key == "date":
        item.add(0x0039, TIME, struct.pack("<Q", (int(value) + 11644473600) * 10**7))
    elif key == "codepage":
        item.codepage = int(value)
        item.number(0x3FFD, item.codepage)
    elif key == "location":
        item.text(0x8208, value, (APPOINTMENT, 0x8208))
    elif key == "badge":
        item.text(0, value, (STRINGS, "Badge"))
    elif key == "several":
        item.add(0x0070, SEVERAL | UNICODE, [(part + "\0").encode("utf-16-le") for part in value.split("|")],
                 (STRINGS, "Keywords"))
    else:
        hold(item, key, *value.partition(":")[::2])


def hold(item, key, name, text):
    if key == "attach":
        add_attachment(item, name, 1).data = text.encode()
    elif key == "link":
        add_attachment(item, name, 2).text(0x370D, name)
    elif key == "ole":
        add_attachment(item, name, 6).ole = {"CONTENTS": text.encode(), "\1Ole": bytes(20), "Deep": {"More": b"x" * 5000}}
    elif key == "within":
        within = add_attachment(item, name, 5).within = Thing()
        within.codepage = item.codepage
        for number, value in ((0x001A, "IPM.Note"), (0x0037, name), (0x1000, text)):
            within.text(number, value)
    elif key == "beside":
        item.attachments[-1].beside = (name + text).encode()
    elif key == "inner":
        add_attachment(item.attachments[-1].within, name, 1).data = text.encode()
    else:
        sys.exit(f"outlook.py: no such field: {key}")


def item_of(fields):
    item = Thing()
    if not any(key == "class" for key, _ in fields):
        item.text(0x001A, "IPM.Note")
    for key, value in fields:
        if key != "outer":
            field(item, key, value)
    return item


# --- compound files ------------------------------------------------------------------------------------------------------

END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(tree):
    """[MS-CFB], version 3: a dict of names to bytes or dicts, as a file."""
    entries = [["Root Entry", 5, tree, FREE, FREE, FREE]]
    for entry in entries:  # grows while it is gone through
        if isinstance(entry[2], dict):
            names = sorted(entry[2], key=lambda name: (len(name), name.upper()))
            first = len(entries)
            entries += [[name, 1 if isinstance(entry[2][name], dict) else 2, entry[2][name], FREE, FREE, FREE]
                        for name in names]
            entry[5] = balance(entries, first, len(entries))
    sectors, fat, mini, mini_fat = [], [], b"", []

    def chain(data, size=512):
        if not data:
            return END
        start = len(fat)
        count = -(-len(data) // size)
        sectors.append(data.ljust(count * size, b"\0"))
        fat.extend(list(range(start + 1, start + count)) + [END])
        return start

    records = []
    for name, kind, content, left, right, child in entries:
        start, size = (0 if kind == 1 else END), 0
        if kind == 2:
            size = len(content)
            if size >= 4096:
                start = chain(content)
            elif size:
                start, count = len(mini_fat), -(-size // 64)
                mini += content.ljust(count * 64, b"\0")
                mini_fat.extend(list(range(start + 1, start + count)) + [END])
        records.append([name, kind, left, right, child, start, size])
    records[0][5:] = [chain(mini), len(mini)]
    mini_start = chain(struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(-(-len(mini_fat) // 128) * 512, b"\xff"))
    directory = b"".join(record(*one) for one in records)
    directory += (b"\0" * 68 + b"\xff" * 12 + b"\0" * 48) * (-len(records) % 4)
    directory_start = chain(directory)
    count = 1
    while count * 128 < len(fat) + count:
        count += 1
    table = list(range(len(fat), len(fat) + count))
    fat += [TABLE] * count
    sectors.append(struct.pack(f"<{len(fat)}I", *fat).ljust(count * 512, b"\xff"))
    head = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, count,
                       directory_start, 0, 4096, mini_start, -(-len(mini_fat) // 128), END, 0)
    return head + struct.pack("<109I", *(table + [FREE] * (109 - count))) + b"".join(sectors)


def balance(entries, start, end):
    if start >= end:
        return FREE
    middle = (start + end) // 2
    entries[middle][3] = balance(entries, start, middle)
    entries[middle][4] = balance(entries, middle + 1, end)
    return middle


def record(name, kind, left, right, child, start, size):
    text = name.encode("utf-16-le") + b"\0\0"
    return text.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", len(text), kind, 1, left, right, child, start, size)


# --- MSG -----------------------------------------------------------------------------------------------------------------

class Names:
    """Named properties of a file: each (set, number or name) has a property number from 0x8000 on."""

    def __init__(self):
        self.all = []

    def number(self, name):
        if name not in self.all:
            self.all.append(name)
        return 0x8000 + self.all.index(name)

    def storage(self):
        sets, entries, strings = [], b"", b""
        for index, (guid, name) in enumerate(self.all):
            if guid == STRINGS:
                place = 2
            else:
                if guid not in sets:
                    sets.append(guid)
                place = 3 + sets.index(guid)
            if isinstance(name, str):
                text = name.encode("utf-16-le")
                entries += struct.pack("<IHH", len(strings), place << 1 | 1, index)
                strings += struct.pack("<I", len(text)) + text + b"\0" * (-len(text) % 4)
            else:
                entries += struct.pack("<IHH", name, place << 1, index)
        return {"__substg1.0_00020102": b"".join(guid.bytes_le for guid in sets), "__substg1.0_00030102": entries,
                "__substg1.0_00040102": strings}


def storage_of(thing, names, head):
    tree, rows = {}, b""
    for number, kind, value, name in thing.properties:
        if name:
            number = names.number(name)
        stream = f"__substg1.0_{number:04X}{kind:04X}"
        if kind & SEVERAL:
            tree[stream] = b"".join(struct.pack("<I", len(part)) for part in value)
            for index, part in enumerate(value):
                tree[f"{stream}-{index:08X}"] = part
            rows += struct.pack("<HHIII", kind, number, 6, len(tree[stream]), 0)
        elif kind in (STRING8, UNICODE, BINARY):
            tree[stream] = value[:-1] if kind == STRING8 else value[:-2] if kind == UNICODE else value
            rows += struct.pack("<HHIII", kind, number, 6, len(value), 0)
        else:
            rows += struct.pack("<HHI8s", kind, number, 6, value.ljust(8, b"\0"))
    tree["__properties_version1.0"] = head + rows
    for index, person in enumerate(thing.recipients):
        tree[f"__recip_version1.0_#{index:08X}"] = storage_of(person, names, bytes(8))
    for index, attachment in enumerate(thing.attachments):
        inner = tree[f"__attach_version1.0_#{index:08X}"] = storage_of(attachment, names, bytes(8))
        if attachment.data is not None:
            inner["__substg1.0_37010102"] = attachment.data
        elif attachment.within:
            inner["__substg1.0_3701000D"] = storage_of(attachment.within, names, counts(attachment.within))
        elif attachment.ole:
            inner["__substg1.0_3701000D"] = attachment.ole
        if attachment.beside is not None:
            inner["__substg1.0_37010102"] = attachment.beside
    return tree


def counts(item):
    recipients, attachments = len(item.recipients), len(item.attachments)
    return struct.pack("<8xIIII", recipients, attachments, recipients, attachments)


def msg(item):
    names = Names()
    tree = storage_of(item, names, counts(item) + bytes(8))
    tree["__nameid_version1.0"] = names.storage()
    return compound(tree)


# --- TNEF ----------------------------------------------------------------------------------------------------------------

def pad(data):
    return data + b"\0" * (-len(data) % 4)


def tnef_value(kind, value):
    if kind in (STRING8, UNICODE, BINARY, OBJECT):
        return struct.pack("<I", len(value)) + pad(value)
    return pad(value)


def tnef_property(number, kind, value, name):
    out = struct.pack("<HH", kind, 0x8000 if name else number)
    if name:
        out += name[0].bytes_le
        if isinstance(name[1], str):
            text = (name[1] + "\0").encode("utf-16-le")
            out += struct.pack("<II", 1, len(text)) + pad(text)
        else:
            out += struct.pack("<II", 0, name[1])
    if kind & SEVERAL:
        return out + struct.pack("<I", len(value)) + b"".join(tnef_value(kind & ~SEVERAL, part) for part in value)
    if kind in (STRING8, UNICODE, BINARY, OBJECT):
        out += struct.pack("<I", 1)
    return out + tnef_value(kind, value)


def tnef_list(thing):
    rows = list(thing.properties)
    if thing.within:
        rows.append((0x3701, OBJECT, uuid.UUID("00020307-0000-0000-c000-000000000046").bytes_le + tnef(thing.within), None))
    if thing.ole:
        rows.append((0x3701, OBJECT, uuid.UUID("0000000b-0000-0000-c000-000000000046").bytes_le + compound(thing.ole), None))
    return struct.pack("<I", len(rows)) + b"".join(tnef_property(*row) for row in rows)


def attribute(level, number, data):
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def tnef(item):
    out = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x00089006, struct.pack("<I", 0x10000))
    out += attribute(1, 0x00069007, struct.pack("<II", item.codepage or 1252, 0))
    for number, _, value, _ in item.properties:
        if number == 0x0037:
            old = value if item.codepage else value.decode("utf-16-le").encode("cp1252", "replace")
            out += attribute(1, 0x00018004, old)
    if item.recipients:
        out += attribute(1, 0x00069004, struct.pack("<I", len(item.recipients)) + b"".join(map(tnef_list, item.recipients)))
    out += attribute(1, 0x00069003, tnef_list(item))
    for attachment in item.attachments:
        out += attribute(2, 0x00069002, struct.pack("<HI8x", 1, 0xFFFFFFFF))
        if attachment.data is not None:
            out += attribute(2, 0x0006800F, attachment.data)
        out += attribute(2, 0x00069005, tnef_list(attachment))
        if attachment.beside is not None:
            out += attribute(2, 0x0006800F, attachment.beside)
    return out


# --- mails around --------------------------------------------------------------------------------------------------------

def mail(fields, attachment=None, media_type=None, name=None):
    values = dict(fields)
    message = email.message.Message()
    for key in ("From", "To", "Cc", "Subject"):
        if key.lower() in values:
            message[key] = values[key.lower()]
    if "date" in values:
        message["Date"] = email.utils.formatdate(int(values["date"]))
    if "id" in values:
        message["Message-ID"] = values["id"]
    body = values.get("outer", values.get("body", "")) + "\n"
    if attachment is None:
        message.set_payload(body, "utf-8")
        return message.as_bytes()
    text = email.message.Message()
    text.set_payload(body, "utf-8")
    part = email.message.Message()
    part["Content-Type"] = f'{media_type}; name="{name}"'
    part["Content-Transfer-Encoding"] = "base64"
    part["Content-Disposition"] = f'attachment; filename="{name}"'
    part.set_payload(base64.encodebytes(attachment).decode())
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = 'multipart/mixed; boundary="=-outlook"'
    message.set_payload([text, part])
    return message.as_bytes()


def emlx(fields):
    plist = ('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
             '"http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">\n<dict>\n'
             "\t<key>flags</key>\n\t<integer>8590195713</integer>\n</dict>\n</plist>\n").encode()
    inside = mail(fields)
    return f"{len(inside):<10}\n".encode() + inside + plist


# --- seeds ---------------------------------------------------------------------------------------------------------------

LETTER = [("subject", "Plans"), ("from", "Ada North <ada@north.example>"), ("to", "Ben South <ben@south.example>"),
          ("cc", "Cy <cy@south.example>"), ("bcc", "Di West <di@west.example>"), ("date", "1700000000"),
          ("id", "<1@north.example>")]
SEEDS = {
    "letter": LETTER + [("body", "Hello\r\nworld"), ("attach", "note.txt:attached words")],
    "letters": LETTER + [("body", "outer"), ("within", "Inner:inner words"), ("inner", "deep.txt:deep words"),
                         ("attach", "big.bin:" + "0123456789abcdef" * 400)],
    "meeting": LETTER + [("class", "IPM.Appointment"), ("location", "Room 7"), ("badge", "B-7"), ("several", "red|green")],
    "cyrillic": [("codepage", "1251"), ("subject", "Привет"), ("to", "Борис <ben@south.example>"), ("body", "Текст")],
    "rtf-alone": LETTER + [("rtf", "<html><p>only in <b>RTF</b></p></html>")],
    "html": LETTER + [("html", "<p>caf\u00e9</p>")],
    "two-contents": LETTER + [("within", "Inner:inner words"), ("beside", "words beside it"), ("attach", "last.txt:last words")],
    "ole-and-link": LETTER + [("ole", "object:inside an object"), ("link", "\\\\server\\share\\plan.doc")],
}


def seeds(folder):
    for name, fields in SEEDS.items():
        for kind, make in (("msg", msg), ("tnef", tnef)):
            os.makedirs(os.path.join(folder, kind), exist_ok=True)
            with open(os.path.join(folder, kind, name), "wb") as file:
                file.write(make(item_of(fields)))
    letter = emlx(SEEDS["letter"])
    os.makedirs(os.path.join(folder, "emlx"), exist_ok=True)
    for name, data in (("letter", letter), ("cut", letter[:len(letter) // 2]),
                       ("deleted", letter.replace(b">8590195713<", b">8590195715<")),
                       ("short-count", b"100" + letter[letter.index(b" "):])):
        with open(os.path.join(folder, "emlx", name), "wb") as file:
            file.write(data)


def main(kind, *words):
    if kind == "seeds":
        seeds(words[0])
        return
    fields = [tuple(word.split("=", 1)) for word in words]
    makers = {"msg": lambda: msg(item_of(fields)), "tnef": lambda: tnef(item_of(fields)),
              "winmail": lambda: mail(fields, tnef(item_of(fields)), "application/ms-tnef", "winmail.dat"),
              "carried": lambda: mail(fields, msg(item_of(fields)), "application/vnd.ms-outlook", "item.msg"),
              "emlx": lambda: emlx(fields)}
    sys.stdout.buffer.write(makers[kind]())


if __name__ == "__main__":
    main(*sys.argv[1:])
