// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mailwire/core/base64.hpp"
#include "mailwire/core/inbox.hpp"
#include "mailwire/core/parts_of.hpp"

namespace mailwire::pop3 {

// What the line at the front of the receive buffer has of a SASL exchange. It is decoded where it is, and only when it is
// asked for: until then the views of the line stand.
class client_message {
public:
    enum class kind : std::uint8_t { none, encoded, decoded, cancelled };

    // AUTH without an initial response; "*".
    void set_none() { kind_ = kind::none; }
    void set_cancelled() { kind_ = kind::cancelled; }
    // `base64` is in the line; "=" where it has no octets, or empty.
    void set(std::string_view line, std::string_view base64) {
        kind_ = kind::encoded;
        at_ = base64.empty() ? 0 : static_cast<std::size_t>(base64.data() - line.data());
        size_ = base64.size();
    }

    bool is_cancelled() const { return kind_ == kind::cancelled; }

    // Its octets; nothing where there is no message. Requires: the line is at the front of the buffer.
    std::optional<std::string_view> decode(inbox& from) {
        if (kind_ == kind::none || kind_ == kind::cancelled) return std::nullopt;
        if (kind_ == kind::encoded) {
            const std::string_view text = head_of(tail_of(from.view(), at_), size_);
            size_ = text == "=" ? 0 : base64_decode(text, from.front(at_ + size_)).size;
            kind_ = kind::decoded;
        }
        return head_of(from.view(), size_);
    }

private:
    std::size_t at_ = 0;
    std::size_t size_ = 0;
    kind kind_ = kind::none;
};

} // namespace mailwire::pop3
