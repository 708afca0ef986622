"""message.py - one mail of the case: who, when, what is planted in it, in which mailboxes it lies."""
from . import cast, mime
from .dice import Dice


class Message:
    """`parties` are the customers (and persons) that a notice about it goes to; `copies` are (mailbox, folder)."""

    def __init__(self, number, seed, when, sender, to, cc, subject):
        self.dice = Dice(f"{seed}/{number}")
        self.number, self.when, self.sender, self.to, self.cc, self.subject = number, when, sender, to, cc, subject
        self.message_id = f"<{number:05}.{self.dice.letters(10)}@{sender[1].split('@')[1]}>"
        self.answers = None
        self.body = b""
        self.text = ""
        self.planted, self.unread, self.quoted_parties = [], [], []
        self.copies = []
        self.note = ""

    def addresses(self):
        return [self.sender, *self.to, *self.cc]

    def parties(self):
        """Ids of customers, and person:ADDRESS; the vendor and strangers are none."""
        found = list(self.quoted_parties)
        for _, address in self.addresses():
            domain = address.split("@")[1]
            found += [customer.id for customer in cast.CUSTOMERS if customer.domain == domain]
            if domain == cast.CONSUMER_DOMAIN:
                found.append(f"person:{address}")
        return sorted(set(found))

    def lie_in(self, *places):
        self.copies += [place for place in places if place not in self.copies]

    def raw(self, mailbox=None, folder=""):
        """The bytes as they lie in a mailbox, with the lines of the last relays on top: of what was sent, the server's own."""
        fields = []
        if mailbox and folder == "sent":
            fields.append(f"Received: from store.{cast.VENDOR_DOMAIN} (192.0.2.30) by store.{cast.VENDOR_DOMAIN}\n"
                          f" with mapi id 15.20.6900; {mime.date_text(self.when)}")
        elif mailbox:
            address = cast.staff_address(mailbox)[1]
            fields += [f"Delivered-To: {address}",
                       f"Received: from edge.{cast.VENDOR_DOMAIN} (192.0.2.25) by store.{cast.VENDOR_DOMAIN}\n"
                       f" for <{address}>; {mime.date_text(self.when)}"]
        fields.append(f"From: {mime.address_text(*self.sender)}")
        fields.append("To: " + ",\n ".join(mime.address_text(*person) for person in self.to))
        if self.cc:
            fields.append("Cc: " + ",\n ".join(mime.address_text(*person) for person in self.cc))
        fields += [f"Subject: {mime.header_text(self.subject)}", f"Date: {mime.date_text(self.when)}",
                   f"Message-ID: {self.message_id}"]
        if self.answers:
            fields.append(f"In-Reply-To: {self.answers}")
        return "\n".join(fields + ["MIME-Version: 1.0"]).encode() + b"\n" + self.body

    def write(self, text, files=(), html=None, nested=()):
        """Text, perhaps HTML beside it, attachments of (name, media type, bytes), whole messages."""
        self.text = text
        boundary = f"=_{self.dice.letters(12)}"
        choice = self.dice.random()
        fits_latin = all(ord(letter) < 256 for letter in text)
        if html is None and choice < 0.3:
            html = mime.html_of(text)
        if fits_latin and not text.isascii() and choice > 0.8:
            body = mime.text_leaf(text, "iso-8859-1")
        else:
            body = mime.text_leaf(text, "utf-8", self.dice.pick(["quoted-printable", "base64", "8bit"]))
        if html:
            body = mime.multipart("alternative", boundary + "a", [body, mime.text_leaf(html, subtype="html")])
        parts = [mime.leaf(f'{kind}; name="{name}"' if name.isascii() else kind, content, "base64", name)
                 for name, kind, content in files] + [mime.nested(raw) for raw in nested]
        self.body = mime.multipart("mixed", boundary, [body, *parts]) if parts else body
