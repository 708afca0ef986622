/* check_test.c - each check accepts made-up valid numbers and refuses them with one digit changed. */
#include "hostile/scan/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "hostile/scan/digits.h"
#include "hostile/scan/value.h"

static gboolean accepts(const char *name, const char *value)
{
    Check check = check_find(name);
    if (!check) {
        print_error("no check is called %s\n", name);
        return FALSE;
    }
    Candidate candidate = {.text = span_of_string(value), .start = 0, .end = strlen(value)};
    candidate.plain = candidate.text;
    return check(&candidate);
}

static const struct {
    const char *check, *valid, *invalid;
} numbers[] = {
    {"aadhaar", "482739150627", "482739150628"},
    {"aadhaar", "730582149639", "130582149639"},
    {"aba", "021001237", "021001238"},
    {"ahv", "7561234567897", "7561234567898"},
    {"amka", "12038512344", "32038512344"},
    {"bic", "DEUTDEFF500", "DEUTQQFF500"},
    {"bic", "NWBKGB2L", "NWB1GB2L"},
    {"bsn", "285173649", "285173648"},
    {"card", "4111112222333347", "4111112222333348"},
    {"card", "378282246312340", "37828224631234"},
    {"card", "3530111122223330", "9530111122223330"},
    {"cnp", "1850312400127", "1851312400127"},
    {"cnpj", "48273915000105", "48273915000106"},
    {"codice-fiscale", "BNCLRA85M41F205C", "BNCLRA85M41F205D"},
    {"cpf", "48273915050", "11111111111"},
    {"cpr", "1203854321", "3203854321"},
    {"curp", "GOMC850312HDFMRR04", "GOMC850312HDFMRR05"},
    {"date", "29.2.2024", "29.2.2023"},
    {"date", "1985-03-12", "1985-13-12"},
    {"date", "12/31/1985", "31/31/1985"},
    {"dni", "48273915C", "48273915D"},
    {"dni", "X2482317L", "X2482317M"},
    {"egn", "8503121230", "8503121231"},
    {"email", "a@b.example", "a@b.png"},
    {"fodselsnummer", "12038540090", "12038540091"},
    {"hetu", "120385234M", "120385234N"},
    {"iban", "DE41500105170123456789", "DE42500105170123456789"},
    {"iban", "GB29NWBK60161331926819", "GB29NWBK6016133192681"},
    {"id-il", "048273916", "048273917"},
    {"id-za", "8503125084082", "8503125084083"},
    {"imei", "354827391506241", "354827391506242"},
    {"inn", "774827391513", "774827391514"},
    {"ipv4", "198.51.100.7", "192.168.0.7"},
    {"ipv4", "203.0.113.255", "203.0.113.256"},
    {"ipv6", "2001:db8::25:1", "2001:db8:25:1"},
    {"itin", "912734856", "912494856"},
    {"kvnr", "A123456780", "A123456781"},
    {"luhn", "4111112222333347", "4111112222333346"},
    {"mbi", "1EG4TE5MK73", "1SG4TE5MK73"},
    {"medicare-au", "2482739161", "2482739171"},
    {"national-number-be", "85073003328", "85073003329"},
    {"national-number-be", "02041512806", "02041512807"},
    {"nhs", "4857773457", "4857773458"},
    {"nif-pt", "247183652", "247183653"},
    {"nino", "JG103759A", "GB103759A"},
    {"nir", "185067812345608", "185067812345609"},
    {"not-trivial", "4827391", "1234567"},
    {"npi", "1482739152", "1482739153"},
    {"nric", "S8512345I", "S8512345J"},
    {"oib", "94583217067", "94583217068"},
    {"pan", "BNZPM2501F", "BNZXM2501F"},
    {"personnummer", "8503121231", "8503121232"},
    {"pesel", "02261543210", "02261543211"},
    {"phone-international", "493055501234", "099305550123"},
    {"phone-national", "03055501234", "00305550123"},
    {"phone-us", "2025550143", "1025550143"},
    {"pps", "4827391O", "4827391P"},
    {"pps", "3058214GA", "3058214GB"},
    {"resident-id-cn", "110105198503121234", "110105198503121235"},
    {"rodne-cislo", "8553121236", "8553121237"},
    {"rrn", "8503121234565", "8503121234566"},
    {"rut", "124827396", "124827397"},
    {"rvnr", "65170839J003", "65170839J004"},
    {"sin", "482739158", "482739159"},
    {"snils", "14827391589", "14827391590"},
    {"ssn", "536224871", "666224871"},
    {"steuer-id", "47036892525", "47036892526"},
    {"svnr-at", "4828120385", "4829120385"},
    {"tckn", "48273915010", "48273915011"},
    {"tfn", "482739108", "482739109"},
    {"vin", "1HGCM82673A123456", "1HGCM82603A123456"},
    {"vin-form", "WVWZZZ1JZ3W654321", "WVWZZZ1JZ3W65432O"},
};

static void one_digit_decides(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
        if (!accepts(numbers[i].check, numbers[i].valid))
            fail_msg("%s refuses %s", numbers[i].check, numbers[i].valid);
        if (accepts(numbers[i].check, numbers[i].invalid))
            fail_msg("%s accepts %s", numbers[i].check, numbers[i].invalid);
    }
}

/* No check may look beyond what it is given, however short. */
static void nothing_is_too_short(void **state)
{
    (void)state;
    for (const char *const *name = check_names(); *name; name++) {
        if (g_strv_contains((const char *const[]){"date", "ipv4", "ipv6", "email", "jwt", "pem", NULL},
                            *name))
            continue; /* their shapes see to it: they read the text, not the normalised value */
        for (gsize n = 1; n < 20; n++) {
            g_autofree char *digits = g_strnfill(n, '7');
            accepts(*name, digits);
        }
        assert_false(accepts(*name, "7"));
    }
}

static const struct {
    const char *value;
    gboolean accepted;
} words[] = {
    {"Sommer2024!", TRUE}, {"hunter2", TRUE},     {"qwErty", TRUE},        {"tr!ck$ter", TRUE},
    {"please", FALSE},     {"Summer", FALSE},     {"<password>", FALSE},   {"********", FALSE},
    {"xxxxxxxx", FALSE},   {"${DB_PASS}", FALSE}, {"self-service", FALSE}, {"don't", FALSE},
    {"and/or", FALSE},     {"{{secret}}", FALSE}, {"[hidden]", FALSE},
};

static void a_word_is_no_password(void **state)
{
    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (accepts("password", words[i].value) != words[i].accepted)
            fail_msg("%s", words[i].value);
}

/* python-stdnum's numbers, by module: what we claim to check must agree. Of the invalid ones, those with an
 * impossible component (a serial that only that country's century rule excludes) and those with a wrong sign
 * (which a rule's shape refuses, not its check) are left out. */
static const struct {
    const char *module, *check;
    Normalisation normalisation;
} modules[] = {
    {"at.vnr", "svnr-at", NORMALISE_DIGITS},
    {"au.tfn", "tfn", NORMALISE_DIGITS},
    {"be.nn", "national-number-be", NORMALISE_DIGITS},
    {"bg.egn", "egn", NORMALISE_DIGITS},
    {"bic", "bic", NORMALISE_ALNUM_UPPER},
    {"br.cpf", "cpf", NORMALISE_DIGITS},
    {"ca.sin", "sin", NORMALISE_DIGITS},
    {"ch.ssn", "ahv", NORMALISE_DIGITS},
    {"cn.ric", "resident-id-cn", NORMALISE_ALNUM_UPPER},
    {"de.idnr", "steuer-id", NORMALISE_DIGITS},
    {"dk.cpr", "cpr", NORMALISE_DIGITS},
    {"es.dni", "dni", NORMALISE_ALNUM_UPPER},
    {"es.nie", "dni", NORMALISE_ALNUM_UPPER},
    {"fi.hetu", "hetu", NORMALISE_ALNUM_UPPER},
    {"fr.nir", "nir", NORMALISE_ALNUM_UPPER},
    {"gb.nhs", "nhs", NORMALISE_DIGITS},
    {"gr.amka", "amka", NORMALISE_DIGITS},
    {"hr.oib", "oib", NORMALISE_DIGITS},
    {"iban", "iban", NORMALISE_ALNUM_UPPER},
    {"ie.pps", "pps", NORMALISE_ALNUM_UPPER},
    {"in_.aadhaar", "aadhaar", NORMALISE_DIGITS},
    {"in_.pan", "pan", NORMALISE_ALNUM_UPPER},
    {"kr.rrn", "rrn", NORMALISE_DIGITS},
    {"luhn", "luhn", NORMALISE_DIGITS},
    {"mx.curp", "curp", NORMALISE_ALNUM_UPPER},
    {"nl.bsn", "bsn", NORMALISE_DIGITS},
    {"no.fodselsnummer", "fodselsnummer", NORMALISE_DIGITS},
    {"pl.pesel", "pesel", NORMALISE_DIGITS},
    {"pt.nif", "nif-pt", NORMALISE_DIGITS},
    {"ro.cnp", "cnp", NORMALISE_DIGITS},
    {"se.personnummer", "personnummer", NORMALISE_DIGITS},
    {"tr.tckimlik", "tckn", NORMALISE_DIGITS},
    {"us.itin", "itin", NORMALISE_DIGITS},
    {"us.rtn", "aba", NORMALISE_DIGITS},
    {"us.ssn", "ssn", NORMALISE_DIGITS},
    {"za.idnr", "id-za", NORMALISE_DIGITS},
};

/* Compare one line of the table; counts it if its module is one of ours. */
static void compare_line(char **fields, guint *compared)
{
    for (guint i = 0; i < G_N_ELEMENTS(modules); i++) {
        if (strcmp(modules[i].module, fields[0]) != 0 || strstr(fields[3], "InvalidComponent") ||
            strstr(fields[3], "InvalidFormat"))
            continue;
        g_autofree char *plain = g_strdup(fields[1]);
        plain[value_normalise(modules[i].normalisation, span_of_string(fields[1]), plain)] = '\0';
        gboolean valid = fields[2][0] == '1';
        if (*plain && accepts(modules[i].check, plain) != valid)
            fail_msg("%s: %s is %s", modules[i].module, fields[1], valid ? "valid" : "invalid");
        ++*compared;
    }
}

static void the_checks_agree_with_the_corpus(void **state)
{
    (void)state;
    const char *corpora = g_getenv("CANDOR_CORPORA");
    g_autofree char *path =
        g_build_filename(corpora ? corpora : "../shared/corpora", "pii/stdnum/numbers.tsv", NULL);
    g_autofree char *table = NULL;
    if (!g_file_get_contents(path, &table, NULL, NULL)) {
        print_message("skipped: no %s; set CANDOR_CORPORA to the corpora's folder\n", path);
        skip();
    }
    g_auto(GStrv) lines = g_strsplit(table, "\n", -1);
    guint compared = 0;
    for (char **line = lines + 1; *line && **line; line++) {
        g_auto(GStrv) fields = g_strsplit(*line, "\t", 5);
        compare_line(fields, &compared);
    }
    assert_true(compared > 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_digit_decides),
        cmocka_unit_test(nothing_is_too_short),
        cmocka_unit_test(a_word_is_no_password),
        cmocka_unit_test(the_checks_agree_with_the_corpus),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
