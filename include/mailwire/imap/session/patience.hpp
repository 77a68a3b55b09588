// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "mailwire/imap/limits.hpp"

namespace mailwire::imap::detail {

// How many commands a server still takes from a client: bad ones in a row, and before the login any.
class patience {
public:
    // One more has come. False where it was one too many.
    bool take_good(const limits& allowed, bool stranger) {
        bad_ = 0;
        return take(allowed, stranger);
    }
    bool take_bad(const limits& allowed, bool stranger) {
        const auto most = stranger ? allowed.bad_commands_before_login : allowed.bad_commands;
        const bool few = take(allowed, stranger);
        return ++bad_ < most && few;
    }
    // The client is another one from here on.
    void begin_anew() { *this = {}; }

private:
    bool take(const limits& allowed, bool stranger) {
        return !stranger || ++before_login_ <= allowed.commands_before_login;
    }

    std::uint16_t bad_ = 0;
    std::uint16_t before_login_ = 0;
};

} // namespace mailwire::imap::detail
