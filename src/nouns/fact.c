/* fact.c - the names of kinds, levels and standings. */
#include "nouns/fact.h"

static const char *const kinds[] = {
    [FACT_TAKEN] = "taken",         [FACT_DATA] = "data",         [FACT_UNREAD] = "unread",
    [FACT_CONTACTED] = "contacted", [FACT_TARGETED] = "targeted",
};
static const char *const levels[] = {
    [LEVEL_NONE] = "none",
    [LEVEL_POSSIBLE] = "possible",
    [LEVEL_PRESUMED] = "presumed",
    [LEVEL_CONFIRMED] = "confirmed",
};
static const char *const standings[] = {[STANDING_PARTY] = "party", [STANDING_MENTIONED] = "mentioned"};

static const char *name_of(const char *const *names, gsize count, gint64 value)
{
    return value >= 0 && (gsize)value < count ? names[value] : NULL;
}

static gboolean named(const char *const *names, gsize count, const char *name, guint *value)
{
    for (guint i = 0; i < count; i++)
        if (names[i] && g_str_equal(names[i], name)) {
            *value = i;
            return TRUE;
        }
    return FALSE;
}

const char *fact_kind_name(gint64 kind)
{
    return name_of(kinds, G_N_ELEMENTS(kinds), kind);
}

const char *level_name(gint64 level)
{
    return name_of(levels, G_N_ELEMENTS(levels), level);
}

const char *standing_name(gint64 standing)
{
    return name_of(standings, G_N_ELEMENTS(standings), standing);
}

gboolean fact_kind_named(const char *name, FactKind *kind)
{
    guint value;
    if (!named(kinds, G_N_ELEMENTS(kinds), name, &value))
        return FALSE;
    *kind = (FactKind)value;
    return TRUE;
}

gboolean level_named(const char *name, Level *level)
{
    guint value;
    if (!named(levels, G_N_ELEMENTS(levels), name, &value))
        return FALSE;
    *level = (Level)value;
    return TRUE;
}

gboolean whom_is_person(const char *whom)
{
    return g_str_has_prefix(whom, WHOM_PERSON);
}
