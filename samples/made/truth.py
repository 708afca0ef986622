"""truth.py - what is so in the made-up case: who is owed which fact, at which level, in which wave; and who must not be
told what. It is written from the story and from what the intruder did, not from what candor makes of them."""
from . import access, cast, logs

WAVES = (1, 2, 3)


def _parties(message):
    return message.parties()


def _owners(message, planted):
    """Whose a planted value is: ids; nobody's where several are parties and none is named."""
    if planted.owner == "vendor":
        return []
    if planted.owner == "several":
        return []
    if planted.owner:
        return [planted.owner]
    return _parties(message) if len(_parties(message)) == 1 else []


def _here(message, wave):
    """Whether the mail was handed over by that wave, in at least one copy."""
    return any(cast.STAFF[mailbox].wave <= wave for mailbox, _ in message.copies)


class _Facts:
    def __init__(self):
        self.rows = {}

    def add(self, wave, whom, kind, message, level, **detail):
        key = (whom, kind, message.message_id if message else "", *sorted(detail.items()))
        row = self.rows.setdefault(key, {"whom": whom, "kind": kind, "message": message.message_id if message else "",
                                         "note": message.note if message else "", **detail, "levels": {}})
        row["levels"][str(wave)] = level


def _message_facts(facts, message, reach):
    for wave in WAVES:
        level = reach.level_of(message, wave)
        if not _here(message, wave) or access.ORDER.index(level) < access.ORDER.index(access.PRESUMED):
            continue
        for whom in _parties(message):
            facts.add(wave, whom, "taken", message, level)
            for where, why, first, resolved in message.unread:
                if first <= wave and (resolved is None or wave < resolved):
                    facts.add(wave, whom, "unread", message, level, where=where, why=why)
        for planted in message.planted:
            if (planted.wave or 1) <= wave:
                for whom in _owners(message, planted):
                    facts.add(wave, whom, "data", message, level, type=planted.type, value=planted.value)


def _contact_facts(facts, story):
    sent = story.by_note["sent by the intruder"]
    for wave in WAVES:
        for whom in _parties(sent):
            facts.add(wave, whom, "contacted", sent, access.CONFIRMED)
        for whom in logs.UNSEEN["to"]:
            facts.add(wave, whom, "contacted", None, access.CONFIRMED, unseen=logs.UNSEEN["message_id"])
        facts.add(wave, logs.SPRAYED, "targeted", None, access.CONFIRMED, account=cast.BY_ID[logs.SPRAYED].tenant)
        whom, local = logs.STOLEN_ACCOUNT
        facts.add(wave, whom, "targeted", None, access.CONFIRMED, account=f"{local}@{cast.BY_ID[whom].domain}")


def facts_of(story, reach):
    """Every fact, each with its level by wave."""
    facts = _Facts()
    for message in story.messages:
        _message_facts(facts, message, reach)
    _contact_facts(facts, story)
    return list(facts.rows.values())


def truth_of(story, reach, copies):
    facts = facts_of(story, reach)
    told = {str(wave): sorted({row["whom"] for row in facts if str(wave) in row["levels"]}) for wave in WAVES}
    return {
        "vendor": cast.VENDOR, "messages": len(story.messages), "copies": copies,
        "customers": [{"id": customer.id, "name": customer.name, "domain": customer.domain, "sector": customer.sector}
                      for customer in cast.CUSTOMERS],
        "told": told,
        "never_told": sorted({customer.id for customer in cast.CUSTOMERS} - set(told["3"])),
        "stranger": cast.RESEARCHER[1],
        "facts": facts,
        "in_review": [{"type": planted.type, "message": message.message_id, "value": planted.value}
                      for message in story.messages for planted in message.planted if planted.owner == "several"],
        "canaries": [{"value": planted.value, "owners": _owners(message, planted) or ["vendor"], "message": message.message_id,
                      "note": message.note} for message in story.messages for planted in message.planted],
        "mail": [{"message": message.message_id, "note": message.note, "parties": _parties(message),
                  "copies": [f"{mailbox}/{folder}" for mailbox, folder in message.copies],
                  "levels": {str(wave): reach.level_of(message, wave) for wave in WAVES if _here(message, wave)}}
                 for message in story.messages],
    }
