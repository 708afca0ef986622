#!/usr/bin/env python3
"""small.py - a small made-up mailbox: 61 mails of a vendor that never was, and the truth about them.

    samples/small.py FOLDER     writes FOLDER/mail and FOLDER/truth.json, the same bytes each time

Tern Logistics moves goods for four customers. Its mail was stolen: Anna Keller's Maildir, the support team's mbox and a
folder of exported EML files; four messages are in all three. No person, address, account or key in it exists: domains
end in .example, cards are of ranges that no bank issues, bank accounts the examples of the IBAN standard, keys are
random letters with no checksum. What looks like a secret is put together here and stands encoded in the mail."""
import base64
import io
import json
import os
import quopri
import random
import sys
import zipfile

VENDOR = "tern-logistics.example"
STAFF = {"anna": "Anna Keller", "bo": "Bo Lindqvist", "support": "Tern Support"}
CUSTOMERS = {
    "alpha": ("Alpha Clinic", "alpha-clinic.example", ["Ines Moreau", "Tom Okafor"]),
    "brook": ("Brook Bank", "brook-bank.example", ["Wei Ling", "Sam Dunn"]),
    "cedar": ("Cedar Travel", "cedar-travel.example", ["José Gómez", "Lena Bär"]),
    "delta": ("Delta Energy", "delta-energy.example", ["Olga Novak", "Liam Hughes"]),
}
SMALL_TALK = [
    "The pallets left this morning and should arrive on Thursday.",
    "Customs asked for the papers once more; they have them now.",
    "Could we move the review to next week? Two of us are travelling.",
    "The new rates hold from the first of the month, as agreed.",
    "Your driver forgot the delivery note; a copy is on its way.",
    "Thanks for the quick answer, that settles it.",
    "We count 14 boxes, the order says 15. Please check on your side.",
    "The cold store was out of order for two hours; nothing thawed.",
]


def header_text(text):
    """As RFC 2047 wants it: an encoded word where it is not ASCII."""
    if text.isascii():
        return text
    return f"=?utf-8?b?{base64.b64encode(text.encode()).decode()}?="


def leaf(media_type, content, encoding="7bit", name=None):
    """A part that is no multipart: its header, a blank line, its encoded bytes."""
    body = {"7bit": lambda: content, "base64": lambda: base64.encodebytes(content),
            "quoted-printable": lambda: quopri.encodestring(content)}[encoding]()
    disposition = f'Content-Disposition: attachment; filename="{name}"\n' if name else ""
    head = f"Content-Type: {media_type}\nContent-Transfer-Encoding: {encoding}\n{disposition}\n"
    return head.encode() + body + (b"" if body.endswith(b"\n") else b"\n")


def multipart(subtype, boundary, parts):
    opening = f"\n--{boundary}\n".encode()
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\n'.encode()
    return head + b"".join(opening + part for part in parts) + f"\n--{boundary}--\n".encode()


class Maker:
    """Makes messages one after the other; keeps what was planted in each."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.messages = []

    def letters(self, length, alphabet="ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"):
        return "".join(alphabet[int(self.dice.random() * len(alphabet))] for _ in range(length))

    def pick(self, items):
        return items[int(self.dice.random() * len(items))]

    def address(self, who):
        """'anna' is staff; 'brook:1' is the second contact of that customer."""
        if who in STAFF:
            return f'"{STAFF[who]}" <{who}@{VENDOR}>'
        customer, number = who.split(":")
        name, domain = CUSTOMERS[customer][2][int(number)], CUSTOMERS[customer][1]
        return f"{header_text(name)} <{name.split()[0].lower().replace('é', 'e')}@{domain}>"

    def header(self, number, sender, to, cc, subject):
        """The message's own fields, and its Message-ID."""
        day, minute = 1 + number // 3, int(self.dice.random() * 60)
        message_id = f"<{number:04}.{self.letters(8)}@{VENDOR}>"
        week_day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][(day - 1) % 7]
        fields = [f"From: {self.address(sender)}", f"To: {self.address(to)}"]
        fields += [f"Cc: {self.address(cc)}"] if cc else []
        fields += [f"Subject: {header_text(subject)}",
                   f"Date: {week_day}, {day:02} Sep 2025 {8 + number % 9:02}:{minute:02}:00 +0200",
                   f"Message-ID: {message_id}", "MIME-Version: 1.0"]
        return "\n".join(fields).encode() + b"\n", message_id

    def add(self, sender, to, subject, text, planted=(), cc=None, files=(), html=None, encoding="quoted-printable",
            forwarded=None):
        """One message. planted: (type, place) for each value that a scanner should find in it."""
        number = len(self.messages) + 1
        head, message_id = self.header(number, sender, to, cc, subject)
        body = leaf('text/plain; charset="utf-8"', text.encode(), encoding)
        if html:
            body = multipart("alternative", f"=_tern_{self.letters(8)}",
                             [body, leaf('text/html; charset="utf-8"', html.encode(), "quoted-printable")])
        attached = [leaf(f'{kind}; name="{name}"', content, "base64", name) for name, kind, content in files]
        if forwarded is not None:
            attached.append(b"Content-Type: message/rfc822\n\n" + self.messages[forwarded]["raw"])
        if attached:
            body = multipart("mixed", f"=_tern_{self.letters(8)}", [body, *attached])
        customers = sorted({who.split(":")[0] for who in (sender, to, cc) if who and ":" in who})
        self.messages.append({"raw": head + body, "message_id": message_id, "sender": sender, "customers": customers,
                              "planted": [{"type": kind, "place": place} for kind, place in planted]})


def people_table(maker, rows):
    """A table of passengers with test cards and documentation phone numbers."""
    cards = ["4000 0012 3456 " + "7899", "5570 0012 3456 " + "7896", "4556 0000 0000 " + "0018"]
    lines = ["name,mail,phone,card"]
    for row in range(rows):
        lines.append(f"Traveller {row},traveller{row}@people.example,+1 202 555 01{int(maker.dice.random() * 100):02},"
                     f"{cards[row % len(cards)]}")
    return ("\r\n".join(lines) + "\r\n").encode()


def archive(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(zipfile.ZipInfo(name, (2025, 9, 1, 8, 0, 0)), content)
    return out.getvalue()


def telling_mail(maker):
    """The messages that the case is about."""
    password, second = maker.letters(12) + "!7", maker.letters(14)
    access_key = "AK" + "IA" + maker.letters(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    secret_key = maker.letters(40)
    token = "gh" + "p_" + maker.letters(36)
    private_key = "gate 3\n-----BEGIN " + "PRIVATE KEY-----\n" + "\n".join(
        maker.letters(64) for _ in range(12)) + "\n-----END " + "PRIVATE KEY-----\n"
    iban, card = "GB82 WEST 1234 5698 " + "7654 32", "4000 0012 3456 " + "7899"

    maker.add("anna", "brook:0", "Access to the shipment portal",
              f"Hello Wei,\n\nyour account is ready.\n\nUser: wei.ling\nPassword: {password}\n\nRegards\nAnna\n",
              [("secret.password", "body")], encoding="base64")
    maker.add("brook:0", "anna", "Re: Access to the shipment portal",
              f"Thanks, it works.\n\n> User: wei.ling\n> Password: {password}\n", [("secret.password", "body")],
              encoding="base64")
    maker.add("cedar:0", "support", "Passagers – liste de septembre",
              "Bonjour,\n\nci-joint la liste. Merci de ne pas la transférer.\n\nJosé\n",
              [("financial.card", "passengers.csv"), ("contact.phone", "passengers.csv"),
               ("contact.email", "passengers.csv")],
              files=[("passengers.csv", "text/csv", people_table(maker, 24))], encoding="quoted-printable")
    maker.add("bo", "anna", "Deploy keys, internal",
              f"Anna, for the tracking server until Friday:\n\naws_access_key_id = {access_key}\n"
              f"aws_secret_access_key = {secret_key}\n\nToken for the repository: {token}\n",
              [("secret.aws-access-key", "body"), ("secret.aws-secret-key", "body"), ("secret.github-token", "body")],
              encoding="base64")
    maker.add("delta:0", "anna", "Bank details for the refund",
              f"Hello Anna,\n\nplease refund to IBAN {iban}, account holder Delta Energy.\n\nOlga\n",
              [("financial.iban", "body")], encoding="base64")
    maker.add("alpha:0", "support", "Patient transport, Friday",
              f"Please bill card {card} for the transport; call +1 202 555 0143 at the gate.\n",
              [("financial.card", "body"), ("contact.phone", "body")], encoding="base64")
    maker.add("support", "delta:1", "Private key of the gate controller",
              "Liam, as you asked. Delete this afterwards.\n", [("secret.private-key", "gate.pem")],
              files=[("gate.pem", "text/plain", private_key.encode())])
    maker.add("anna", "bo", "Fwd: Bank details for the refund", "Bo, please pay.\n\nAnna\n",
              [("financial.iban", "forwarded")], forwarded=4)
    maker.add("anna", "bo", "Accounts of the week",
              "All of them in one place, see below.\n",
              [("secret.password", "html")],
              html="<html><body><table><tr><th>customer</th><th>login</th></tr><tr><td>Brook Bank</td>"
                   f"<td>brook</td></tr></table><p>The password is {as_entities(second)}</p></body></html>\n")
    maker.add("bo", "cedar:1", "Scans of September", "Lena, the scans, packed.\n", [],
              files=[("scans.zip", "application/zip", archive("scan-1.txt", "nothing in it\n" * 40))])
    maker.add("brook:1", "anna", "Numbers that are none",
              "Order 1234 5678 9012 3456, part 666-05-1121, tracking 4000-0012-3456-7890.\n", [])
    maker.add("delta:0", "alpha:1", "Joint delivery", "Both of us on one truck, then. Anna knows.\n", [], cc="anna")


def as_entities(text):
    """As HTML entities, so that the letters do not stand in the file as they are."""
    return "".join(f"&#{ord(letter)};" for letter in text)


def small_talk(maker, count):
    """What mailboxes are full of."""
    contacts = [f"{customer}:{n}" for customer in CUSTOMERS for n in (0, 1)]
    for _ in range(count):
        inside, outside = maker.pick(list(STAFF)), maker.pick(contacts)
        sender, to = (inside, outside) if maker.dice.random() < 0.5 else (outside, inside)
        lines = [maker.pick(SMALL_TALK), maker.pick(SMALL_TALK)]
        maker.add(sender, to, maker.pick(["Delivery", "Invoice", "Next week", "Re: Pallets", "Grüße aus Kiel"]),
                  "Hello,\n\n" + "\n".join(lines) + "\n\nBest\n")


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def write_mail(folder, messages):
    """Shared out over a Maildir, an mbox and EML files; the first four go to all of them. Returns the copies."""
    copies, mbox = [], b""
    for number, entry in enumerate(messages):
        entry["copies"], raw = [], entry["raw"]
        if number % 3 == 0 or number < 4:
            sub = ".Sent/cur" if entry["sender"] == "anna" else "cur"
            path = f"mail/anna.keller/{sub}/17567000{number:02}.M{number}.tern:2,S"
            write(os.path.join(folder, path), raw)
            entry["copies"].append(path)
        if number % 3 == 1 or number < 4:
            quoted = b"".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line
                              for line in raw.splitlines(keepends=True))
            mbox += b"From - Mon Sep  1 08:00:00 2025\n" + quoted + b"\n"
            entry["copies"].append("mail/support.mbox")
        if number % 3 == 2 or number < 4:
            path = f"mail/export/{'2025-09' if number % 2 else 'older'}/{number:04}.eml"
            write(os.path.join(folder, path), raw)
            entry["copies"].append(path)
        copies += entry["copies"]
    write(os.path.join(folder, "mail/support.mbox"), mbox)
    return copies


def main(folder):
    maker = Maker(2025)
    telling_mail(maker)
    small_talk(maker, 49)
    copies = write_mail(folder, maker.messages)
    truth = {
        "vendor": "Tern Logistics",
        "customers": {key: {"name": name, "domain": domain} for key, (name, domain, _) in CUSTOMERS.items()},
        "messages": len(maker.messages),
        "copies": len(copies),
        "mail": [{"message_id": entry["message_id"], "customers": entry["customers"],
                  "copies": entry["copies"], "planted": entry["planted"]} for entry in maker.messages],
    }
    write(os.path.join(folder, "truth.json"), (json.dumps(truth, indent=1) + "\n").encode())


if __name__ == "__main__":
    main(sys.argv[1])
