// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string_view>

#include "mailwire/core/chars.hpp"

namespace mail_server {

// The languages of what POP3 clients are told, RFC 6856 3.
enum class tongue { english, german };

struct tongue_info {
    tongue which;
    const char* tag;
    const char* name;
};

inline constexpr tongue_info tongues[] = {{tongue::english, "en", "English"}, {tongue::german, "de", "Deutsch"}};

// What a text is in each of them. They are in UTF-8, and the English ones in ASCII: they are what a client gets that has
// never heard of languages. The lines that the session answers on its own account stay English.
struct pop3_text {
    const char* english;
    const char* german;

    const char* in(tongue which) const { return which == tongue::german ? german : english; }
};

namespace say {

inline constexpr pop3_text bad_exchange{"that is not what the mechanism says", "so spricht das Verfahren nicht"};
inline constexpr pop3_text begin_tls{"begin TLS", "TLS kann beginnen"};
inline constexpr pop3_text cancelled{"as you like", "wie Sie meinen"};
inline constexpr pop3_text deleted{"it goes with QUIT", "sie geht mit QUIT"};
inline constexpr pop3_text done{"done", "erledigt"};
inline constexpr pop3_text failed{"the server could not do it", "der Server konnte es nicht"};
inline constexpr pop3_text goodbye{"goodbye", "auf Wiedersehen"};
inline constexpr pop3_text in_use{"another session has the maildrop", "eine andere Sitzung hat das Postfach"};
inline constexpr pop3_text language{"so it is", "so sei es"};
inline constexpr pop3_text languages{"one line a language", "eine Zeile je Sprache"};
inline constexpr pop3_text lines{"one line a message", "eine Zeile je Nachricht"};
inline constexpr pop3_text mechanisms{"one line a mechanism", "eine Zeile je Verfahren"};
inline constexpr pop3_text message{"the message", "die Nachricht"};
inline constexpr pop3_text needs_utf8{"the message is for clients that have said UTF8",
                                      "die Nachricht ist f\xc3\xbcr Programme, die UTF8 gesagt haben"};
inline constexpr pop3_text no_language{"nobody here speaks that", "das spricht hier niemand"};
inline constexpr pop3_text no_mechanism{"there is no such mechanism here", "so ein Verfahren gibt es hier nicht"};
inline constexpr pop3_text no_message{"no such message", "so eine Nachricht gibt es nicht"};
inline constexpr pop3_text password{"and the password?", "und das Passwort?"};
inline constexpr pop3_text that_is_all{"that is all", "das ist alles"};
inline constexpr pop3_text undeleted{"nothing is deleted", "nichts ist gel\xc3\xb6scht"};
inline constexpr pop3_text unknown{"this server does not know it", "das kennt dieser Server nicht"};
inline constexpr pop3_text utf8{"UTF-8 it is", "dann in UTF-8"};
inline constexpr pop3_text welcome{"welcome", "willkommen"};
inline constexpr pop3_text wrong{"wrong user or password", "falscher Name oder falsches Passwort"};

} // namespace say

// The language that a basic language range asks for, RFC 4647 3.4: the range, or what is left of it without its last
// parts. "*" is English; none if nobody here speaks it.
inline std::optional<tongue_info> tongue_for(std::string_view range) {
    if (range == "*") {
        return tongues[0];
    }
    while (!range.empty()) {
        for (const auto& each : tongues) {
            if (mailwire::equal_ignoring_case(range, each.tag)) {
                return each;
            }
        }
        const std::size_t last = range.rfind('-');
        range = last == std::string_view::npos ? std::string_view() : range.substr(0, last);
    }
    return std::nullopt;
}

} // namespace mail_server
