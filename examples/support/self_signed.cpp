// SPDX-License-Identifier: BSL-1.0
#include "support/self_signed.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "support/tls_context.hpp"

namespace support {
namespace {

constexpr long days_good = 30;
constexpr long seconds_of_a_day = 24 * 60 * 60;

void require(bool good) { require_tls(good, "making a certificate"); }

void set_serial_number(X509* certificate) {
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(BN_new(), BN_free);
    require(number != nullptr && BN_rand(number.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1);
    require(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr);
}

void set_name(X509* certificate, const std::string& name) {
    X509_NAME* const subject = X509_get_subject_name(certificate);
    const auto* const octets = reinterpret_cast<const unsigned char*>(name.c_str());
    require(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, octets, -1, -1, 0) == 1);
    require(X509_set_issuer_name(certificate, subject) == 1);
}

void add_extension(X509* certificate, int which, const std::string& value) {
    X509V3_CTX about;
    X509V3_set_ctx(&about, certificate, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, &about, which, value.c_str()), X509_EXTENSION_free);
    require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

} // namespace

void release_certificate::operator()(x509_st* certificate) const { X509_free(certificate); }
void release_key::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

identity make_self_signed(const std::string& name, const std::string& other_names) {
    identity made;
    made.key.reset(EVP_EC_gen("P-256"));
    made.certificate.reset(X509_new());
    X509* const certificate = made.certificate.get();
    require(made.key != nullptr && certificate != nullptr);
    require(X509_set_version(certificate, X509_VERSION_3) == 1);
    set_serial_number(certificate);
    set_name(certificate, name);
    // Clocks differ: it is good for a day already.
    require(X509_gmtime_adj(X509_getm_notBefore(certificate), -seconds_of_a_day) != nullptr);
    require(X509_gmtime_adj(X509_getm_notAfter(certificate), days_good * seconds_of_a_day) != nullptr);
    require(X509_set_pubkey(certificate, made.key.get()) == 1);
    add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate, NID_key_usage, "critical,digitalSignature");
    add_extension(certificate, NID_subject_key_identifier, "hash");
    add_extension(certificate, NID_subject_alt_name, other_names);
    require(X509_sign(certificate, made.key.get(), EVP_sha256()) != 0);
    return made;
}

} // namespace support
