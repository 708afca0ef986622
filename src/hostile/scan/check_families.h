/* check_families.h - the checks by family, for check.c's table and the unit tests. */
#pragma once
#include "hostile/scan/check.h"

/* X(name in YAML, function suffix), sorted by name. */
// clang-format off
#define CHECKS(X) \
    X("aadhaar", aadhaar) X("aba", aba) X("ahv", ahv) \
    X("amka", amka) X("bic", bic) X("bsn", bsn) \
    X("card", card) X("cnp", cnp) X("cnpj", cnpj) \
    X("codice-fiscale", codice_fiscale) X("cpf", cpf) X("cpr", cpr) \
    X("credential", credential) X("curp", curp) X("date", date) \
    X("dni", dni) X("egn", egn) X("email", email) \
    X("fodselsnummer", fodselsnummer) X("has-digits", has_digits) X("hetu", hetu) \
    X("iban", iban) X("id-il", id_il) X("id-za", id_za) \
    X("imei", imei) X("inn", inn) X("ipv4", ipv4) \
    X("ipv6", ipv6) X("itin", itin) X("jwt", jwt) \
    X("kvnr", kvnr) X("luhn", luhn) X("mbi", mbi) \
    X("medicare-au", medicare_au) X("national-number-be", national_number_be) X("nhs", nhs) \
    X("nif-pt", nif_pt) X("nino", nino) X("nir", nir) \
    X("not-trivial", not_trivial) X("npi", npi) X("nric", nric) \
    X("oib", oib) X("pan", pan) X("password", password) \
    X("pem", pem) X("personnummer", personnummer) X("pesel", pesel) \
    X("phone-international", phone_international) X("phone-national", phone_national) X("phone-us", phone_us) \
    X("pin", pin) X("pps", pps) X("resident-id-cn", resident_id_cn) \
    X("rodne-cislo", rodne_cislo) X("rrn", rrn) X("rut", rut) \
    X("rvnr", rvnr) X("sin", sin) X("snils", snils) \
    X("ssn", ssn) X("steuer-id", steuer_id) X("svnr-at", svnr_at) \
    X("tckn", tckn) X("tfn", tfn) X("token", token) \
    X("vin", vin) X("vin-form", vin_form)
// clang-format on

#define DECLARE_CHECK(name, suffix) gboolean check_##suffix(Candidate *c);
CHECKS(DECLARE_CHECK)
#undef DECLARE_CHECK
