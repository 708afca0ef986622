#!/usr/bin/env python3
"""mutants.py - a few changes to bytes, for mutate.py and mutate_corpora.py."""

HOSTILE = [b"--", b"\r\n", b"\n\n", b"\x00", b"\xff\xfe", b"=?utf-8?B?", b"?=", b"Content-Type: multipart/mixed; boundary=",
           b"Content-Transfer-Encoding: base64\n", b"boundary=\"\"", b"charset=utf-7", b"From ", b"\nFrom \n", b";" * 40,
           b"(" * 60, b"<<>>", b"begin 644 x\n", b"Content-Length: 99999999999\n", b"=\n=\n", b"*0*=", b"\x1b$B"]


def mutate(message, dice):
    """A few changes: bytes flipped, cut, doubled, moved, or something hostile put in."""
    data = bytearray(message)
    for _ in range(1 + int(dice.random() * 6)):
        at, length = int(dice.random() * (len(data) + 1)), 1 + int(dice.random() * 60)
        kind = int(dice.random() * 6)
        if kind == 0 and data:
            data[at % len(data)] ^= 1 << int(dice.random() * 8)
        elif kind == 1:
            del data[at:at + length]
        elif kind == 2:
            data[at:at] = data[at:at + length] * 3
        elif kind == 3:
            data[at:at] = HOSTILE[int(dice.random() * len(HOSTILE))]
        elif kind == 4:
            data = data[:at]
        else:
            cut = bytes(data[at:at + length])
            del data[at:at + length]
            to = int(dice.random() * (len(data) + 1))
            data[to:to] = cut
    return bytes(data)
