// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace mailwire::sasl {

// Why an exchange came to nothing. Values are grouped by what a caller can do. None of them, and no text made of them,
// holds an octet of a message or of a secret.
enum class fault : std::uint8_t {
    none,

    // The peer's message is no good; the exchange is over.
    bad_syntax,          // the octet at the offset fits no rule of the mechanism
    bad_encoding,        // the octets from the offset on are no UTF-8
    control_character,   // a control character in a name, a password or a token
    too_long,            // a message longer than the limit, or a name longer than the memory that was lent
    too_many_rounds,     // more messages than the limit
    unexpected_message,  // a message where the mechanism has none
    unknown_extension,   // SCRAM: an extension that is mandatory and not known (m=)
    channel_binding,     // SCRAM, OAUTHBEARER: the peer wants channel binding, or its c= is not what it said first
    wrong_nonce,         // SCRAM: not the nonce of this exchange, or nothing was added to it
    too_few_iterations,  // SCRAM: fewer than the limit; the password would be cheap to guess from what we send
    too_many_iterations, // SCRAM: more than the limit; the server would keep this client busy

    // The answer is no.
    bad_server_signature, // SCRAM, client: the server does not know the password; it is not the server it pretends to be
    refused,              // client: the server said no in a message of the mechanism
    not_allowed,          // server: unknown user, wrong secret, or not allowed to act as another

    // Ours: a call, a credential or a record cannot be used. The peer has done nothing wrong.
    bad_credential, // a credential has octets the mechanism cannot carry, or is missing
    bad_nonce,      // a nonce of too few octets, or of octets a nonce may not have
    bad_record,     // what the store found has no salt, too long a salt, or no iterations
    no_room,        // `out` is too small; nothing has changed, and `size` is what it has to hold
    no_memory,      // the lent memory is too small for the mechanism's own message
    crypto_failed,  // the caller's hash function said it cannot do this
};

// True for the faults on this side, which say nothing about the peer.
constexpr bool is_local(fault f) { return f >= fault::bad_credential; }

// What judging a text has found: a fault and the octet it was noticed at. Tests true when there is a fault.
struct finding {
    sasl::fault fault = sasl::fault::none;
    std::size_t offset = 0;

    explicit constexpr operator bool() const { return fault != sasl::fault::none; }
    friend constexpr bool operator==(const finding&, const finding&) = default;
};

// Short English name of a fault for logs and messages; valid for ever.
constexpr const char* name_of(fault f) {
    switch (f) {
    case fault::none:
        return "none";
    case fault::bad_syntax:
        return "bad syntax";
    case fault::bad_encoding:
        return "bad encoding";
    case fault::control_character:
        return "control character";
    case fault::too_long:
        return "too long";
    case fault::too_many_rounds:
        return "too many rounds";
    case fault::unexpected_message:
        return "unexpected message";
    case fault::unknown_extension:
        return "unknown extension";
    case fault::channel_binding:
        return "channel binding";
    case fault::wrong_nonce:
        return "wrong nonce";
    case fault::too_few_iterations:
        return "too few iterations";
    case fault::too_many_iterations:
        return "too many iterations";
    case fault::bad_server_signature:
        return "bad server signature";
    case fault::refused:
        return "refused";
    case fault::not_allowed:
        return "not allowed";
    case fault::bad_credential:
        return "bad credential";
    case fault::bad_nonce:
        return "bad nonce";
    case fault::bad_record:
        return "bad record";
    case fault::no_room:
        return "no room";
    case fault::no_memory:
        return "no memory";
    case fault::crypto_failed:
        return "crypto failed";
    }
    return "unknown";
}

} // namespace mailwire::sasl
