// SPDX-License-Identifier: BSL-1.0
// What POP3 values and events say, as text that a test can compare.

#pragma once

#include <mailwire/pop3.hpp>

#include <string>
#include <string_view>

namespace mailwire::pop3::test {

inline std::string quoted(std::string_view octets) { return '[' + std::string(octets) + ']'; }

inline std::string describe(const error& e) {
    std::string text = std::string(name_of(e.code)) + " at " + std::to_string(e.offset);
    if (e.maximum != 0) {
        text += " (" + std::to_string(e.actual) + " of " + std::to_string(e.maximum) + ")";
    }
    return text;
}

inline std::string describe(const item<slot::command>& command) {
    std::string text = "unknown " + (command.known() ? std::string("?") : std::string(command.name().spelled()));
    if (!command.known() && !command.rest().empty()) {
        text += ' ' + quoted(command.rest());
    }
    const auto number = [](std::uint32_t n) { return ' ' + std::to_string(n); };
    on(
        command, [&](quit) { text = "QUIT"; }, [&](stat) { text = "STAT"; }, [&](noop) { text = "NOOP"; },
        [&](rset) { text = "RSET"; }, [&](capa) { text = "CAPA"; },
        [&](const list& c) { text = c.message == 0 ? "LIST all" : "LIST" + number(c.message); },
        [&](const uidl& c) { text = c.message == 0 ? "UIDL all" : "UIDL" + number(c.message); },
        [&](const retr& c) { text = "RETR" + number(c.message); },
        [&](const dele& c) { text = "DELE" + number(c.message); },
        [&](const top& c) { text = "TOP" + number(c.message) + number(c.lines); },
        [&](const user& c) { text = "USER " + quoted(c.name); },
        [&](const pass& c) { text = "PASS " + quoted(c.password); },
        [&](const apop& c) { text = "APOP " + quoted(c.name) + ' ' + quoted(c.digest); },
        [&](const auth& c) {
            text = "AUTH " + std::string(c.mechanism);
            if (!c.initial_response.empty()) text += ' ' + quoted(c.initial_response);
        },
        [&](stls) { text = "STLS"; }, [&](utf8) { text = "UTF8"; },
        [&](const lang& c) { text = c.range.empty() ? "LANG all" : "LANG " + quoted(c.range); });
    return text;
}

inline std::string describe(const item<slot::capability>& capability) {
    std::string text = "unknown " + (capability.known() ? std::string("?") : std::string(capability.name().spelled()));
    if (!capability.known() && !capability.rest().empty()) {
        text += ' ' + quoted(capability.rest());
    }
    const auto per_user = [](bool yes) { return yes ? " per user" : ""; };
    namespace caps = pop3::capability;
    on(
        capability, [&](caps::top) { text = "TOP"; }, [&](caps::user) { text = "USER"; },
        [&](caps::resp_codes) { text = "RESP-CODES"; }, [&](caps::pipelining) { text = "PIPELINING"; },
        [&](caps::uidl) { text = "UIDL"; }, [&](const caps::sasl& c) { text = "SASL " + quoted(c.mechanisms.line()); },
        [&](const caps::implementation& c) { text = "IMPLEMENTATION " + quoted(c.text.line()); },
        [&](caps::stls) { text = "STLS"; }, [&](caps::auth_resp_code) { text = "AUTH-RESP-CODE"; },
        [&](caps::lang) { text = "LANG"; },
        [&](const caps::utf8& c) { text = std::string("UTF8") + (c.user ? " USER" : ""); },
        [&](const caps::login_delay& c) { text = "LOGIN-DELAY " + std::to_string(c.seconds) + per_user(c.per_user); },
        [&](const caps::expire& c) {
            text =
                "EXPIRE " + (c.days == capability_set::never ? "NEVER" : std::to_string(c.days)) + per_user(c.per_user);
        });
    return text;
}

inline std::string describe_extra(std::string_view extra) { return extra.empty() ? "" : ' ' + quoted(extra); }

inline std::string describe(const drop_listing& d) {
    return std::to_string(d.messages) + " messages " + std::to_string(d.octets) + " octets" + describe_extra(d.extra);
}
inline std::string describe(const scan_listing& s) {
    return "message " + std::to_string(s.message) + ' ' + std::to_string(s.octets) + " octets" +
           describe_extra(s.extra);
}
inline std::string describe(const unique_id& u) {
    return "message " + std::to_string(u.message) + " id " + quoted(u.id);
}

inline std::string describe(const language& l) { return "language " + std::string(l.tag) + ' ' + quoted(l.text); }
inline std::string describe(const language_listing& l) {
    return "language " + std::string(l.tag) + (l.description.empty() ? "" : ' ' + quoted(l.description));
}
inline std::string describe(const mechanism_listing& m) { return "mechanism " + std::string(m.name); }
inline std::string describe(const sasl_line& l) { return l.cancelled ? "cancel" : "response " + quoted(l.base64); }
inline std::string describe(const challenge& c) { return "challenge " + quoted(c.base64); }

inline std::string describe_text(response_code code, std::string_view text) {
    return (code ? " code " + quoted(code.levels) : "") + (text.empty() ? "" : ' ' + quoted(text));
}

inline std::string describe(const greeting& g) {
    return "+OK" + describe_text(g.code, g.text) + (g.timestamp.empty() ? "" : " timestamp " + quoted(g.timestamp));
}

inline std::string describe(const reply& r, answer_form form) {
    if (r.ok && form == answer_form::drop_listing) {
        return "+OK " + describe(r.drop);
    }
    if (r.ok && form == answer_form::scan_listing) {
        return "+OK " + describe(r.scan);
    }
    if (r.ok && form == answer_form::unique_id) {
        return "+OK " + describe(r.unique);
    }
    if (r.ok && form == answer_form::language) {
        return "+OK " + describe(r.language);
    }
    return (r.ok ? "+OK" : "-ERR") + describe_text(r.code, r.text);
}

inline std::string describe(const client_event& e) {
    switch (e.kind) {
    case client_event_kind::need_input:
        return "need input";
    case client_event_kind::greeting:
        return e.ok ? "greeting " + describe(e.greeting())
                    : "refused" + describe_text(e.greeting().code, e.greeting().text);
    case client_event_kind::reply:
        return describe(e.reply(), e.form);
    case client_event_kind::scan_listing:
        return describe(e.scan_listing());
    case client_event_kind::unique_id:
        return describe(e.unique_id());
    case client_event_kind::capability:
        return "can " + describe(e.capability());
    case client_event_kind::language:
        return describe(e.language());
    case client_event_kind::mechanism:
        return describe(e.mechanism());
    case client_event_kind::challenge:
        return "challenge " + quoted(e.challenge);
    case client_event_kind::start_tls:
        return "start TLS";
    case client_event_kind::body:
        return "body " + quoted(e.body);
    case client_event_kind::end_of_lines:
        return e.bare_line_feed ? "end, bare line feed" : "end";
    case client_event_kind::error:
        return "error " + describe(e.error);
    case client_event_kind::closed:
        return "closed";
    }
    return "?";
}

inline std::string describe(const server_event& e) {
    switch (e.kind) {
    case server_event_kind::need_input:
        return "need input";
    case server_event_kind::need_output:
        return "need output";
    case server_event_kind::need_answer:
        return "need answer";
    case server_event_kind::command:
        return describe(e.command);
    case server_event_kind::response:
        return "response " + quoted(e.response);
    case server_event_kind::cancelled:
        return "cancelled";
    case server_event_kind::start_tls:
        return "start TLS";
    case server_event_kind::error:
        return "error " + describe(e.error);
    case server_event_kind::closed:
        return "closed";
    }
    return "?";
}

} // namespace mailwire::pop3::test
