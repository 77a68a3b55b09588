// SPDX-License-Identifier: BSL-1.0
// The messages of SCRAM, RFC 5802 7: attributes in a fixed order, and optional extensions behind them.

#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "mailwire/core/base64.hpp"
#include "mailwire/core/chars.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/core/sink.hpp"
#include "mailwire/sasl/fault.hpp"
#include "mailwire/sasl/gs2.hpp"
#include "mailwire/sasl/nonce.hpp"
#include "mailwire/sasl/reader.hpp"

namespace mailwire::sasl {

// value      = 1*value-char
// value-char = value-safe-char / "="       ;; UTF8-char except NUL, "=", and ","
inline constexpr char_class scram_value = octet_range(1, 255) - octets(",");

// A message whose octets are UTF-8; what is not is the first fault.
inline reader read_utf8(std::string_view message) {
    reader in(message);
    if (const std::size_t good = utf8_until(message); good != message.size()) in.fail({fault::bad_encoding, good});
    return in;
}

// The value of the attribute that has to be next. Where "m=" stands instead, the peer wants an extension that this side
// must understand and does not (5.1).
inline std::string_view read_attribute(reader& in, char name, const char_class& value = scram_value) {
    if (in.sees('m')) in.fail(fault::unknown_extension);
    in.expect(name);
    in.expect('=');
    return in.some(value);
}

// extensions = attr-val *("," attr-val)
// attr-val   = ALPHA "=" value
//
// Passes over one; those not known are ignored (5.1).
inline void read_extension(reader& in) {
    if (in.at_end() || !alpha(in.rest().front())) return in.fail(fault::bad_syntax);
    read_attribute(in, in.rest().front());
}

// ["," extensions] up to the end.
inline void read_extensions(reader& in) {
    while (in.take(','))
        read_extension(in);
    in.expect_end();
}

// client-first-message      = gs2-header client-first-message-bare
// client-first-message-bare = [reserved-mext ","] username "," nonce ["," extensions]
struct scram_client_first {
    std::string_view gs2_header;
    std::string_view authorization; // with its escapes
    std::string_view bare;
    std::string_view user; // with its escapes
    std::string_view nonce;

    static finding read(std::string_view message, scram_client_first& read) {
        reader in = read_utf8(message);
        read.authorization = read_gs2_header(in);
        read.gs2_header = head_of(message, in.offset());
        read.bare = in.rest();
        if (in.sees('m')) in.fail(fault::unknown_extension);
        in.expect("n=");
        read.user = read_saslname(in);
        in.expect(',');
        read.nonce = read_attribute(in, 'r', printable);
        read_extensions(in);
        return in.found();
    }
};

// server-first-message = [reserved-mext ","] nonce "," salt "," iteration-count ["," extensions]
// posit-number         = %x31-39 *DIGIT
struct scram_server_first {
    std::string_view nonce;
    std::string_view salt; // base64
    std::size_t salt_offset = 0;
    std::uint32_t iterations = 0; // a number too big for 32 bits reads as the biggest
    std::size_t iterations_offset = 0;

    static finding read(std::string_view message, scram_server_first& read) {
        reader in = read_utf8(message);
        read.nonce = read_attribute(in, 'r', printable);
        in.expect(',');
        read.salt = read_attribute(in, 's');
        read.salt_offset = in.offset() - read.salt.size();
        in.expect(',');
        if (in.rest().starts_with("i=0")) in.fail({fault::bad_syntax, in.offset() + 2});
        const std::string_view digits = read_attribute(in, 'i', digit);
        read.iterations_offset = in.offset() - digits.size();
        read.iterations = value_of(digits);
        read_extensions(in);
        return in.found();
    }

private:
    static std::uint32_t value_of(std::string_view digits) {
        constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
        std::uint64_t value = 0;
        for (const char c : digits) {
            value = value * 10 + static_cast<std::uint64_t>(c - '0');
            if (value > most) return static_cast<std::uint32_t>(most);
        }
        return static_cast<std::uint32_t>(value);
    }
};

// client-final-message               = client-final-message-without-proof "," proof
// client-final-message-without-proof = channel-binding "," nonce ["," extensions]
struct scram_client_final {
    std::string_view without_proof;
    std::string_view channel_binding; // base64
    std::string_view nonce;
    std::size_t nonce_offset = 0;
    std::string_view proof; // base64
    std::size_t proof_offset = 0;

    static finding read(std::string_view message, scram_client_final& read) {
        reader in = read_utf8(message);
        read.channel_binding = read_attribute(in, 'c');
        in.expect(',');
        read.nonce = read_attribute(in, 'r', printable);
        read.nonce_offset = in.offset() - read.nonce.size();
        while (in.ok() && !in.rest().starts_with(",p")) {
            in.expect(',');
            read_extension(in);
        }
        read.without_proof = head_of(message, in.offset());
        in.expect(',');
        read.proof = read_attribute(in, 'p');
        read.proof_offset = in.offset() - read.proof.size();
        in.expect_end();
        return in.found();
    }
};

// server-final-message = (server-error / verifier) ["," extensions]
// server-error         = "e=" server-error-value
// verifier             = "v=" base64
struct scram_server_final {
    bool error = false;
    std::string_view verifier; // base64
    std::size_t verifier_offset = 0;

    static finding read(std::string_view message, scram_server_final& read) {
        reader in = read_utf8(message);
        read.error = in.sees('e');
        read.verifier = read_attribute(in, read.error ? 'e' : 'v');
        read.verifier_offset = in.offset() - read.verifier.size();
        read_extensions(in);
        return in.found();
    }
};

// Writes base64 in pieces, so that no room for the whole is needed.
template <sink Out> void write_base64(Out& out, std::string_view octets) {
    constexpr std::size_t piece = 48;
    char digits[base64_encoded_size(piece)];
    for (; !octets.empty(); octets.remove_prefix(octets.size() < piece ? octets.size() : piece))
        out.put({digits, base64_encode(head_of(octets, piece), digits)});
}

// Whether the base64 text is that of the octets; there is one spelling only.
inline bool is_base64_of(std::string_view text, std::string_view octets) {
    if (text.size() != base64_encoded_size(octets.size())) return false;
    constexpr std::size_t piece = 48;
    char digits[base64_encoded_size(piece)];
    for (; !octets.empty(); octets.remove_prefix(octets.size() < piece ? octets.size() : piece)) {
        const std::size_t size = base64_encode(head_of(octets, piece), digits);
        if (head_of(text, size) != std::string_view(digits, size)) return false;
        text.remove_prefix(size);
    }
    return true;
}

} // namespace mailwire::sasl
