// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "mailwire/core/base64.hpp"
#include "mailwire/core/chars.hpp"

namespace mailwire::sasl {

// printable = %x21-2B / %x2D-7E                        RFC 5802 7: printable ASCII except ","
inline constexpr char_class printable = vchar - octets(",");

// A text that is used once: in SCRAM from either side, in CRAM-MD5 from the server. The randomness comes from the caller.
// A nonce that is no good is empty, and the mechanism it is given to fails with bad_nonce.
class nonce {
public:
    // 128 bits cannot be guessed and do not come twice.
    static constexpr std::size_t least_octets = 16;
    static constexpr std::size_t most_octets = 48;

    // Writes random octets as base64. Requires 16 to 48 octets from the system's generator for secrets, fresh for each
    // exchange: who can foresee or repeat a nonce can replay an exchange.
    static nonce from_octets(std::span<const char> random) {
        nonce made;
        if (random.size() < least_octets || random.size() > most_octets) return made;
        made.size_ = base64_encode({random.data(), random.size()}, made.text_);
        return made;
    }

    // A text that is random already, of 1 to 64 printable octets without ",".
    static nonce from_text(std::string_view text) {
        nonce made;
        if (text.size() > made.text_.size()) return made;
        for (const char c : text) {
            if (!printable(c)) return nonce();
            made.text_[made.size_++] = c;
        }
        return made;
    }

    std::string_view view() const { return {text_.data(), size_}; }
    bool empty() const { return size_ == 0; }

private:
    nonce() = default;

    std::array<char, base64_encoded_size(most_octets)> text_{};
    std::size_t size_ = 0;
};

} // namespace mailwire::sasl
