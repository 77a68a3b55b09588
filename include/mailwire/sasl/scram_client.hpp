// SPDX-License-Identifier: BSL-1.0
// SCRAM, RFC 5802 and RFC 7677: the client, without channel binding.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/base64.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/core/sink.hpp"
#include "mailwire/sasl/fault.hpp"
#include "mailwire/sasl/gs2.hpp"
#include "mailwire/sasl/hash.hpp"
#include "mailwire/sasl/limits.hpp"
#include "mailwire/sasl/mechanism.hpp"
#include "mailwire/sasl/nonce.hpp"
#include "mailwire/sasl/reader.hpp"
#include "mailwire/sasl/scram_keys.hpp"
#include "mailwire/sasl/scram_message.hpp"
#include "mailwire/sasl/secret.hpp"
#include "mailwire/sasl/store.hpp"

namespace mailwire::sasl {

// The answer to the server's first message takes as long as the server's iterations ask for, within the limits. Only
// after the server's last message is the exchange complete: until then anybody may be the server.
template <typename Hash, crypto<Hash> Crypto> class scram_client {
public:
    static constexpr std::string_view name() { return scram_name<Hash>; }
    static constexpr bool client_first = true;

    // The lent memory takes the first message: the names, the nonce and 20 octets. The password stays valid until the
    // server's first message has been answered; nothing else is kept.
    scram_client(Crypto& hashes, const credentials& who, const nonce& once, std::span<char> lent,
                 const limits& allowed = {}, channel_binding binding = channel_binding::unsupported)
        : hashes_(&hashes), password_(who.password), least_(allowed.least_iterations), most_(allowed.most_iterations),
          progress_(allowed), own_(judge(who, once)) {
        if (!own_) write_first(who, once, lent, binding);
    }

    sasl::step step(std::string_view challenge, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(challenge); refused.status == status::failed) return refused;
        const sasl::step s = progress_.settle(answer(challenge, out));
        if (s.fault != fault::no_room) ++answered_;
        return s;
    }
    bool complete() const { return progress_.complete(); }

private:
    static constexpr std::size_t digest_digits = base64_encoded_size(Hash::size);

    static finding judge(const credentials& who, const nonce& once) {
        if (once.empty()) return {fault::bad_nonce, 0};
        if (who.user.empty() || who.password.empty()) return {fault::bad_credential, 0};
        return {};
    }

    void write_first(const credentials& who, const nonce& once, std::span<char> lent, channel_binding binding) {
        if (octets_of({who.user, who.authorization}) > lent.size()) {
            own_ = {fault::no_memory, 0};
            return;
        }
        for (const std::string_view part : {who.user, who.password, who.authorization}) {
            if (const finding found = check_text(part)) {
                own_ = {fault::bad_credential, found.offset};
                return;
            }
        }
        span_sink to(lent);
        write_gs2_header(to, binding, who.authorization);
        const std::size_t header = to.size();
        to.put("n=");
        write_saslname(to, who.user);
        to.put(",r=");
        to.put(once.view());
        if (!to.ok()) {
            own_ = {fault::no_memory, 0};
            return;
        }
        first_ = to.view();
        header_ = head_of(first_, header);
        nonce_ = tail_of(first_, first_.size() - once.view().size());
    }

    sasl::step answer(std::string_view challenge, std::span<char> out) {
        switch (answered_) {
        case 0:
            return begin(challenge, out);
        case 1:
            return prove(challenge, out);
        case 2:
            return verify(challenge);
        default:
            return failure(fault::unexpected_message);
        }
    }

    sasl::step begin(std::string_view challenge, std::span<char> out) const {
        if (own_) return failure(own_);
        if (!challenge.empty()) return failure(fault::unexpected_message);
        span_sink to(out);
        to.put(first_);
        return to.ok() ? sasl::step{status::more, to.size()} : no_room(to.size());
    }

    sasl::step prove(std::string_view challenge, std::span<char> out) {
        scram_server_first server;
        if (const finding found = scram_server_first::read(challenge, server)) return failure(found);
        if (!server.nonce.starts_with(nonce_) || server.nonce == nonce_) return failure(fault::wrong_nonce, 2);
        if (server.iterations < least_) return failure(fault::too_few_iterations, server.iterations_offset);
        if (server.iterations > most_) return failure(fault::too_many_iterations, server.iterations_offset);
        std::array<char, longest_salt> salt{};
        const base64_result decoded = base64_decode(server.salt, salt);
        if (!decoded) {
            const bool long_one = decoded.error == base64_error::room;
            return failure(long_one ? fault::too_long : fault::bad_syntax, server.salt_offset + decoded.offset);
        }

        span_sink to(out);
        to.put("c=");
        write_base64(to, header_);
        to.put(",r=");
        to.put(server.nonce);
        const std::size_t needed = to.size() + 3 + digest_digits;
        if (needed > out.size()) return no_room(needed);
        secret_octets<Hash::size> proof;
        if (!sign({salt.data(), decoded.size}, server.iterations, challenge, to.view(), proof)) {
            return failure(fault::crypto_failed);
        }
        to.put(",p=");
        write_base64(to, proof.view());
        return {status::more, to.size()};
    }

    // AuthMessage     := client-first-message-bare + "," + server-first-message + "," +
    //                    client-final-message-without-proof
    // ClientSignature := HMAC(StoredKey, AuthMessage)
    // ClientProof     := ClientKey XOR ClientSignature
    // ServerSignature := HMAC(ServerKey, AuthMessage)
    bool sign(std::string_view salt, std::uint32_t iterations, std::string_view server_first,
              std::string_view without_proof, secret_octets<Hash::size>& proof) {
        constexpr std::string_view comma = ",";
        const std::string_view bare = tail_of(first_, header_.size());
        scram_keys<Hash> keys;
        hmac_key<Hash> key;
        if (!keys.derive(*hashes_, password_, salt, iterations)) return false;
        if (!key.set(*hashes_, keys.stored.view())) return false;
        if (!key.sign(*hashes_, proof.span(), bare, comma, server_first, comma, without_proof)) return false;
        exclusive_or(proof.span(), keys.client.view());
        if (!key.set(*hashes_, keys.server.view())) return false;
        return key.sign(*hashes_, server_signature_.span(), bare, comma, server_first, comma, without_proof);
    }

    sasl::step verify(std::string_view challenge) {
        scram_server_final server;
        if (const finding found = scram_server_final::read(challenge, server)) return failure(found);
        if (server.error) return failure(fault::refused);
        std::array<char, Hash::size> signature{};
        const base64_result decoded = base64_decode(server.verifier, signature);
        if (!decoded && decoded.error != base64_error::room) {
            return failure(fault::bad_syntax, server.verifier_offset + decoded.offset);
        }
        const std::string_view shown(signature.data(), decoded.error == base64_error::none ? decoded.size : 0);
        const bool same = equal_in_constant_time(shown, server_signature_.view());
        wipe(server_signature_.span());
        return same ? sasl::step{status::done} : failure(fault::bad_server_signature, server.verifier_offset);
    }

    Crypto* hashes_;
    std::string_view password_;
    std::uint32_t least_;
    std::uint32_t most_;
    progress progress_;
    finding own_;
    unsigned answered_ = 0;
    std::string_view first_;
    std::string_view header_;
    std::string_view nonce_;
    secret_octets<Hash::size> server_signature_;
};

template <crypto<sha_1> Crypto> using scram_sha_1_client = scram_client<sha_1, Crypto>;
template <crypto<sha_256> Crypto> using scram_sha_256_client = scram_client<sha_256, Crypto>;

} // namespace mailwire::sasl
