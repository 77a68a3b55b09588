// SPDX-License-Identifier: BSL-1.0
// What a client logs in with, and what a server asks the program that knows its users. The calls of a store come from
// inside `step` and are answered at once; views they are given live as long as the call.

#pragma once

#include <concepts>
#include <optional>
#include <string_view>

namespace mailwire::sasl {

// A name, its password, and whom to act as; empty: as the user itself. LOGIN and CRAM-MD5 cannot act as another.
// The views stay valid until the exchange has ended; the mechanisms keep no copy of a password.
struct credentials {
    std::string_view user;
    std::string_view password;
    std::string_view authorization = {};
};

// Whether this is the user's password. Compare what is derived from passwords with equal_in_constant_time (secret.hpp).
template <typename S>
concept password_store = requires(S& s, std::string_view user, std::string_view password) {
    { s.check(user, password) } -> std::same_as<bool>;
};

// Whether this user, whose secret was right, may act as that one. Asked only when the client names another than itself.
template <typename S>
concept authorizing_store = requires(S& s, std::string_view user, std::string_view authorization) {
    { s.allows(user, authorization) } -> std::same_as<bool>;
};

// The password of a user as it is, or none. CRAM-MD5 needs it; the view stays valid until `step` has returned.
template <typename S>
concept plaintext_store = requires(S& s, std::string_view user) {
    { s.password(user) } -> std::same_as<std::optional<std::string_view>>;
};

} // namespace mailwire::sasl
