/* folders.h - whether two names mean the same mail folder. */
#pragma once
#include <glib.h>

/* A folder's path in one form: case folded, slashes between, the well-known folders by their English names whatever the
 * language, endings of container files (.mbox, .sbd) gone. "" for the root and for what names no folder. g_free. */
char *folder_normal(const char *path);
/* The last part of a normal path; within it. */
const char *folder_leaf(const char *normal);
/* Calendars, contacts and the like: synced by every mail program, and without mail. */
gboolean folder_holds_no_mail(const char *normal);
