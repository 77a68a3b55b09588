// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/response.hpp"
#include "mailwire/imap/model/writer.hpp"

namespace mailwire::imap {

// The first word of a status response (RFC 9051 7.1).
enum class condition : std::uint8_t { ok, no, bad, bye, preauth };

// A status response, tagged or untagged: what happened, a code a program can use, a text a person can read.
struct status_response {
    imap::condition condition = condition::ok;
    item<slot::resp_text_code> code = {};
    std::string_view text = {};

    static status_response read(cursor& c) {
        status_response result;
        result.condition = condition_of(c.raw());
        if (c.at_absent()) {
            c.skip();
        } else {
            result.code = item<slot::resp_text_code>::read(c);
        }
        result.text = c.raw();
        return result;
    }

    // RFC 9051 7.1: a code is followed by a space and a text that is not empty, also where a reader would do without.
    void write(auto& out) const {
        out.wire(word(condition)).sp();
        if (code) out.raw("[").put(code).raw("] ");
        if (text.empty()) {
            out.raw("-");
        } else {
            if (!code) out.require(text.front() != '[');
            out.human(text);
        }
    }

    static constexpr std::string_view word(imap::condition c) {
        switch (c) {
        case condition::ok:
            return "OK";
        case condition::no:
            return "NO";
        case condition::bad:
            return "BAD";
        case condition::bye:
            return "BYE";
        case condition::preauth:
            return "PREAUTH";
        }
        return "BAD";
    }

private:
    static constexpr imap::condition condition_of(std::string_view word) {
        switch (word.size()) {
        case 2:
            return to_upper(word[0]) == 'O' ? condition::ok : condition::no;
        case 3:
            return to_upper(word[1]) == 'A' ? condition::bad : condition::bye;
        default:
            return condition::preauth;
        }
    }
};

} // namespace mailwire::imap
