"""story.py - what happened by mail: the messages that the case is about, and what mailboxes are full of besides."""
import datetime

from . import cast, office, plant, prose
from .dice import Dice
from .message import Message

FIRST_DAY = datetime.datetime(2025, 9, 15, 7, 0)
# What was handed over for the first wave ends here, what came with the second here.
LAST_DAYS = {1: datetime.datetime(2025, 11, 13, 17, 0), 2: datetime.datetime(2025, 11, 20, 17, 0)}
OLD = datetime.datetime(2025, 10, 5, 17, 0)      # mail before this day lay there when the log had its hole
NEW = datetime.datetime(2025, 10, 13, 8, 0)      # mail from this day on came after it
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Story:
    """All messages, in the order in which they were made."""

    def __init__(self, seed, messages):
        self.seed, self.dice = seed, Dice(seed)
        self.messages, self.by_note = [], {}
        self.boxes = {mailbox.key: mailbox for mailbox in cast.MAILBOXES}
        _telling(self)
        _tables(self)
        _fill(self, messages)

    def moment(self, first, last):
        """A working hour between two moments."""
        seconds = int((last - first).total_seconds() * self.dice.random())
        moment = first + datetime.timedelta(seconds=seconds)
        return moment.replace(hour=7 + self.dice.below(10), microsecond=0)

    def person(self, who):
        """'anna.keller' of the vendor, 'brook-bank' or 'brook-bank:1' of a customer; a pair stands for itself."""
        if isinstance(who, tuple):
            return who
        if who in cast.STAFF:
            return cast.staff_address(who)
        name, _, number = who.partition(":")
        return cast.person_address(cast.BY_ID[name], int(number or 0))

    def start(self, sender, to, subject, when, cc=(), note=""):
        """A message between those named; it lies in the mailboxes of all of the vendor's people among them."""
        to = [to] if isinstance(to, (str, tuple)) else to
        message = Message(len(self.messages) + 1, self.seed, when, self.person(sender), [self.person(who) for who in to],
                          [self.person(who) for who in cc], subject)
        if sender in cast.STAFF:
            message.lie_in((sender, "sent"))
        for who in [*to, *cc]:
            if who in cast.STAFF:
                message.lie_in((who, "inbox"))
        self.messages.append(message)
        if note:
            message.note, self.by_note[note] = note, message
        return message

    def tell(self, sender, to, subject, when, text, planted=(), note="", cc=(), greet="en", files=(), nested=(), html=None):
        """One telling message: text with a greeting around it, and what is planted in it."""
        message = self.start(sender, to, subject, when, cc, note)
        if greet:
            text = prose.letter(message.dice, greet, message.to[0][0], message.sender[0], text)
        message.planted = [plant.Planted(*values) for values in planted]
        message.write(text, files, html, nested)
        return message


def _one(kind, value, where="body", owner=None, wave=None):
    return kind, value, where, owner, wave


def _as_entities(text):
    return "".join(f"&#{ord(letter)};" for letter in text)


def _secrets(story):
    """Passwords and keys, each in its place."""
    dice = story.dice
    first = plant.password(dice)
    access = story.tell("anna.keller", "brook-bank", "Access to the shipment portal", story.moment(FIRST_DAY, OLD),
                        f"your account is ready.\n\nUser: wei\nPassword: {first}", [_one("secret.password", first)],
                        "password of a customer")
    answer = story.start("brook-bank", "anna.keller", "Re: Access to the shipment portal",
                         access.when + datetime.timedelta(hours=3), note="password in quoted text")
    answer.answers = access.message_id
    answer.planted = [plant.Planted("secret.password", first, "quote", None, None)]
    answer.write("It works, thank you.\n\nWei\n" + prose.quoted("Anna Keller", access.when, access.text))

    theirs = plant.password(dice)
    story.tell("aster-insurance", "anna.keller", "The joint account with Brook Bank", story.moment(NEW, LAST_DAYS[1]),
               "for the claim of last week you will need the view of our bank. They gave us this:\n\n"
               f"https://claims.brook-bank.example/login\nUser: claims@brook-bank.example\nPassword: {theirs}\n\n"
               "Please do not pass it on.", [_one("secret.password", theirs, owner="brook-bank")],
               "password of B in mail with A")

    key, secret = plant.aws_keys(dice)
    token = plant.github_token(dice)
    story.tell("bo.lindqvist", "noor.haddad", "Deploy keys, internal", story.moment(FIRST_DAY, OLD),
               f"for the tracking server until Friday:\n\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n\n"
               f"Token for the repository: {token}",
               [_one("secret.aws-access-key", key, owner="vendor"), _one("secret.aws-secret-key", secret, owner="vendor"),
                _one("secret.github-token", token, owner="vendor")], "keys of the vendor")

    gate = plant.private_key(dice)
    story.tell("support", "delta-energy:1", "Private key of the gate controller", story.moment(NEW, _throttled()),
               "as you asked. Delete this afterwards.", [_one("secret.private-key", gate, "gate.pem")], "key in a file",
               files=[("gate.pem", "text/plain", ("gate 3\n" + gate).encode())])

    code = plant.pin(dice)
    story.tell("bo.lindqvist", "forge-nine", f"Door code: {code}", story.moment(FIRST_DAY, OLD),
               "see above, for the night crew.", [_one("secret.pin", code, "subject")], "code in a subject")

    second = plant.password(dice)
    story.tell("noor.haddad", "hydro-lumen", "Your new sign-in", story.moment(FIRST_DAY, OLD), "",
               [_one("secret.password", second, "html")], "password in HTML", greet=None,
               html="<html><body><p>Good morning Zoe,</p><table><tr><th>login</th><td>zoe</td></tr></table>"
                    f"<p>The password is {_as_entities(second)}</p></body></html>\n")

    third = plant.password(dice)
    story.tell("secops", "tidal-works", "Re: VPN for the night shift", story.moment(FIRST_DAY, OLD),
               f"it is switched on until the end of the month.\n\nlogin: nightshift\npassword: {third}",
               [_one("secret.password", third)], "password for a night shift")


def _throttled():
    return datetime.datetime(2025, 10, 21, 17, 0)


def _shared(story):
    """Mail of several customers, forwarded mail, and what stands in it for whom."""
    dice = story.dice
    values = [plant.record_number(dice), plant.iban(dice)]
    story.tell("bo.lindqvist", ["harbour-authority", "delta-energy", "cedar-travel"], "The joint berth", story.moment(FIRST_DAY, OLD),
               "the three of you share the berth from next month. The deposit goes to one account:\n\n"
               f"IBAN {values[1]}", [_one("financial.iban", values[1], owner="several")], "mail of three customers",
               cc=["support"])

    number = plant.iban(dice)
    refund = story.tell("delta-energy", "bo.lindqvist", "Bank details for the refund", story.moment(FIRST_DAY, OLD),
                        f"please refund to\n\nIBAN {number}\n\naccount holder Delta Energy.", [_one("financial.iban", number)],
                        "bank details")
    passed = story.tell("bo.lindqvist", "piet.devries", "Fwd: Bank details for the refund",
                        refund.when + datetime.timedelta(hours=5), "please pay.", [_one("financial.iban", number, "forwarded")],
                        "forwarded whole", nested=[refund.raw("bo.lindqvist", "inbox")])
    passed.quoted_parties = ["delta-energy"]

    quoted = story.tell("grace.adeyemi", "marta.silva", "Fwd: the clause", story.moment(NEW, _synced()),
                        "what do you make of this?\n\n-----Original Message-----\n"
                        "From: Irene Holt <irene.holt@keystone-law.example>\n"
                        f"Sent: Thursday, 2 October 2025 10:12\nTo: Grace Adeyemi <grace.adeyemi@{cast.VENDOR_DOMAIN}>\n"
                        "Subject: the clause\n\nWe would strike the second half of the clause. Think it over.",
                        note="quoted header")
    quoted.quoted_parties = ["keystone-law"]

    story.tell("quill-press", "anna.keller", "The proofs of your annual report", story.moment(FIRST_DAY, OLD),
               prose.sentences(dice, "en", 5), note="no finding")
    patient = plant.nhs(dice)
    story.tell(cast.CONSUMER, "support", "My parcel from the clinic", story.moment(FIRST_DAY, OLD),
               f"the clinic said that you have it since Tuesday. My NHS number {patient} is on the label.\n\nPlease help.",
               [_one("health.nhs-gb", patient)], "consumer")
    story.tell("support", cast.CONSUMER, "Re: My parcel from the clinic", story.moment(FIRST_DAY, OLD),
               "we found it. It will be with you tomorrow before noon, and we are sorry.", note="answer to a consumer")
    story.tell(cast.RESEARCHER, "noor.haddad", "A hole in your tracking page", story.moment(FIRST_DAY, OLD),
               "your tracking page shows other people's parcels when the number in the address is raised by one. I have told "
               "nobody, and would like to know when it is mended.", note="researcher")


def _synced():
    return datetime.datetime(2025, 10, 27, 17, 0)


def _sealed(story):
    """What candor cannot read: it is presumed to hold anything."""
    dice = story.dice
    blob = bytes.fromhex("3080060926864886f70d010703a0803080") + bytes(dice.below(256) for _ in range(900))
    sealed = story.start("vault-notaries", "marta.silva", "Akte", story.moment(FIRST_DAY, OLD), note="only mail is encrypted")
    sealed.body = (b'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\n'
                   b"Content-Transfer-Encoding: base64\n\n" + _base64(blob))
    sealed.unread = [("smime.p7m", "encrypted", 1, None)]
    armour = "-----BEGIN PGP " + "MESSAGE-----\n\n" + "\n".join(dice.letters(64) for _ in range(9)) + "\n=" + \
        dice.letters(4) + "\n-----END PGP " + "MESSAGE-----\n"
    locked = story.start("uni-weststadt", "secops", "Meldung", story.moment(FIRST_DAY, OLD), note="armour in the text")
    locked.write("Guten Tag,\n\nanbei unsere Meldung, verschlüsselt.\n\n" + armour + "\nMira Sommer\n")
    locked.unread = [("text", "encrypted", 1, None)]
    scans = b"\x60\xea" + bytes((7 * i + 13) % 256 for i in range(4000))
    story.tell("cedar-travel:1", "support", "Scans de septiembre", story.moment(FIRST_DAY, OLD), "van todos en un archivo.",
               greet="es", files=[("scans.arj", "application/x-arj", scans)], note="archive").unread = [("scans.arj", "unread", 1, None)]
    story.tell("stahl-lindau", "bo.lindqvist", "Zeichnung der Rampe", story.moment(FIRST_DAY, OLD), "wie besprochen, anbei.",
               greet="de", files=[("rampe.dwg", "application/acad", b"AC1032" + bytes(dice.below(256) for _ in range(4000)))],
               note="drawing").unread = [("rampe.dwg", "unread", 1, None)]


def _base64(blob):
    import base64
    return base64.encodebytes(blob)


def _later(story):
    """What a better converter and a rule of the case's own see in the third wave."""
    dice = story.dice
    for note, customer, mailbox in [("comment in a contract", "marlow-foods", "piet.devries"),
                                    ("comment in a draft", "postal-regulator", "grace.adeyemi")]:
        number = plant.iban(dice)
        message = story.tell(customer, mailbox, "The contract with our remarks", story.moment(FIRST_DAY, OLD),
                             "our remarks stand in the margin.", [_one("financial.iban", number, "contract.docx", wave=3)], note,
                             files=[("contract.docx", DOCX, office.document(
                                 ["Contract of carriage", prose.sentences(dice, "en", 4)],
                                 f"Deposit to IBAN {number}, not to the old account."))])
        message.unread = [("contract.docx", "cut", 1, 3)]
    rows, kind, values = plant.people(dice, "record", 4)
    message = story.tell("isar-labor", "support", "Probenliste", story.moment(FIRST_DAY, OLD), "anbei die Liste der Fahrten.",
                         [_one(kind, value, "fahrten.xlsx", wave=3) for value in values], "hidden sheet", greet="de",
                         files=[("fahrten.xlsx", XLSX, office.workbook([["Fahrt", "Ziel"], ["eins", "Graz"]], rows))])
    message.unread = [("fahrten.xlsx", "cut", 1, 3)]
    message = story.tell("lark-optics", "noor.haddad", "Test protocol", story.moment(FIRST_DAY, OLD), "signed, as you wished.",
                         note="comment without a finding", files=[("protocol.docx", DOCX, office.document(
                             ["Test protocol", "All lamps passed."], "Ask Ruby whether the date is right."))])
    message.unread = [("protocol.docx", "cut", 1, 3)]
    for customer, mailbox in [("harbour-authority", "bo.lindqvist"), ("kassa-nord", "anna.keller"), ("lumen-hospital", "support"),
                              ("quill-press", "anna.keller")]:
        tag = plant.yard_tag(dice)
        story.tell(mailbox, customer, "Your tag for the yard", story.moment(FIRST_DAY, OLD),
                   f"the gate of the yard opens to this tag: {tag}\n\nIt is yours until the end of the year.",
                   [_one("secret.generic-token", tag, wave=3)], f"yard tag of {customer}")


def _second(story):
    """What came with the second handing over: two more mailboxes."""
    dice = story.dice
    number = plant.password(dice)
    story.tell("soren.holm", "windpark-nord", "Zugang zur Flottenkarte", story.moment(NEW, LAST_DAYS[2]),
               f"Ihr Zugang ist eingerichtet.\n\nBenutzer: heike\nPasswort: {number}", [_one("secret.password", number)],
               "password in the second wave", greet="de")
    number = plant.iban(dice)
    story.tell("coast-watch", "soren.holm", "Charter of the supply boat", story.moment(FIRST_DAY, OLD),
               f"the charter is paid from IBAN {number} as always.", [_one("financial.iban", number)], "charter")
    story.tell("gas-adriatica", "soren.holm", "Percorso per Trieste", story.moment(FIRST_DAY, OLD),
               prose.sentences(dice, "it", 3), greet="it", note="second wave, no finding")


def _intruder(story):
    """What the intruder wrote from Anna Keller's mailbox: one of the mails lies there, of the other only the log tells."""
    mail = story.start("anna.keller", ["cedar-travel", "delta-energy"], "Updated payment details",
                       datetime.datetime(2025, 11, 5, 3, 12), note="sent by the intruder")
    mail.write("Dear partners,\n\nfrom today please use our new bank. Details follow in a separate letter.\n\nAnna\n")


def _telling(story):
    _secrets(story)
    _shared(story)
    _sealed(story)
    _later(story)
    _second(story)
    _intruder(story)


# Lists of people: customer, kind of number, how it is attached, into which mailbox, whether it is old mail.
_LISTS = """lumen-hospital nhs docx support old
lumen-hospital record csv bo.lindqvist old
alpha-clinic record xlsx support old
bergblick-klinik record csv support old
sol-salud record text support old
isar-labor record csv bo.lindqvist new
medi-port record docx support old
ryhof-apteka record csv support old
health-agency nhs csv noor.haddad old
health-agency nhs text support throttled
brook-bank card csv piet.devries old
ledger-union card xlsx piet.devries old
banco-faro iban docx piet.devries old
kassa-nord iban csv piet.devries new
cassa-aurora card text piet.devries old
aster-insurance card docx bo.lindqvist old
cedar-travel passport csv support old
cedar-travel card html support throttled
alpen-reisen passport docx support old
blue-ferry passport csv fleet-desk old
kite-air passport xlsx fleet-desk old
customs-service passport docx anna.keller old
city-larkhaven iban csv piet.devries old
willow-hospice record csv jun.watanabe untouched
penny-wise card docx jun.watanabe second
transport-ministry passport docx grace.adeyemi synced
hallam-college record csv support old
marlow-foods card csv piet.devries old"""


def _attached(dice, form, rows, words):
    """(text, files, html) for a list of people."""
    lines = [f"{name}; {number}" for name, number in rows]
    if form == "csv":
        return words, [("list.csv", "text/csv", ("name;number\r\n" + "\r\n".join(lines) + "\r\n").encode())], None
    if form == "docx":
        return words, [("list.docx", DOCX, office.document([words, *lines]))], None
    if form == "xlsx":
        return words, [("list.xlsx", XLSX, office.workbook(rows))], None
    text = words + "\n\n" + "\n".join(lines)
    return text, [], None


def _tables(story):
    """Lists with a number for each person, 37 to a list."""
    for line in _LISTS.split("\n"):
        customer, kind, form, mailbox, age = line.split()
        first, last = {"old": (FIRST_DAY, OLD), "throttled": (NEW, _throttled()), "synced": (NEW, _synced()),
                       "new": (NEW, LAST_DAYS[1]), "untouched": (datetime.datetime(2025, 10, 25), LAST_DAYS[1]),
                       "second": (datetime.datetime(2025, 10, 25), LAST_DAYS[1])}[age]
        rows, type_id, values = plant.people(story.dice, kind, 37)
        words = prose.sentences(story.dice, "en", 2)
        text, files, html = _attached(story.dice, form, rows, words)
        where = files[0][0] if files else "body"
        note = f"list of {customer}, {kind}"
        message = story.start(customer, mailbox, "The list that you asked for", story.moment(first, last), note=note)
        message.planted = [plant.Planted(type_id, value, where, None, None) for value in values]
        text = prose.letter(message.dice, "en", message.to[0][0], message.sender[0], text)
        message.write(text, files, html=html)


def _threads(story, customer, count):
    """Ordinary mail with one customer: threads of one to four mails."""
    first = datetime.datetime.fromisoformat(customer.since) if customer.since else FIRST_DAY
    made = 0
    while made < count:
        mailbox, number = story.dice.pick(customer.team), story.dice.below(2)
        last = LAST_DAYS[min(story.boxes[box].wave for box in customer.team)]
        subject = prose.subject(story.dice, customer.language)
        when, before = story.moment(first, last), None
        inbound = story.dice.random() < 0.6
        for turn in range(min(1 + story.dice.below(4), count - made)):
            sender, to = (f"{customer.id}:{number}", mailbox) if inbound else (mailbox, f"{customer.id}:{number}")
            language = customer.language if inbound or story.dice.random() < 0.6 else "en"
            others = [box for box in customer.team if box != mailbox]
            cc = others[:1] if others and story.dice.random() < 0.12 else []
            message = story.start(sender, to, subject if turn == 0 else f"Re: {subject}", when, cc)
            text = prose.letter(message.dice, language, message.to[0][0], message.sender[0],
                                prose.sentences(message.dice, language, 2 + message.dice.below(5)))
            if before:
                message.answers = before.message_id
                text += prose.quoted(before.sender[0], before.when, before.text)
            message.write(text)
            before, inbound, made = message, not inbound, made + 1
            when = min(when + datetime.timedelta(minutes=20 + story.dice.below(2000)), last)


def _inside(story, count):
    """Mail among colleagues about customers."""
    boxes = [mailbox.key for mailbox in cast.MAILBOXES]
    for _ in range(count):
        sender = story.dice.pick(boxes)
        to = story.dice.pick([box for box in boxes if box != sender])
        last = LAST_DAYS[min(story.boxes[sender].wave, story.boxes[to].wave)]
        message = story.start(sender, to, prose.subject(story.dice, "en"), story.moment(FIRST_DAY, last))
        customer = story.dice.pick(cast.CUSTOMERS)
        message.write(prose.letter(message.dice, "en", message.to[0][0], message.sender[0],
                                   prose.sentences(message.dice, "en", 2 + message.dice.below(4), customer.name)))


# Customers with one mail or few: what is told of them hangs on it.
_FEW = {"quill-press": 0, "vault-notaries": 0, "orchid-university": 3, "willow-hospice": 4, "penny-wise": 3,
        "norland-parliament": 4, "birch-school": 3, "gas-adriatica": 0}


def _fill(story, total):
    inside = total // 6
    usual = [customer for customer in cast.CUSTOMERS if customer.id not in _FEW]
    left = total - len(story.messages) - inside - sum(_FEW.values())
    for place, customer in enumerate(usual):
        _threads(story, customer, left // len(usual) + (1 if place < left % len(usual) else 0))
    for name, count in _FEW.items():
        _threads(story, cast.BY_ID[name], count)
    _inside(story, inside)
