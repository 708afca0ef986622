#!/usr/bin/env python3
"""carry.py - a made-up mail with a file attached, on standard output: carry.py FILE MEDIA/TYPE"""
import base64
import sys


def main(path, media_type):
    with open(path, "rb") as file:
        data = base64.encodebytes(file.read()).decode()
    print(f"From: ann@north.example\nTo: bob@south.example\nSubject: a file\nMIME-Version: 1.0\n"
          f"Content-Type: {media_type}\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n{data}")


main(*sys.argv[1:])
