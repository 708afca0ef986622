"""case_files.py - what people write for the case: case.yaml, the list of customers, rules of its own, whom they told by hand."""
from . import access, cast, logs
from .boxes import write

_CHANNELS = [("security", "mail", "contract"), ("privacy", "mail", "contract")]


def customers_yaml():
    """The list of customers, with a contact for security and one for privacy; a postal address for some."""
    lines = ["# customers.yaml - the customers of Tern Logistics: who they are, and whom to write to."]
    for number, customer in enumerate(cast.CUSTOMERS):
        lines += [f"- id: {customer.id}", f'  name: "{customer.name}"', f"  sector: {customer.sector}",
                  f"  country: {customer.country}", f"  language: {customer.language}",
                  f"  domains: [{customer.domain}]", f"  tenants: [{customer.tenant}]", "  contacts:"]
        for place, (role, channel, source) in enumerate(_CHANNELS):
            lines.append(f'    - {{name: "{customer.people[place]}", address: {role}@{customer.domain}, role: {role}, '
                         f'channel: {channel}, source: {source}, verified: "2025-0{1 + number % 9}-15"}}')
        if customer.sector in ("government", "health"):
            lines.append(f'    - {{name: "{customer.people[0]}", address: "{1 + number} Quay Street, Larkhaven", '
                         'role: legal, channel: letter, source: contract, verified: "2025-02-01"}')
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
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


_STAYS = {1: "rimefall", 2: "rimefall-again"}


def _intruder(stay):
    began, ended = (_iso(moment) for moment in access.STAYS[stay])
    return [f"  {_STAYS[stay]}:", f"    window: {{from: {began}, to: {ended}}}", f"    addresses: [{access.ADDRESSES[stay]}]",
            f"    sessions: [{access.SESSIONS[stay]}]", f"    apps: [{access.APPS[stay]}]"]


def case_yaml(wave):
    """The case's file as it stands in a wave, for a folder beside the waves' folders."""
    with_logs = min(wave, 2)
    lines = [f"# case.yaml - the case of {cast.VENDOR}, wave {wave}.", "version: 1", f'vendor: "{cast.VENDOR}"',
             f"vendor_domains: [{cast.VENDOR_DOMAIN}]", f"vendor_tenants: [{logs.TENANT}]",
             "customers: ../wave-1/customers.yaml", "sources:"]
    for number in range(1, with_logs + 1):
        lines += [f"  - ../wave-{number}/mail/*", f"  - ../wave-{number}/logs/*"]
    lines.append("mailboxes:")
    for mailbox in cast.MAILBOXES:
        ending = ".mbox" if mailbox.container == "mbox" else ""
        lines.append(f'  "*/mail/{mailbox.key}{ending}": {cast.staff_address(mailbox.key)[1]}')
    lines.append("logs:")
    for name, _, start, end, since in access.LOGS:
        if since <= wave:
            lines.append(f'  "*/logs/{name}": {_iso(start)}/{_iso(end)}')
    lines.append("intruders:")
    for stay in range(1, with_logs + 1):
        lines += _intruder(stay)
    if wave == 3:
        lines.append("rules: ../wave-3/rules")
    return "\n".join(lines) + "\n"


# Told by hand before the case was taken up: by letter in December, with what was known then.
BY_HAND = ["alpha-clinic", "aster-insurance", "brook-bank", "cedar-travel", "delta-energy", "health-agency", "lumen-hospital",
           "quill-press", "transport-ministry", "vault-notaries"]


def told_yaml(story):
    """The record of notices that were given by hand, for candor notify record."""
    lines = ["# told.yaml - whom Tern Logistics told before the case was taken up, from the letter book."]
    for number, customer in enumerate(BY_HAND):
        lines += [f'- date: "2025-12-{2 + number:02}"', f"  customer: {customer}", "  channel: letter"]
        if number % 3 == 0:
            lines += ["  covers: all-before", '  before: "2099-01-01"']
        elif number % 3 == 1:
            lines.append("  covers: unspecified")
        else:
            mail = next(message for message in story.messages
                        if customer in message.parties() and message.when < access.HOLE_ENDS)
            lines += ["  covers: list", "  facts:", f'    - {{kind: taken, message: "{mail.message_id}", level: presumed}}']
    return "\n".join(lines) + "\n"


def write_all(folder, story):
    write(f"{folder}/wave-1/customers.yaml", customers_yaml())
    write(f"{folder}/wave-3/rules/yard.yaml", rules_yaml())
    for wave in (1, 2, 3):
        write(f"{folder}/wave-{wave}/case.yaml", case_yaml(wave))
    write(f"{folder}/month-five/told.yaml", told_yaml(story))
