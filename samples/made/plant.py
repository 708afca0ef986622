"""plant.py - values to be found: like the real thing in form, and nobody's.

Cards begin with 400000, which no bank issues, NHS numbers with 999, which is kept for tests, IBANs with the bank WEST,
which is none. Keys are random letters; what would look live in this file is put together here."""
from collections import namedtuple

# where: body, quote, subject, html, or the name of the attachment. owner: a customer's id, "vendor", or None: whose mail
# it stands in. wave: the first wave in which candor can see it, where that is not the one of the mail.
Planted = namedtuple("Planted", "type value where owner wave")

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_FIRST = ["Ada", "Ben", "Cleo", "Dirk", "Edda", "Finn", "Greta", "Hari", "Ilse", "Jona", "Kit", "Lea", "Mats", "Nora",
          "Otis", "Pia", "Quin", "Rosa", "Sven", "Tilda"]
_LAST = ["Abel", "Birk", "Calder", "Drost", "Engel", "Falk", "Gale", "Holt", "Ives", "Jarl", "Kemp", "Lund", "Marsh",
         "Nye", "Oake", "Penn", "Rook", "Stark", "Thorn", "Ward"]


def _digits(dice, count):
    return "".join(str(int(dice.random() * 10)) for _ in range(count))


def _luhn(digits):
    total = 0
    for place, digit in enumerate(reversed(digits)):
        double = int(digit) * (2 if place % 2 == 0 else 1)
        total += double - 9 if double > 9 else double
    return str(-total % 10)


def card(dice):
    digits = "400000" + _digits(dice, 9)
    digits += _luhn(digits)
    return " ".join(digits[at:at + 4] for at in range(0, 16, 4))


def nhs(dice):
    while True:
        digits = "999" + _digits(dice, 6)
        check = (11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11) % 11
        if check < 10:
            return f"{digits[:3]} {digits[3:6]} {digits[6:]}{check}"


def iban(dice):
    account = _digits(dice, 14)
    number = "".join(str(int(letter, 36)) for letter in f"WEST{account}GB00")
    check = 98 - int(number) % 97
    text = f"GB{check:02}WEST{account}"
    return " ".join(text[at:at + 4] for at in range(0, 22, 4))


def password(dice):
    return dice.letters(9) + "-" + _digits(dice, 2) + "!" + dice.letters(2)


def pin(dice):
    return "8" + _digits(dice, 1) + "3" + _digits(dice, 2) + "6"


def record_number(dice):
    return "AB" + "7" + _digits(dice, 5) + "4"


def passport(dice):
    return "X" + "4" + _digits(dice, 6) + "7"


def github_token(dice):
    return "gh" + "p_" + dice.letters(36)


def aws_keys(dice):
    return "AK" + "IA" + dice.letters(16, CAPITALS), dice.letters(40)


def yard_tag(dice):
    """What opens the gates of the vendor's yards; no rule knows it before the third wave."""
    return f"TYT-{dice.letters(4, CAPITALS)}-{dice.letters(4, CAPITALS)}"


def private_key(dice):
    lines = "\n".join(dice.letters(64) for _ in range(12))
    return "-----BEGIN " + f"PRIVATE KEY-----\n{lines}\n-----END " + "PRIVATE KEY-----\n"


_KINDS = {
    "card": ("financial.card", card, "card"), "nhs": ("health.nhs-gb", nhs, "NHS number"),
    "iban": ("financial.iban", iban, "IBAN"), "record": ("health.record-number", record_number, "MRN:"),
    "passport": ("person.passport", passport, "passport no."),
}


def people(dice, kind, count):
    """(rows of a table with a number for each person, its type, the numbers)."""
    type_id, make, words = _KINDS[kind]
    rows, values = [], []
    while len(values) < count:
        value = make(dice)
        if value not in values:
            values.append(value)
            rows.append([f"{dice.pick(_FIRST)} {dice.pick(_LAST)}", f"{words} {value}"])
    return rows, type_id, values
