/* outbox.h - rendered notices as files: CASE/outbox/WAVE/REFERENCE.{txt,html,json}, for whoever sends them. */
#pragma once
#include "store/store.h"

/* Letters, digits, '-', '_' and '.', none of them a '.' in front: a name of a folder. */
gboolean wave_name_is_good(const char *wave);
/* The folder of a wave; g_free. */
char *outbox_folder(Store *store, const char *wave);
gboolean outbox_make(const char *folder, GError **error);
/* Write one file whole: under another name first. */
gboolean outbox_put(const char *folder, const char *reference, const char *ending, const char *text,
                    GError **error);
/* Have everything that was put on the disk. */
gboolean outbox_sync(const char *folder, GError **error);
/* Take away rendered files that no act_notice stands for: of an approval that died. */
gboolean outbox_clean(Store *store, GError **error);
/* DENIED names such a file. */
gboolean outbox_is_clean(Store *store, GError **error);
/* SHA-256 of a text in hex; g_free. */
char *text_hash(const char *text);
/* Is there such a file? */
gboolean outbox_has(const char *folder, const char *reference, const char *ending);
/* DENIED unless the file is there and has this hash. */
gboolean outbox_holds(const char *folder, const char *reference, const char *ending, const char *hash,
                      GError **error);
