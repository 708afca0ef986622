"""logs.py - the audit logs and the sign-in log: what the intruder did, among what everybody does."""
import csv
import datetime
import io
import json

from . import access, cast
from .access import T
from .dice import Dice

TENANT = "5e0fa111-0000-4000-8000-000000000aaa"
OFFICE = "192.0.2.40"
OUTLOOK = "d3590ed6-52b3-4102-aeff-aad2292ab01c"
_FOLDERS = {"inbox": "\\Inbox", "sent": "\\Sent Items"}
# Whose accounts were tried: of the university, of which nothing was stolen, sixteen in an hour, night after night, from the
# intruder's address and three others; of the bank the one account whose password stood in stolen mail.
SPRAYED = "orchid-university"
SPRAYED_ACCOUNTS = ["admissions", "alumni", "archive", "bursar", "chaplain", "dean", "estates", "gym", "housing", "it.desk",
                    "library", "press", "provost", "registrar", "security", "theatre"]
STOLEN_ACCOUNT = ("brook-bank", "claims")
OTHER_DOORS = ["198.51.100.61", "198.51.100.87", "198.51.100.203"]
# A mail that the intruder sent and deleted: only the log tells.
UNSEEN = {"message_id": "<a7.unseen@tern-logistics.example>", "at": T("2025-11-06T02:41"), "to": ["hydro-lumen", "kite-air"]}


class Log:
    """Records of the whole case; each file takes those of its time."""

    def __init__(self, story, reach, seed):
        self.dice, self.records = Dice(f"{seed}/logs"), []
        for bind in reach.binds:
            self._bind(bind.message, bind.mailbox, bind.at, bind.address, stay=bind.stay)
        for mailbox, folder, at, stay in access.SYNCS:
            self._sync(mailbox, folder, at, access.ADDRESSES[stay], stay)
        self._throttle()
        self._sends(story)
        self._everybody(story)
        self.records.sort(key=lambda record: (record["CreationTime"], record["Id"]))

    def _add(self, operation, mailbox, at, address, stay, **more):
        name = cast.staff_address(mailbox)[1]
        record = {"CreationTime": f"{at:%Y-%m-%dT%H:%M:%S}", "Id": self.dice.guid(), "Operation": operation,
                  "OrganizationId": TENANT, "RecordType": 50, "ResultStatus": "Succeeded", "UserType": 0, "Workload": "Exchange",
                  "UserId": name, "MailboxOwnerUPN": name, "LogonType": 0, "ClientIPAddress": address,
                  "ClientInfoString": "Client=REST;Client=RESTSystem;;" if stay else "Client=OWA;Action=ViaProxy",
                  "ClientAppId": access.APPS[stay] if stay else OUTLOOK,
                  "SessionId": access.SESSIONS[stay] if stay else self.dice.guid(), **more}
        self.records.append(record)

    def _bind(self, message, mailbox, at, address, stay=0):
        folder = next(where for box, where in message.copies if box == mailbox)
        self._add("MailItemsAccessed", mailbox, at, address, stay, OperationCount=1,
                  OperationProperties=[{"Name": "MailAccessType", "Value": "Bind"}, {"Name": "IsThrottled", "Value": "False"}],
                  Folders=[{"Id": self.dice.letters(16), "Path": _FOLDERS[folder], "FolderItems": [
                      {"Id": self.dice.letters(20), "InternetMessageId": message.message_id, "SizeInBytes": len(message.raw(mailbox, folder))}]}])

    def _sync(self, mailbox, folder, at, address, stay):
        self._add("MailItemsAccessed", mailbox, at, address, stay, RecordType=2,
                  OperationProperties=[{"Name": "MailAccessType", "Value": "Sync"}, {"Name": "IsThrottled", "Value": "False"}],
                  Folders=[{"Id": self.dice.letters(16), "Path": _FOLDERS[folder]}])

    def _throttle(self):
        mailbox, at = access.THROTTLED
        self._add("MailItemsAccessed", mailbox, at, access.ADDRESSES[1], 1, OperationCount=1,
                  OperationProperties=[{"Name": "MailAccessType", "Value": "Bind"}, {"Name": "IsThrottled", "Value": "True"}],
                  Folders=[])

    def _sends(self, story):
        sent = story.by_note["sent by the intruder"]
        self._send(sent.when, sent.message_id, [address for _, address in sent.to])
        self._send(UNSEEN["at"], UNSEEN["message_id"], [cast.person_address(cast.BY_ID[name])[1] for name in UNSEEN["to"]])

    def _send(self, at, message_id, recipients):
        self._add("Send", "anna.keller", at, access.ADDRESSES[1], 1, RecordType=2, recipientCount=len(recipients),
                  recipientList=[{"Address": address, "Name": ""} for address in recipients], SaveToSentItems=True,
                  Item={"Id": "Unknown", "InternetMessageId": message_id, "ParentFolder": {"Path": "\\Drafts"}})

    def _everybody(self, story):
        """The owners read their own mail, from the office."""
        for message in story.messages:
            if self.dice.random() < 0.35:
                mailbox = message.copies[0][0]
                at = message.when + datetime.timedelta(minutes=1 + self.dice.below(3000))
                self._bind(message, mailbox, at, OFFICE)

    def between(self, start, end):
        return [record for record in self.records if f"{start:%Y-%m-%dT%H:%M:%S}" <= record["CreationTime"] < f"{end:%Y-%m-%dT%H:%M:%S}"]


def json_lines(records):
    return "".join(json.dumps(record) + "\n" for record in records)


def portal_csv(records):
    """As the portal of the audit log writes it: a mark at the start, CR LF, the record as JSON in a cell."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(["RecordId", "CreationDate", "RecordType", "Operation", "UserId", "AuditData", "AssociatedAdminUnits",
                   "AssociatedAdminUnitsNames"])
    for record in records:
        at = record["CreationTime"]
        rows.writerow([record["Id"], f"{at[5:7]}/{at[8:10]}/{at[:4]} {at[11:]}", record["RecordType"], record["Operation"],
                       record["UserId"], json.dumps(record), "", ""])
    return "\ufeff" + out.getvalue()


def sign_ins(seed):
    """Tries of the intruder on accounts of customers, one a day and account, and sign-ins of the vendor's people."""
    dice, rows = Dice(f"{seed}/sign-ins"), []

    def add(at, customer, account, address, code, tenant):
        rows.append({"id": dice.guid(), "createdDateTime": f"{at:%Y-%m-%dT%H:%M:%SZ}", "userPrincipalName": account,
                     "userId": dice.guid(), "appId": OUTLOOK, "appDisplayName": "Office", "ipAddress": address,
                     "clientAppUsed": "Authenticated SMTP" if customer else "Browser", "userAgent": "BAV2ROPC" if customer else "Mozilla/5.0",
                     "authenticationProtocol": "ropc" if customer else "none", "isInteractive": True,
                     "signInEventTypes": ["interactiveUser"], "homeTenantId": tenant, "resourceTenantId": tenant,
                     "status": {"errorCode": code, "failureReason": "Invalid username or password." if code else "Other."}})

    sprayed, (bank, local) = cast.BY_ID[SPRAYED], STOLEN_ACCOUNT
    doors = [access.ADDRESSES[1], *OTHER_DOORS]
    for day in range(12):
        began = T("2025-10-27T01:05") + datetime.timedelta(days=day)
        for place, name in enumerate(SPRAYED_ACCOUNTS):
            at = began + datetime.timedelta(seconds=100 * place + dice.below(90))
            add(at, SPRAYED, f"{name}@{sprayed.domain}", doors[place % len(doors)], 50126, sprayed.tenant)
        customer = cast.BY_ID[bank]
        add(began + datetime.timedelta(minutes=90), bank, f"{local}@{customer.domain}", doors[0], 50126, customer.tenant)
    for day in range(20):
        for mailbox in cast.MAILBOXES[:8]:
            at = T("2025-10-20T06:00") + datetime.timedelta(days=day, minutes=dice.below(200))
            add(at, None, cast.staff_address(mailbox.key)[1], OFFICE, 0, TENANT)
    rows.sort(key=lambda row: (row["createdDateTime"], row["id"]))
    return json.dumps({"value": rows}, indent=1) + "\n"
