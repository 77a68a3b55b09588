// SPDX-License-Identifier: BSL-1.0
// CRAM-MD5, RFC 2195. The password stays off the wire, but who listens can try guesses against what is on it, and the
// server has to know the password as it is: SCRAM is better in both.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/core/sink.hpp"
#include "mailwire/sasl/fault.hpp"
#include "mailwire/sasl/hash.hpp"
#include "mailwire/sasl/limits.hpp"
#include "mailwire/sasl/mechanism.hpp"
#include "mailwire/sasl/memory.hpp"
#include "mailwire/sasl/nonce.hpp"
#include "mailwire/sasl/reader.hpp"
#include "mailwire/sasl/secret.hpp"
#include "mailwire/sasl/store.hpp"

namespace mailwire::sasl {

// HMAC-MD5 of a challenge as 32 lower-case digits. The 16 octets may be any, NUL as well. False when there is no MD5.
template <crypto<md5> Crypto>
bool cram_digest(Crypto& hashes, std::string_view secret, std::string_view challenge, std::span<char, 32> out) {
    constexpr std::string_view digits = "0123456789abcdef";
    hmac_key<md5> key;
    secret_octets<md5::size> digest;
    if (!key.set(hashes, secret) || !key.sign(hashes, digest.span(), challenge)) return false;
    for (std::size_t i = 0; i != md5::size; ++i) {
        const auto octet = static_cast<unsigned char>(digest[i]);
        out[2 * i] = digits[octet >> 4];
        out[2 * i + 1] = digits[octet & 0xfU];
    }
    return true;
}

template <crypto<md5> Crypto> class cram_md5_client {
public:
    static constexpr std::string_view name() { return "CRAM-MD5"; }
    static constexpr bool client_first = false;

    cram_md5_client(Crypto& hashes, const credentials& who, const limits& allowed = {})
        : hashes_(&hashes), who_(who), progress_(allowed) {}

    sasl::step step(std::string_view challenge, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(challenge); refused.status == status::failed) return refused;
        return progress_.settle(answer(challenge, out));
    }
    bool complete() const { return progress_.complete(); }

private:
    // An empty challenge would make the answer the same every time.
    sasl::step answer(std::string_view challenge, std::span<char> out) const {
        if (progress_.begun()) return failure(fault::unexpected_message);
        if (challenge.empty()) return failure(fault::bad_syntax);
        const std::size_t size = octets_of({who_.user}, 33);
        if (size > out.size()) return no_room(size);
        if (who_.user.empty() || who_.password.empty() || !who_.authorization.empty()) {
            return failure(fault::bad_credential);
        }
        if (const finding found = check_text(who_.user)) return failure(fault::bad_credential, found.offset);
        if (const finding found = check_controls(who_.password)) return failure(fault::bad_credential, found.offset);
        std::array<char, 32> digest{};
        if (!cram_digest(*hashes_, who_.password, challenge, std::span<char, 32>(digest))) {
            return failure(fault::crypto_failed);
        }
        span_sink to(out);
        to.put(who_.user);
        to.put(" ");
        to.put({digest.data(), digest.size()});
        return {status::done, size};
    }

    Crypto* hashes_;
    credentials who_;
    progress progress_;
};

// The challenge is "<" nonce "@" host ">". The lent memory takes it and the user's name. An unknown user, and one with an
// empty password, takes as long as a wrong password.
template <crypto<md5> Crypto, plaintext_store Store> class cram_md5_server {
public:
    static constexpr std::string_view name() { return "CRAM-MD5"; }
    static constexpr bool client_first = false;

    // Requires a host name of printable ASCII; it stays valid until the first call of step has returned.
    cram_md5_server(Crypto& hashes, Store& store, const nonce& once, std::string_view host, std::span<char> lent,
                    const limits& allowed = {})
        : hashes_(&hashes), store_(&store), once_(once), host_(host), memory_(lent), progress_(allowed) {}

    sasl::step step(std::string_view response, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(response); refused.status == status::failed) return refused;
        if (progress_.begun()) return progress_.settle(judge(response));
        return progress_.settle(response.empty() ? challenge(out) : failure(fault::unexpected_message));
    }
    bool complete() const { return progress_.complete(); }
    std::string_view identity() const { return complete() ? user_ : std::string_view(); }

private:
    sasl::step challenge(std::span<char> out) {
        if (once_.empty()) return failure(fault::bad_nonce);
        span_sink to(memory_.rest());
        to.put("<");
        to.put(once_.view());
        to.put("@");
        to.put(host_);
        to.put(">");
        if (!to.ok()) return failure(fault::no_memory);
        if (to.size() > out.size()) return no_room(to.size());
        challenge_ = memory_.take(to.size());
        span_sink copy(out);
        copy.put(challenge_);
        return {status::more, copy.size()};
    }

    // The name may have spaces in it, the digest is what stands behind the last one.
    sasl::step judge(std::string_view response) {
        constexpr char_class lower_hex = digit | octet_range('a', 'f');
        if (complete()) return failure(fault::unexpected_message);
        const std::size_t space = response.rfind(' ');
        if (space == 0 || space == response.npos) return failure(fault::bad_syntax, space == 0 ? 0 : response.size());
        const std::string_view user = head_of(response, space);
        if (const finding found = check_text(user)) return failure(found);
        const std::string_view shown = tail_of(response, space + 1);
        reader in(shown);
        in.any(lower_hex);
        if (!in.at_end() || shown.size() != 32) return failure(fault::bad_syntax, space + 1 + in.offset());
        if (!memory_.keep(user, user_)) return failure(fault::too_long);

        const std::string_view password = store_->password(user_).value_or("");
        secret_octets<32> right;
        if (!cram_digest(*hashes_, password, challenge_, right.span())) return failure(fault::crypto_failed);
        const bool same = equal_in_constant_time(right.view(), shown);
        return same && !password.empty() ? sasl::step{status::done} : failure(fault::not_allowed);
    }

    Crypto* hashes_;
    Store* store_;
    nonce once_;
    std::string_view host_;
    memory memory_;
    progress progress_;
    std::string_view challenge_;
    std::string_view user_;
};

} // namespace mailwire::sasl
