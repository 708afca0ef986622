/* case_folder.h - a case as a command meets it: its folder, its configuration, its keys. */
#pragma once
#include "cli/case_config.h"
#include "cli/command.h"
#include "store/store.h"

typedef struct {
    char *folder;
    CaseConfig *config;
    CaseKeys *keys; /* NULL when opened without */
} CaseFolder;

/* Read case.yaml and open the key (store/key_path.h says where it is). MISSING when there is no case. */
CaseFolder *case_folder_open(const char *folder, gboolean with_keys, GError **error);
void case_folder_free(CaseFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CaseFolder, case_folder_free)
/* The store in a role of stages.h. */
Store *case_folder_store(const CaseFolder *folder, const StoreRole *role, GError **error);
