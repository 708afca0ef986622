/* made_pst.c - writes a made-up PST: `made_pst FILE [N]`. With N, that many items in one folder, for the bench. */
#include <stdio.h>
#include <stdlib.h>

#include "hostile/outlook/pst_make.h"

#define INBOX 0x8042
#define OLD 0x8062
#define SUBTREE 0x8022
#define ITEM(n) (0x200004U + 0x20U * (n))
#define HIDDEN(n) (0x300008U + 0x20U * (n))

static const char *const recipients[] = {"Ines Falk", "Tern Support"};

static void put_many(MadePst *made, guint count)
{
    g_autofree char *body = g_strnfill(2000, 'b');
    made_pst_folder(made, INBOX, SUBTREE, "Inbox", count);
    for (guint i = 0; i < count; i++) {
        g_autofree char *subject = g_strdup_printf("Pallet %u", i);
        const MadeItem item = {.subject = subject,
                               .body = body,
                               .recipients = recipients,
                               .recipient_count = G_N_ELEMENTS(recipients)};
        made_pst_item(made, ITEM(i), INBOX, &item, MADE_LISTED);
    }
}

/* A mailbox with a bit of everything. */
static void put_few(MadePst *made)
{
    static const char headers[] = "From: Ines Falk <ines@alpha-clinic.example>\r\n"
                                  "To: Tern Support <support@tern-logistics.example>\r\n"
                                  "Subject: Pallets for Kiel\r\n"
                                  "Date: Mon, 1 Sep 2025 08:00:00 +0200\r\n"
                                  "Message-ID: <pallets@alpha-clinic.example>\r\n\r\n";
    static const MadeItem within = {.subject = "An older mail",
                                    .body = "Its password is: kestrel-"
                                            "Wharf-19\r\n"};
    static const MadeAttachment attachments[] = {{"list.csv", 1, {"pallet,place\r\n7,Kiel\r\n", 23}, NULL},
                                                 {"An older mail", 5, {NULL, 0}, &within},
                                                 {"plan.pdf", 2, {NULL, 0}, NULL}};
    made_pst_folder(made, INBOX, SUBTREE, "Inbox", 3);
    made_pst_folder(made, OLD, INBOX, "2024", 1);
    made_pst_item(made, ITEM(1), INBOX,
                  &(MadeItem){.subject = "Pallets for Kiel",
                              .headers = headers,
                              .body = "Seven pallets.\r\n",
                              .recipients = recipients,
                              .recipient_count = G_N_ELEMENTS(recipients),
                              .attachments = attachments,
                              .attachment_count = G_N_ELEMENTS(attachments)},
                  MADE_LISTED);
    made_pst_item(made, ITEM(2), OLD,
                  &(MadeItem){.message_class = "IPM.Appointment", .subject = "Loading", .named = "Quay 4"},
                  MADE_LISTED);
    made_pst_item(made, ITEM(3), INBOX, &(MadeItem){.subject = "In no list"}, MADE_UNLISTED);
    made_pst_item(made, ITEM(4), INBOX, &(MadeItem){.subject = "Thrown away"}, MADE_DELETED);
    made_pst_item(
        made, HIDDEN(1), INBOX,
        &(MadeItem){.message_class = "IPM.Note.Rules.OofTemplate.Microsoft",
                    .subject = "Away",
                    .body = "Ask for Tove at the gate.\r\n",
                    .settings = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<s>Gate: rook-Harbour-44</s>\n"},
        MADE_LISTED);
    made_pst_row(made, INBOX, ITEM(8)); /* listed, and not there */
}

int main(int count, char **arguments)
{
    if (count < 2) {
        fprintf(stderr, "usage: made_pst FILE [N]\n");
        return 2;
    }
    MadePst *made = made_pst_new(PST_UNICODE, 1);
    if (count > 2)
        put_many(made, (guint)strtoul(arguments[2], NULL, 10));
    else
        put_few(made);
    g_autoptr(GByteArray) bytes = made_pst_end(made);
    return g_file_set_contents(arguments[1], (const char *)bytes->data, bytes->len, NULL) ? 0 : 1;
}
