// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/seq_of.hpp"

namespace mailwire::imap {

// What of a server's capabilities a client session acts on. What a program wants to know besides comes to it with the
// capability data.
enum class offer : std::uint8_t {
    imap4rev1,
    imap4rev2,
    literal_plus,   // RFC 7888
    literal_minus,  // RFC 7888
    login_disabled, // RFC 9051 6.2.3
};

class offers {
public:
    constexpr bool has(offer o) const { return (bits_ & bit(o)) != 0; }
    constexpr bool known() const { return known_; }

    // Replaces what was known by a list of capabilities (RFC 9051 7.2.2).
    void replace(const seq_of<text>& capabilities) {
        *this = {};
        known_ = true;
        for (const text& name : capabilities) {
            for (std::size_t i = 0; i != names.size(); ++i) {
                if (name.equal_ignoring_case(names[i])) bits_ |= bit(static_cast<offer>(i));
            }
        }
    }

private:
    static constexpr std::array<std::string_view, 5> names{"IMAP4rev1", "IMAP4rev2", "LITERAL+", "LITERAL-",
                                                           "LOGINDISABLED"};
    static constexpr std::uint32_t bit(offer o) { return 1U << static_cast<unsigned>(o); }

    std::uint32_t bits_ = 0;
    bool known_ = false;
};

} // namespace mailwire::imap
