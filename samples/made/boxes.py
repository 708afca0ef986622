"""boxes.py - mailboxes as files: Maildirs, mboxes, folders of EML files."""
import calendar
import os

from . import cast

_EML_FOLDERS = {"inbox": "Inbox", "sent": "Sent Items"}


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())


def _maildir(folder, mailbox, messages):
    for message, where, raw in messages:
        sub = ".Sent/cur" if where == "sent" else "cur"
        seconds = calendar.timegm(message.when.timetuple())
        write(f"{folder}/{mailbox}/{sub}/{seconds}.M{message.number}.tern:2,S", raw)
    os.makedirs(f"{folder}/{mailbox}/.Sent/cur", exist_ok=True)


def _mbox(folder, mailbox, messages):
    out = []
    for message, _, raw in messages:
        lines = [b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in raw.splitlines(keepends=True)]
        out.append(f"From - {message.when:%a %b} {message.when.day:2} {message.when:%H:%M:%S %Y}\n".encode() +
                   b"".join(lines) + b"\n")
    write(f"{folder}/{mailbox}.mbox", b"".join(out))


def _eml(folder, mailbox, messages):
    for message, where, raw in messages:
        write(f"{folder}/{mailbox}/{_EML_FOLDERS[where]}/{message.number:05}.eml", raw)


def write_mailboxes(folder, story, wave):
    """Every mailbox of a wave, below `folder`. Returns how many copies there are."""
    copies = 0
    for mailbox in cast.MAILBOXES:
        if mailbox.wave != wave:
            continue
        held = [(message, where, message.raw(box, where)) for message in sorted(story.messages, key=lambda m: (m.when, m.number))
                for box, where in message.copies if box == mailbox.key]
        copies += len(held)
        {"maildir": _maildir, "mbox": _mbox, "eml": _eml}[mailbox.container](folder, mailbox.key, held)
    return copies
