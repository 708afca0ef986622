"""case_files.py - what a person writes for the case: the list of customers, who the intruder is, rules of its own."""
from . import access, cast
from .boxes import write

_CHANNELS = [("security", "mail", "contract"), ("privacy", "mail", "contract")]


def customers_yaml():
    """The list of customers, with a contact for security and one for privacy; a postal address for some."""
    lines = ["# customers.yaml - the customers of Tern Logistics: who they are, and whom to write to.", "customers:"]
    for number, customer in enumerate(cast.CUSTOMERS):
        lines += [f"  - id: {customer.id}", f'    name: "{customer.name}"', f"    sector: {customer.sector}",
                  f"    country: {customer.country}", f"    language: {customer.language}",
                  f"    domains: [{customer.domain}]", f"    tenants: [{customer.tenant}]", "    contacts:"]
        for place, (role, channel, source) in enumerate(_CHANNELS):
            lines.append(f'      - {{name: "{customer.people[place]}", address: {role}@{customer.domain}, role: {role}, '
                         f'channel: {channel}, source: {source}, verified: "2025-0{1 + number % 9}-15"}}')
        if customer.sector in ("government", "health"):
            lines.append(f'      - {{name: "{customer.people[0]}", address: "{1 + number} Quay Street, Larkhaven", role: legal, '
                         f'channel: letter, source: contract, verified: "2025-02-01"}}')
    return "\n".join(lines) + "\n"


def rules_yaml():
    return """# yard.yaml - the tags that open the gates of Tern's yards.
rules:
  - id: yard-tag
    type: secret.generic-token
    description: a tag that opens the gates of a yard
    source: Tern Logistics, yard handbook, section 3
    pattern: '\\bTYT-[A-Z2-7]{4}-[A-Z2-7]{4}\\b'
    confidence: 90
    hit: ["tag: «TYT-AB2C-QX7Z»", "«TYT-77KD-M2LP» opens the gate"]
    miss: ["TYT-AB2C", "part TYT-ab2c-qx7z"]
"""


def _iso(moment):
    return f"{moment:%Y-%m-%dT%H:%MZ}"


def intruder_lines(stay):
    began, ended = (_iso(moment) for moment in access.STAYS[stay])
    values = [("address", access.ADDRESSES[stay]), ("session", access.SESSIONS[stay]), ("app", access.APPS[stay])]
    return [f'    - {{kind: {kind}, value: "{value}", from: "{began}", to: "{ended}"}}' for kind, value in values]


def write_all(folder):
    write(f"{folder}/wave-1/customers.yaml", customers_yaml())
    write(f"{folder}/wave-3/rules/yard.yaml", rules_yaml())
