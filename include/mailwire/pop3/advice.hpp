// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "mailwire/core/instant.hpp"
#include "mailwire/pop3/model/capabilities.hpp"
#include "mailwire/pop3/model/reply.hpp"

// What a well-behaved client makes of a refused login and of the server's policies. Nothing here acts: it is the
// program that waits, asks its user or goes on.
namespace mailwire::pop3 {

enum class login_advice : std::uint8_t {
    other_method,      // the reason is not said: another mechanism or command may succeed
    other_credentials, // the same name and password are refused again, whatever carries them: ask for others
    wait,              // nothing is wrong with the credentials: log in again later
    give_up,           // nothing will change until somebody mends the server
};

// What to do after -ERR to PASS, APOP or AUTH with this response code. RFC 2449 8, RFC 3206 4 and 5.
constexpr login_advice after_refusal(response_code why) {
    if (why.is(code::auth)) return login_advice::other_credentials;
    if (why.is(code::sys_perm)) return login_advice::give_up;
    if (why.is(code::sys) || why.is(code::login_delay) || why.is(code::in_use)) return login_advice::wait;
    return login_advice::other_method;
}

// The first moment at which the server lets the same user in again, where `last` is when it answered the last login
// with +OK (RFC 2449 6.5). A set read before the login knows only the least delay where the server has one for each
// user (login_delay_per_user); the one read behind the login counts.
constexpr instant next_login(const capability_set& capabilities, instant last) {
    return capabilities.login_delay ? seconds_after(last, capabilities.login_delay_seconds) : last;
}

enum class keep_advice : std::uint8_t {
    fine,       // EXPIRE NEVER: the server removes nothing by itself
    unknown,    // the server does not say
    too_long,   // the server may remove a message before the period is over: warn
    impossible, // EXPIRE 0: what was fetched is gone after QUIT
};

// Whether mail can be left on the server for so many days (capability_set::never: for good). RFC 2449 6.7.
constexpr keep_advice keep_for(const capability_set& capabilities, std::uint32_t days) {
    if (!capabilities.expire) return keep_advice::unknown;
    if (capabilities.expire_days == capability_set::never) return keep_advice::fine;
    if (capabilities.expire_days == 0) return keep_advice::impossible;
    return days >= capabilities.expire_days ? keep_advice::too_long : keep_advice::fine;
}

} // namespace mailwire::pop3
