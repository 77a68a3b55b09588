// SPDX-License-Identifier: BSL-1.0
#include "demo/rows.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <functional>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <mailwire/pop3/advice.hpp>
#include <mailwire/sasl/mechanisms.hpp>

#include "demo/pop3_link.hpp"
#include "support/openssl_hashes.hpp"

namespace demo {
namespace {

namespace sasl = mailwire::sasl;
using octets = std::initializer_list<std::string_view>;

class login_walk {
public:
    login_walk(report& out, const account& who) : out_(out), who_(who) {}

    bool run() {
        if (!first_login()) return false;
        attempt("AUTH", [this] { every_mechanism(); });
        attempt("APOP", [this] { apop(); });
        attempt("a change of mind", [this] { break_off(); });
        attempt("pipelining", [this] { pipelining(); });
        attempt("UTF8", [this] { utf8(); });
        attempt("LANG", [this] { language(); });
        attempt("a wrong password", [this] { wrong_password(); });
        return true;
    }

private:
    void row(pop3_link& mail, std::string_view what, octets expected, std::string understood, bool right,
             octets absent = {}) {
        out_.print({"POP3", what, expected, absent, std::move(understood), right}, mail.wire());
        mail.wire().forget();
    }

    void attempt(const std::string& what, const std::function<void()>& rows) {
        try {
            rows();
        } catch (const std::exception& e) {
            out_.broke("POP3", what + ": " + e.what());
        }
    }

    bool first_login() {
        pop3_link mail(who_.pop3, pop3_link::greeting_only{});
        ask(mail);
        if (who_.pop3.security == security::stls) begin_tls(mail);
        known_ = mail.capabilities();
        const bool ok = mail.run(pop3::user{who_.user}) && mail.run(pop3::pass{who_.password});
        row(mail, "log in: USER and PASS", {"+OK"}, ok ? "in state TRANSACTION" : "refused", ok && is_in(mail));
        if (ok) mail.run(pop3::quit{});
        return ok;
    }

    static bool is_in(pop3_link& mail) { return mail.session().state() == pop3::client_state::transaction; }

    void ask(pop3_link& mail) {
        std::size_t lines = 0;
        const bool ok = mail.run(pop3::capa{}, [&lines](const pop3::client_event& e) {
            lines += e.kind == pop3::client_event_kind::capability;
        });
        row(mail, "ask what the server can do", {"+OK", "\r\nUIDL\r\n", "\r\n.\r\n"},
            std::to_string(lines) + " capabilities, UIDL among them", ok && mail.capabilities().uidl);
    }

    // The server has no STLS any more under TLS, and nothing else that it said in the clear is believed.
    void begin_tls(pop3_link& mail) {
        const bool held_back = mail.session().send(pop3::user{who_.user}) == mailwire::misuse::needs_tls;
        if (!mail.start_tls()) throw std::runtime_error("the server does not begin TLS");
        const bool forgotten = !mail.capabilities().known && !mail.session().apop_offered();
        mail.run(pop3::capa{});
        row(mail, "begin TLS, and ask again", {"+OK", "\r\nUIDL\r\n", "\r\n.\r\n"},
            "the certificate is right; no login goes out before that, and what was said before is forgotten",
            held_back && forgotten && mail.session().secure() && mail.capabilities().known, {"\r\nSTLS\r\n"});
    }

    void every_mechanism() {
        const sasl::credentials who{who_.user, who_.password};
        std::array<char, 1024> memory{};
        // What the server says begins with its part of the nonce ("r=") and ends with its signature ("v=").
        by("SCRAM-SHA-256", {"+ cj", "+ dj", "+OK"}, [&] {
            return sasl::scram_sha_256_client<support::openssl_hashes>(hashes_, who, support::fresh_nonce(), memory);
        });
        by("SCRAM-SHA-1", {"+ cj", "+ dj", "+OK"}, [&] {
            return sasl::scram_sha_1_client<support::openssl_hashes>(hashes_, who, support::fresh_nonce(), memory);
        });
        // The challenge is a msg-id and begins with "<".
        by("CRAM-MD5", {"+ P", "+OK"}, [&] { return sasl::cram_md5_client(hashes_, who); });
        by("PLAIN", {"+OK"}, [&] { return sasl::plain_client(who); });
        by("LOGIN", {"+ ", "+OK"}, [&] { return sasl::login_client(who); });
    }

    // On a connection of its own, if the server lists the mechanism.
    template <typename Make> void by(std::string_view name, octets expected, Make make) {
        const std::string what = "log in: AUTH " + std::string(name);
        if (!known_.mechanisms.has(name)) return out_.skip("POP3", what, "the server does not list it");
        attempt(what, [&] {
            pop3_link mail(who_.pop3);
            auto mechanism = make();
            const bool ok = mail.authenticate(mechanism);
            const std::string_view proof =
                name.starts_with("SCRAM") ? "in state TRANSACTION, and the server has shown that it knows the password"
                                          : "in state TRANSACTION";
            row(mail, what, expected,
                ok ? std::string(proof) : std::string("refused: ") + name_of(mail.session().sasl_fault()),
                ok && mechanism.complete() && is_in(mail));
            if (ok) mail.run(pop3::quit{});
        });
    }

    // The mechanism does not matter, but that the server speaks once before it hears a secret.
    void break_off() {
        constexpr std::string_view what = "break a login off, and log in another way";
        const auto listed =
            std::ranges::find_if(sasl::mechanism_names, [this](auto n) { return known_.mechanisms.has(n); });
        if (listed == sasl::mechanism_names.end()) return out_.skip("POP3", what, "the server lists no mechanism");
        pop3_link mail(who_.pop3);
        bool asked = false;
        mail.send(pop3::auth{.mechanism = *listed});
        const bool refused = !mail.finish([&](const pop3::client_event& e) {
            if (e.kind != pop3::client_event_kind::challenge) return;
            asked = true;
            mail.session().cancel();
        });
        const bool ok = mail.run(pop3::user{who_.user}) && mail.run(pop3::pass{who_.password});
        row(mail, what, {"+ ", "-ERR", "+OK"}, "the server takes the * for an answer",
            asked && refused && ok && is_in(mail));
        mail.run(pop3::quit{});
    }

    void apop() {
        constexpr std::string_view what = "log in: APOP";
        pop3_link mail(who_.pop3);
        if (!mail.session().apop_offered()) {
            const bool forgotten = who_.pop3.security == security::stls && !mail.timestamp().empty();
            return out_.skip("POP3", what,
                             forgotten ? "its timestamp came in the clear" : "the greeting has no timestamp");
        }
        const bool ok = mail.run(pop3::apop{who_.user, digest_for(mail.timestamp())});
        row(mail, what, {"+OK"}, ok ? "in state TRANSACTION" : "refused", ok && is_in(mail));
        if (ok) mail.run(pop3::quit{});
    }

    // RFC 1939 7: MD5 of the timestamp and the password.
    std::string digest_for(const std::string& timestamp) {
        constexpr std::string_view digits = "0123456789abcdef";
        const std::string_view parts[] = {timestamp, who_.password};
        std::array<char, 16> hash{};
        if (!hashes_.md5(parts, hash)) throw std::runtime_error("there is no MD5 here");
        std::string text;
        for (const char c : hash) {
            const auto octet = static_cast<unsigned char>(c);
            text += {digits[octet >> 4], digits[octet & 0xfU]};
        }
        return text;
    }

    void pipelining() {
        constexpr std::string_view what = "send three commands at once";
        if (!known_.pipelining) return out_.skip("POP3", what, "the server does not offer PIPELINING");
        pop3_link mail(who_.pop3);
        enter(mail);
        mail.send(pop3::stat{});
        mail.send(pop3::noop{});
        mail.send(pop3::uidl{});
        const bool together = mail.session().in_flight() == 3;
        std::string order;
        const bool ok = mail.finish([&order](const pop3::client_event& e) {
            if (e.kind != pop3::client_event_kind::reply) return;
            order += e.answers<pop3::stat>() ? " STAT" : e.answers<pop3::noop>() ? " NOOP" : " UIDL";
        });
        row(mail, what, {"+OK ", "\r\n+OK", "\r\n.\r\n"}, "the answers are those to" + order,
            ok && together && order == " STAT NOOP UIDL");
        mail.run(pop3::quit{});
    }

    void utf8() {
        constexpr std::string_view what = "speak UTF-8";
        if (!known_.utf8) return out_.skip("POP3", what, "the server does not offer UTF8");
        pop3_link mail(who_.pop3);
        const bool ok = mail.run(pop3::utf8{});
        row(mail, what, {"+OK"}, ok ? "agreed" : "refused", ok);
        mail.run(pop3::quit{});
    }

    void language() {
        constexpr std::string_view what = "ask for another language";
        if (!known_.lang) return out_.skip("POP3", what, "the server does not offer LANG");
        pop3_link mail(who_.pop3);
        std::string last, agreed;
        bool ok = mail.run(pop3::lang{}, [&last](const pop3::client_event& e) {
            if (e.kind == pop3::client_event_kind::language) last = e.language().tag;
        });
        ok = mail.run(pop3::lang{last}, [&agreed](const pop3::client_event& e) {
            if (e.kind == pop3::client_event_kind::reply && e.ok) agreed = e.reply().language.tag;
        }) && ok;
        row(mail, what, {"\r\n.\r\n+OK "}, "the server speaks " + agreed, ok && !last.empty() && agreed == last);
        mail.run(pop3::quit{});
    }

    void wrong_password() {
        constexpr std::string_view what = "learn why a login is refused";
        if (!known_.auth_resp_code) return out_.skip("POP3", what, "the server does not offer AUTH-RESP-CODE");
        pop3_link mail(who_.pop3);
        std::string code;
        auto advice = pop3::login_advice::other_method;
        bool ok = mail.run(pop3::user{who_.user});
        ok = !mail.run(pop3::pass{"not-" + who_.password}, [&](const pop3::client_event& e) {
            if (e.kind != pop3::client_event_kind::reply) return;
            code = e.reply().code.levels;
            advice = pop3::after_refusal(e.reply().code);
        }) && ok;
        row(mail, what, {"-ERR [AUTH]"}, code + ": other credentials are needed, no other mechanism would help",
            ok && advice == pop3::login_advice::other_credentials);
    }

    void enter(pop3_link& mail) {
        if (!mail.run(pop3::user{who_.user}) || !mail.run(pop3::pass{who_.password})) {
            throw std::runtime_error("the server does not let us in");
        }
        mail.wire().forget();
    }

    report& out_;
    const account& who_;
    support::openssl_hashes hashes_;
    pop3::capability_set known_; // before the login
};

} // namespace

bool pop3_login_rows(report& out, const account& who) {
    try {
        return login_walk(out, who).run();
    } catch (const std::exception& e) {
        out.broke("POP3", e.what());
        return false;
    }
}

} // namespace demo
