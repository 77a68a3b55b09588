// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/model/status_response.hpp"

namespace mailwire::imap {

// What kind of unit a server has sent (RFC 9051 7).
enum class response_kind : std::uint8_t {
    data,         // "*" and data: FETCH, LIST, EXISTS ...
    status,       // "*" and a status: OK, NO, BAD, BYE, PREAUTH
    tagged,       // the answer to a command: tag and status
    continuation, // "+"
};

// One unit of a server. Valid as long as the unit and the tape it was read from.
class response {
public:
    response() = default;
    response(std::string_view unit, std::span<const token> tokens) : tokens_(unit, tokens) {
        if (unit.front() == '+') {
            kind_ = response_kind::continuation;
        } else if (unit.front() != '*') {
            kind_ = response_kind::tagged;
        } else {
            kind_ = tokens_.at_item() ? response_kind::data : response_kind::status;
        }
    }

    response_kind kind() const { return kind_; }

    // The tag of a tagged response, empty for any other.
    std::string_view tag() const {
        cursor c = tokens_;
        return kind_ == response_kind::tagged ? c.raw() : std::string_view();
    }

    // Requires: kind() is status or tagged.
    status_response status() const {
        cursor c = tokens_;
        if (kind_ == response_kind::tagged) c.skip();
        return status_response::read(c);
    }

    // What stands behind "+". Requires: kind() is continuation.
    std::string_view continuation() const {
        cursor c = tokens_;
        return c.raw();
    }

    // Untagged data as an Alt, whichever production it belongs to.
    template <alternative Alt> bool is() const {
        return kind_ == response_kind::data && tokens_.position()->offset == id_of<Alt>;
    }
    template <alternative Alt> Alt as() const { return data<typename Alt::word::slot>().template as<Alt>(); }

    // Untagged data that begins with a number: EXISTS, EXPUNGE, FETCH.
    bool has_number() const { return kind_ == response_kind::data && digit.contains(tokens_.unit()[2]); }

    // Untagged data with a word that nobody knows.
    bool is_unknown() const { return kind_ == response_kind::data && tokens_.position()->offset == unknown_id; }

    template <typename Slot> item<Slot> data() const {
        cursor c = tokens_;
        return item<Slot>::read(c);
    }

    cursor tokens() const { return tokens_; }

private:
    cursor tokens_;
    response_kind kind_ = response_kind::status;
};

namespace detail {

template <typename F> bool try_response(const response& r, F& f) {
    using wanted = typename mailwire::detail::parameter<F>::type;
    if constexpr (std::is_same_v<wanted, response>) {
        f(r);
        return true;
    } else if constexpr (std::is_same_v<wanted, status_response>) {
        if (r.kind() != response_kind::status && r.kind() != response_kind::tagged) return false;
        f(r.status());
        return true;
    } else {
        if (!r.is<wanted>()) return false;
        f(r.as<wanted>());
        return true;
    }
}

} // namespace detail

// Calls the first of the functions whose parameter is what the response is: any data of the protocol, status_response,
// or response for the rest. Returns whether one was called.
template <typename... Functions> bool on(const response& r, Functions&&... functions) {
    return (detail::try_response(r, functions) || ...);
}

} // namespace mailwire::imap
