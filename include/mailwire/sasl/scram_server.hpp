// SPDX-License-Identifier: BSL-1.0
// SCRAM, RFC 5802 and RFC 7677: the server, without channel binding.

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
#include "mailwire/sasl/memory.hpp"
#include "mailwire/sasl/nonce.hpp"
#include "mailwire/sasl/scram_keys.hpp"
#include "mailwire/sasl/scram_message.hpp"
#include "mailwire/sasl/secret.hpp"

namespace mailwire::sasl {

// A client that fails gets no "e=" message: the protocol's own answer says all a stranger needs to know.
template <typename Hash, crypto<Hash> Crypto, scram_store<Hash> Store> class scram_server {
public:
    static constexpr std::string_view name() { return scram_name<Hash>; }
    static constexpr bool client_first = true;

    // The lent memory takes the client's first message, its two names once more without escapes, and the server's first
    // message: 1024 octets are enough for names of 255.
    scram_server(Crypto& hashes, Store& store, const nonce& once, std::span<char> lent, const limits& allowed = {})
        : hashes_(&hashes), store_(&store), once_(once), memory_(lent), progress_(allowed) {}

    sasl::step step(std::string_view response, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(response); refused.status == status::failed) return refused;
        const sasl::step s = progress_.settle(answer(response, out));
        if (s.fault == fault::no_room) return s;
        ++answered_;
        if (answered_ == 2 || s.status == status::failed) wipe_keys();
        return s;
    }
    bool complete() const { return progress_.complete(); }
    std::string_view identity() const { return complete() ? identity_ : std::string_view(); }

private:
    sasl::step answer(std::string_view response, std::span<char> out) {
        switch (answered_) {
        case 0:
            return begin(response, out);
        case 1:
            return judge(response, out);
        case 2:
            return response.empty() ? sasl::step{status::done} : failure(fault::bad_syntax);
        default:
            return failure(fault::unexpected_message);
        }
    }

    sasl::step begin(std::string_view response, std::span<char> out) {
        if (once_.empty()) return failure(fault::bad_nonce);
        memory kept = memory_;
        std::string_view message;
        if (!kept.keep(response, message)) return failure(fault::too_long);
        scram_client_first client;
        if (const finding found = scram_client_first::read(message, client)) return failure(found);
        std::string_view user;
        std::string_view authorization;
        if (!keep_name(kept, client.user, user) || !keep_name(kept, client.authorization, authorization)) {
            return failure(fault::too_long);
        }

        const bool known = store_->find(user, record_);
        const std::string_view salt = record_.salt;
        if (salt.empty() && !known) return failure(fault::not_allowed);
        if (salt.empty() || salt.size() > longest_salt || record_.iterations == 0) return failure(fault::bad_record);
        span_sink to(kept.rest());
        write_first(to, client.nonce, salt);
        if (!to.ok()) return failure(fault::too_long);
        if (to.size() > out.size()) return no_room(to.size());
        server_first_ = kept.take(to.size());
        span_sink copy(out);
        copy.put(server_first_);

        known_ = known;
        header_ = client.gs2_header;
        bare_ = client.bare;
        client_nonce_ = client.nonce;
        user_ = user;
        identity_ = authorization.empty() ? user : authorization;
        return {status::more, copy.size()};
    }

    static bool keep_name(memory& kept, std::string_view escaped, std::string_view& name) {
        span_sink to(kept.rest());
        write_unescaped(to, escaped);
        if (to.ok()) name = kept.take(to.size());
        return to.ok();
    }

    template <sink Out> void write_first(Out& to, std::string_view client_nonce, std::string_view salt) const {
        to.put("r=");
        to.put(client_nonce);
        to.put(once_.view());
        to.put(",s=");
        write_base64(to, salt);
        to.put(",i=");
        std::array<char, 10> digits{};
        std::size_t first = digits.size();
        for (std::uint32_t rest = record_.iterations; rest != 0; rest /= 10)
            digits[--first] = static_cast<char>('0' + rest % 10);
        to.put({digits.data() + first, digits.size() - first});
    }

    sasl::step judge(std::string_view response, std::span<char> out) {
        scram_client_final client;
        if (const finding found = scram_client_final::read(response, client)) return failure(found);
        if (!is_base64_of(client.channel_binding, header_)) return failure(fault::channel_binding, 2);
        // The nonce stands at the front of our own first message: "r=" nonce.
        const std::size_t size = client_nonce_.size() + once_.view().size();
        if (client.nonce != head_of(tail_of(server_first_, 2), size))
            return failure(fault::wrong_nonce, client.nonce_offset);
        std::array<char, Hash::size> proof{};
        const base64_result decoded = base64_decode(client.proof, proof);
        if (!decoded && decoded.error != base64_error::room) {
            return failure(fault::bad_syntax, client.proof_offset + decoded.offset);
        }
        const std::size_t needed = 2 + base64_encoded_size(Hash::size);
        if (needed > out.size()) return no_room(needed);

        bool right = false;
        secret_octets<Hash::size> signature;
        if (!check(client.without_proof, proof, right, signature)) return failure(fault::crypto_failed);
        if (!right || !known_ || !decoded || decoded.size != Hash::size) return failure(fault::not_allowed);
        if (identity_ != user_ && !store_->allows(user_, identity_)) return failure(fault::not_allowed);
        span_sink to(out);
        to.put("v=");
        write_base64(to, signature.view());
        return {status::more, to.size()};
    }

    // The ClientKey is the proof XOR HMAC(StoredKey, AuthMessage), and is right when its hash is the StoredKey. False when
    // the hash cannot be computed.
    bool check(std::string_view without_proof, std::span<char, Hash::size> proof, bool& right,
               secret_octets<Hash::size>& server_signature) {
        constexpr std::string_view comma = ",";
        hmac_key<Hash> key;
        secret_octets<Hash::size> client_key;
        secret_octets<Hash::size> hashed;
        if (!key.set(*hashes_, record_.stored_key.view())) return false;
        if (!key.sign(*hashes_, client_key.span(), bare_, comma, server_first_, comma, without_proof)) return false;
        exclusive_or(client_key.span(), {proof.data(), proof.size()});
        const std::string_view parts[] = {client_key.view()};
        if (!Hash::digest(*hashes_, text_parts(parts), hashed.span())) return false;
        right = equal_in_constant_time(hashed.view(), record_.stored_key.view());
        if (!key.set(*hashes_, record_.server_key.view())) return false;
        return key.sign(*hashes_, server_signature.span(), bare_, comma, server_first_, comma, without_proof);
    }

    void wipe_keys() {
        wipe(record_.stored_key.span());
        wipe(record_.server_key.span());
    }

    Crypto* hashes_;
    Store* store_;
    nonce once_;
    memory memory_;
    progress progress_;
    unsigned answered_ = 0;
    bool known_ = false;
    scram_record<Hash> record_;
    std::string_view header_;
    std::string_view bare_;
    std::string_view client_nonce_;
    std::string_view server_first_;
    std::string_view user_;
    std::string_view identity_;
};

template <crypto<sha_1> Crypto, scram_store<sha_1> Store> using scram_sha_1_server = scram_server<sha_1, Crypto, Store>;
template <crypto<sha_256> Crypto, scram_store<sha_256> Store>
using scram_sha_256_server = scram_server<sha_256, Crypto, Store>;

} // namespace mailwire::sasl
