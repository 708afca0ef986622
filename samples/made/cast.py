"""cast.py - who is in the made-up case: the vendor's people, its customers, and those who are neither.

Nobody here exists. Domains end in .example; some agencies share gov.example and have a name of their own below it, as
agencies do. The domain freepost.example stands for a provider of consumer mail."""
import unicodedata
from collections import namedtuple

VENDOR = "Tern Logistics"
VENDOR_DOMAIN = "tern-logistics.example"
CONSUMER_DOMAIN = "freepost.example"

Mailbox = namedtuple("Mailbox", "key name role container wave")
Customer = namedtuple("Customer", "id name domain sector country language people team since tenant")

# container: how the mailbox was handed over. wave: when.
MAILBOXES = [
    Mailbox("anna.keller", "Anna Keller", "chief executive", "maildir", 1),
    Mailbox("bo.lindqvist", "Bo Lindqvist", "chief operating officer", "eml", 1),
    Mailbox("grace.adeyemi", "Grace Adeyemi", "general counsel", "maildir", 1),
    Mailbox("marta.silva", "Marta Silva", "counsel", "mbox", 1),
    Mailbox("noor.haddad", "Noor Haddad", "head of security", "maildir", 1),
    Mailbox("secops", "Tern Security Operations", "security team", "mbox", 1),
    Mailbox("support", "Tern Support", "support team", "mbox", 1),
    Mailbox("piet.devries", "Piet de Vries", "finance", "eml", 1),
    Mailbox("jun.watanabe", "Jun Watanabe", "sales", "mbox", 1),
    Mailbox("soren.holm", "Søren Holm", "director of fleets", "maildir", 2),
    Mailbox("fleet-desk", "Tern Fleet Desk", "dispatch team", "mbox", 2),
]

# id, name, domain, sector, country, language, people, the mailboxes that they write with, first day of their mail
# (o: in the old days, before the window of the intrusion; a date else).
_TABLE = """
customs-service|Norland Customs Service|customs.gov.example|government|GB|en|Harriet Poole,Desmond Achebe|anna.keller support|o
health-agency|National Health Agency|health.gov.example|government|GB|en|Priya Raman,Colin Marsh|noor.haddad support|o
grid-agency|Grid Security Agency|grid.gov.example|government|US|en|Walter Boone,Selma Ortiz|noor.haddad secops|o
harbour-authority|Larkhaven Harbour Authority|larkhaven-harbour.example|government|IE|en|Niamh Doyle,Ruairi Kehoe|bo.lindqvist support|o
city-larkhaven|City of Larkhaven|larkhaven-city.example|government|IE|en|Aoife Brennan,Sean Fallon|jun.watanabe piet.devries|o
transport-ministry|Ministerium für Verkehr|verkehrsministerium.example|government|DE|de|Jürgen Wölk,Sabine Haas|grace.adeyemi anna.keller|o
postal-regulator|Autorité des postes|autorite-postes.example|government|FR|fr|Hélène Fabre,Luc Perrin|grace.adeyemi marta.silva|o
northshire-police|Northshire Police|northshire-police.example|government|GB|en|Gwen Tate,Owen Pritchard|secops noor.haddad|o
coast-watch|Coast Watch|coast-watch.example|government|NO|en|Ingrid Dahl,Lars Moe|soren.holm fleet-desk|o
norland-parliament|Parliament of Norland|norland-parliament.example|government|GB|en|Edith Lowe,Marcus Vane|jun.watanabe|2025-10-13
lumen-hospital|Lumen Hospital|lumen-hospital.example|health|GB|en|Ruth Abara,Simon Clegg|support bo.lindqvist|o
alpha-clinic|Alpha Clinic|alpha-clinic.example|health|FR|fr|Inès Moreau,Tom Okafor|support grace.adeyemi|o
bergblick-klinik|Klinik Bergblick|klinik-bergblick.example|health|AT|de|Lena Bär,Florian Egger|support|o
sol-salud|Sol Salud|sol-salud.example|health|ES|es|José Gómez,Marina Ruiz|support piet.devries|o
willow-hospice|Willow Hospice|willow-hospice.example|health|US|en|Dana Price,Abel Strand|jun.watanabe|2025-10-15
isar-labor|Isar Labor|isar-labor.example|health|DE|de|Nadja Krüger,Timo Beck|support bo.lindqvist|o
medi-port|MediPort|mediport.example|health|NL|nl|Femke Bos,Daan Visser|support|o
ryhof-apteka|Apteka Ryhof|apteka-ryhof.example|health|PL|pl|Zofia Wilk,Adam Lis|support|o
brook-bank|Brook Bank|brook-bank.example|finance|GB|en|Wei Ling,Sam Dunn|anna.keller piet.devries|o
aster-insurance|Aster Insurance|aster-insurance.example|finance|US|en|Joan Whit,Paul Ferro|anna.keller bo.lindqvist|o
ledger-union|Ledger Union|ledger-union.example|finance|US|en|Mo Farrow,Tess Kane|piet.devries|o
banco-faro|Banco Faro|banco-faro.example|finance|PT|pt|Inês Rocha,Rui Tavares|piet.devries|o
kassa-nord|Kassa Nord|kassa-nord.example|finance|SE|sv|Elsa Björk,Nils Åkesson|piet.devries anna.keller|o
penny-wise|Pennywise Credit|pennywise-credit.example|finance|GB|en|Ola Brand,Fay Norris|jun.watanabe|2025-10-20
cassa-aurora|Cassa Aurora|cassa-aurora.example|finance|IT|it|Giulia Conti,Marco Ferri|piet.devries|o
quill-press|Quill Press|quill-press.example|media|GB|en|Hugh Farley,Nell Ashby|anna.keller bo.lindqvist|o
daily-mast|The Daily Mast|daily-mast.example|media|GB|en|Rory Blake,Kim Sato|bo.lindqvist|o
radio-fjord|Radio Fjord|radio-fjord.example|media|NO|en|Tone Vik,Odd Lund|fleet-desk|o
vault-notaries|Vault Notaries|vault-notaries.example|legal|NL|nl|Maud Kuiper,Joris Prins|marta.silva|o
keystone-law|Keystone Law|keystone-law.example|legal|US|en|Irene Holt,Grant Meyer|grace.adeyemi marta.silva|o
orchid-university|Orchid University|orchid-university.example|education|US|en|Lana Cho,Peter Voss|jun.watanabe|2025-10-22
hallam-college|Hallam College|hallam-college.example|education|GB|en|Beth Crane,Amir Shah|support|o
uni-weststadt|Universität Weststadt|uni-weststadt.example|education|DE|de|Klaus Ried,Mira Sommer|secops support|o
ecole-du-port|École du Port|ecole-du-port.example|education|FR|fr|Agnès Roux,Yann Le Gall|support|o
birch-school|Birch School District|birch-schools.example|education|US|en|Carl Munro,Jodie Platt|jun.watanabe|2025-10-24
delta-energy|Delta Energy|delta-energy.example|energy|US|en|Olga Novak,Liam Hughes|noor.haddad bo.lindqvist|o
tidal-works|Tidal Works|tidal-works.example|energy|GB|en|Rhys Morgan,Cath Boyd|secops|o
windpark-nord|Windpark Nord|windpark-nord.example|energy|DE|de|Heike Brandt,Ole Petersen|soren.holm fleet-desk|o
gas-adriatica|Gas Adriatica|gas-adriatica.example|energy|IT|it|Paolo Riva,Chiara Leone|soren.holm|o
hydro-lumen|Hydro Lumen|hydro-lumen.example|energy|CA|en|Zoe Fraser,Ben Ouellet|noor.haddad|o
amber-power|Amber Power|amber-power.example|energy|PL|pl|Ewa Nowak,Piotr Zych|secops noor.haddad|o
cedar-travel|Cedar Travel|cedar-travel.example|travel|ES|es|Lucía Vega,Álvaro Sanz|support anna.keller|o
blue-ferry|Blue Ferry Line|blue-ferry.example|travel|SE|sv|Karin Holmér,Per Sundin|fleet-desk soren.holm|o
alpen-reisen|Alpen Reisen|alpen-reisen.example|travel|AT|de|Resi Huber,Toni Mayr|support|o
kite-air|Kite Air|kite-air.example|travel|US|en|Marge Ellis,Dev Patel|fleet-desk|o
marlow-foods|Marlow Foods|marlow-foods.example|retail|GB|en|Gina Webb,Todd Lacey|support piet.devries|o
casa-verde|Casa Verde|casa-verde.example|retail|PT|pt|Tiago Melo,Rita Pires|support|o
nordlys-mobler|Nordlys Møbler|nordlys-mobler.example|retail|DK|en|Mette Juhl,Jens Krog|soren.holm|o
panier-bio|Panier Bio|panier-bio.example|retail|FR|fr|Claire Dumas,Hugo Petit|support marta.silva|o
toko-hana|Toko Hana|toko-hana.example|retail|JP|en|Aiko Mori,Ken Hayashi|jun.watanabe support|o
sturm-sohn|Sturm & Sohn|sturm-sohn.example|retail|DE|de|Bernd Sturm,Anke Voigt|piet.devries support|o
velden-fietsen|Velden Fietsen|velden-fietsen.example|retail|NL|nl|Sanne Mol,Bram de Wit|support|o
forge-nine|Forge Nine|forge-nine.example|manufacturing|US|en|Hal Burke,Nina Cole|bo.lindqvist support|o
lark-optics|Lark Optics|lark-optics.example|manufacturing|GB|en|Ian Gill,Ruby Stone|noor.haddad bo.lindqvist|o
stahl-lindau|Stahl Lindau|stahl-lindau.example|manufacturing|DE|de|Uwe Kern,Petra Lang|bo.lindqvist|o
officine-rossi|Officine Rossi|officine-rossi.example|manufacturing|IT|it|Elena Greco,Luca Rossi|support|o
zaklady-wisla|Zakłady Wisła|zaklady-wisla.example|manufacturing|PL|pl|Marek Król,Anna Dudek|support|o
taller-norte|Taller Norte|taller-norte.example|manufacturing|ES|es|Raúl Prieto,Carmen Gil|bo.lindqvist support|o
koto-robotics|Koto Robotics|koto-robotics.example|manufacturing|JP|en|Yui Tanaka,Ren Ito|jun.watanabe noor.haddad|o
pelican-freight|Pelican Freight|pelican-freight.example|manufacturing|US|en|Abby Lorne,Max Dorn|soren.holm fleet-desk|o
"""

# Two women from outside. Neither is a customer.
RESEARCHER = ("Mira Solberg", "mira@saltmarsh-research.example")
CONSUMER = ("Kaya Lind", f"kaya.lind@{CONSUMER_DOMAIN}")


def _tenant(number):
    return f"{0x5e000000 + number * 7919:08x}-00{number:02x}-4000-8000-{number * 104729:012x}"


def _customers():
    rows = [line.split("|") for line in _TABLE.strip().splitlines()]
    return [Customer(*row[:6], row[6].split(","), row[7].split(), None if row[8] == "o" else row[8], _tenant(number))
            for number, row in enumerate(rows, 1)]


CUSTOMERS = _customers()
BY_ID = {customer.id: customer for customer in CUSTOMERS}
STAFF = {mailbox.key: mailbox for mailbox in MAILBOXES}

_PLAIN = str.maketrans({"ø": "o", "ł": "l", "ß": "ss"})


def local_part(name):
    """'Jürgen Wölk' has the address jurgen.wolk@…"""
    letters = unicodedata.normalize("NFD", name.lower().translate(_PLAIN))
    return ".".join("".join(letter for letter in letters if letter.isascii()).split())


def staff_address(key):
    return STAFF[key].name, f"{key}@{VENDOR_DOMAIN}"


def person_address(customer, number=0):
    name = customer.people[number % len(customer.people)]
    return name, f"{local_part(name)}@{customer.domain}"
