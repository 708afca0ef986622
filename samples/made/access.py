"""access.py - what the intruder did, and which copies that gives which level. The logs and the truth both follow this.

The intruder came on 6 October and was thrown out on 14 November, came back from another address on the 14th and was gone
for good on the 21st. The log of the first stay has a hole of a day: what lay in a mailbox then is presumed taken."""
import datetime

from . import cast
from .dice import Dice

T = datetime.datetime.fromisoformat
NONE, POSSIBLE, PRESUMED, CONFIRMED = "none", "possible", "presumed", "confirmed"
ORDER = [NONE, POSSIBLE, PRESUMED, CONFIRMED]

STAYS = {1: (T("2025-10-06T00:00"), T("2025-11-14T00:00")), 2: (T("2025-11-14T00:00"), T("2025-11-21T00:00"))}
# The logs: name, form, from, to, wave.
LOGS = [("audit-1.jsonl", "jsonl", T("2025-10-05T22:00"), T("2025-10-08T00:00"), 1),
        ("audit-2.csv", "csv", T("2025-10-09T00:00"), T("2025-10-31T00:00"), 1),
        ("audit-3.jsonl", "jsonl", T("2025-10-31T00:00"), T("2025-11-14T02:00"), 1),
        ("audit-4.jsonl", "jsonl", T("2025-11-13T22:00"), T("2025-11-21T02:00"), 2)]
HOLE_ENDS = T("2025-10-09T00:00")
ADDRESSES = {1: "203.0.113.77", 2: "198.51.100.140"}
# The first session also came through this address, which nobody knew: the session names it.
SECOND_DOOR = "203.0.113.199"
SESSIONS = {1: "7f3c2a10-0f5e-4b57-9a41-6c0de51e3a01", 2: "c1b02d44-88aa-4d02-b3c1-19ee70ab5502"}
APPS = {1: "b4a1d5c0-5e00-4a00-9c00-00000000a001", 2: "b4a1d5c0-5e00-4a00-9c00-00000000a002"}
THROTTLED = ("support", T("2025-10-21T03:10"))
# mailbox, folder, time, stay
SYNCS = [("grace.adeyemi", "inbox", T("2025-10-28T02:15"), 1), ("soren.holm", "inbox", T("2025-11-18T01:40"), 2)]
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


class Bind:
    """One message opened by the intruder."""

    def __init__(self, message, mailbox, at, stay, address=None):
        self.message, self.mailbox, self.at, self.stay = message, mailbox, at, stay
        self.address = address or ADDRESSES[stay]


class Access:
    """What was opened, and what follows for each copy."""

    # Telling messages that were opened: in which stay.
    _OPENED = {"password of a customer": 1, "password of B in mail with A": 1, "bank details": 2,
               "list of aster-insurance, card": 1, "list of penny-wise, card": 2, "list of customs-service, passport": 2,
               "second wave, no finding": 2, "list of kassa-nord, iban": 1, "list of isar-labor, record": 1}
    _UNTOUCHED = {"willow-hospice", "norland-parliament", "orchid-university", "birch-school", "penny-wise"}

    def __init__(self, story, seed):
        self.dice, self.binds = Dice(f"{seed}/access"), []
        for note, stay in self._OPENED.items():
            self._open(story.by_note[note], stay)
        for stay, count in ((1, 90), (2, 40)):
            boxes = {1: ["anna.keller", "bo.lindqvist", "noor.haddad", "piet.devries", "marta.silva"],
                     2: ["anna.keller", "fleet-desk", "soren.holm", "bo.lindqvist"]}[stay]
            chosen = [message for message in story.messages if not message.note and self._place(message, boxes)
                      and message.when < STAYS[stay][1] - DAY and not self._UNTOUCHED & set(message.parties())]
            for _ in range(count):
                message = chosen.pop(self.dice.below(len(chosen)))
                self._open(message, stay, boxes)

    @staticmethod
    def _place(message, boxes):
        return next((mailbox for mailbox, _ in message.copies if mailbox in boxes), None)

    def _open(self, message, stay, boxes=None):
        first = max(STAYS[stay][0] + HOUR, message.when + HOUR)
        first = max(first, HOLE_ENDS + HOUR) if stay == 1 else first
        at = first + (STAYS[stay][1] - HOUR - first) * self.dice.random()
        mailbox = self._place(message, boxes) if boxes else message.copies[0][0]
        door = SECOND_DOOR if stay == 1 and self.dice.random() < 0.3 else None
        self.binds.append(Bind(message, mailbox, at.replace(microsecond=0), stay, door))

    def level(self, message, mailbox, folder, wave):
        """The level of one copy, with its reasons, in a wave."""
        found = []
        if message.when <= HOLE_ENDS:
            found.append((PRESUMED, "log-gap"))
        if any(bind.message is message and bind.mailbox == mailbox and bind.stay <= wave for bind in self.binds):
            found.append((CONFIRMED, "bind"))
        for box, where, at, stay in SYNCS:
            if box == mailbox and stay <= wave:
                if where == folder and message.when <= at + HOUR:
                    found.append((PRESUMED, "sync"))
                elif where != folder and message.when <= at + HOUR:
                    found.append((POSSIBLE, "other-folder"))
        if mailbox == THROTTLED[0] and message.when <= THROTTLED[1] + DAY:
            found.append((PRESUMED, "throttled"))
        if message.note == "sent by the intruder":
            found.append((CONFIRMED, "sent-by-intruder"))
        return max(found, key=lambda pair: ORDER.index(pair[0]), default=(NONE, ""))

    def level_of(self, message, wave):
        """The highest of its copies that were handed over by then."""
        levels = [self.level(message, mailbox, folder, wave)[0] for mailbox, folder in message.copies
                  if cast.STAFF[mailbox].wave <= wave]
        return max(levels, key=ORDER.index, default=NONE)
