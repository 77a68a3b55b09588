// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "mailwire/core/base64.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/imap/model/session_commands.hpp"
#include "mailwire/imap/session/receiver.hpp"

namespace mailwire::imap::detail {

// What a client has said last in AUTHENTICATE, decoded where it stands in the receive buffer (RFC 9051 6.2.2).
class sasl_message {
public:
    // The initial response of the command; false where it is no base64. "=" is an empty one (RFC 4959 3).
    bool begin(const authenticate& command, receiver& in) {
        const std::string_view base64 = command.initial_response;
        first_ = true;
        present_ = !base64.empty();
        size_ = 0;
        if (base64.empty() || base64 == "=") return true;
        at_ = static_cast<std::size_t>(base64.data() - in.view().data());
        const base64_result decoded = base64_decode(base64, in.front(at_ + base64.size()).subspan(at_));
        size_ = decoded.size;
        return static_cast<bool>(decoded);
    }

    // A line of the exchange, without its CRLF.
    base64_result next(std::string_view line, receiver& in) {
        const base64_result decoded = base64_decode(line, in.front(line.size()));
        first_ = false;
        present_ = true;
        at_ = 0;
        size_ = decoded.size;
        return decoded;
    }

    // Whether it came with the command.
    bool is_first() const { return first_; }
    // Nothing where the command has no initial response.
    std::optional<std::string_view> octets(const receiver& in) const {
        if (!present_) return std::nullopt;
        return head_of(tail_of(in.view(), at_), size_);
    }

private:
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    bool present_ = false;
    bool first_ = true;
};

} // namespace mailwire::imap::detail
