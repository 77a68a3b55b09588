// SPDX-License-Identifier: BSL-1.0
#include "demo/rows.hpp"

#include <array>
#include <exception>
#include <functional>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <mailwire/sasl/mechanisms.hpp>

#include "demo/imap_link.hpp"
#include "support/openssl_hashes.hpp"

namespace demo {
namespace {

namespace sasl = mailwire::sasl;
using octets = std::initializer_list<std::string_view>;

class imap_login_walk {
public:
    imap_login_walk(report& out, const account& who) : out_(out), who_(who) {}

    bool run() {
        if (!first_login()) return false;
        attempt("AUTHENTICATE", [this] { every_mechanism(); });
        attempt("a change of mind", [this] { break_off(); });
        return true;
    }

private:
    void row(imap_link& mail, std::string_view what, octets expected, std::string understood, bool right,
             octets absent = {}) {
        out_.print({"IMAP", what, expected, absent, std::move(understood), right}, mail.wire());
        mail.wire().forget();
    }

    void attempt(const std::string& what, const std::function<void()>& rows) {
        try {
            rows();
        } catch (const std::exception& e) {
            out_.broke("IMAP", what + ": " + e.what());
        }
    }

    static bool is_in(imap_link& mail) { return mail.session().state() == imap::client_state::authenticated; }

    bool first_login() {
        imap_link mail(who_.imap, imap_link::greeting_only{});
        mail.send(imap::capability{});
        bool ok = mail.finish();
        row(mail, "ask what the server can do", {"* CAPABILITY IMAP4rev", " OK"}, "IMAP, revision 1 or 2",
            ok && mail.session().capabilities().known());
        if (who_.imap.security == security::stls) begin_tls(mail);
        offered_ = mail.session().capabilities().mechanisms();
        ok = mail.log_in(who_.user, who_.password);
        row(mail, "log in", {" OK"}, ok ? "authenticated, and the capabilities are those of a user" : "refused",
            ok && is_in(mail) && mail.session().capabilities().known());
        if (ok) mail.run(imap::logout{});
        return ok;
    }

    // The server has no STARTTLS any more under TLS, and nothing else that it said in the clear is believed.
    void begin_tls(imap_link& mail) {
        const bool held_back =
            mail.session().send(imap::login{who_.user, who_.password}).fault == mailwire::misuse::needs_tls;
        if (!mail.start_tls()) throw std::runtime_error("the server does not begin TLS");
        const bool forgotten = !mail.session().capabilities().known();
        mail.wire().received.clear(); // what came in the clear
        mail.ask();
        row(mail, "begin TLS, and ask again", {"* CAPABILITY IMAP4rev", " OK"},
            "the certificate is right; no login goes out before that, and what was said before is forgotten",
            held_back && forgotten && mail.session().secure() && mail.session().capabilities().known(),
            {" STARTTLS", " LOGINDISABLED"});
    }

    void every_mechanism() {
        const sasl::credentials who{who_.user, who_.password};
        std::array<char, 1024> memory{};
        // What the server says ends with its signature ("v="), in base64.
        by("SCRAM-SHA-256", {"+ dj", " OK"}, [&] {
            return sasl::scram_sha_256_client<support::openssl_hashes>(hashes_, who, support::fresh_nonce(), memory);
        });
        by("SCRAM-SHA-1", {"+ dj", " OK"}, [&] {
            return sasl::scram_sha_1_client<support::openssl_hashes>(hashes_, who, support::fresh_nonce(), memory);
        });
        by("CRAM-MD5", {"+ P", " OK"}, [&] { return sasl::cram_md5_client(hashes_, who); });
        by("PLAIN", {" OK"}, [&] { return sasl::plain_client(who); });
        by("LOGIN", {"+ ", " OK"}, [&] { return sasl::login_client(who); });
    }

    // On a connection of its own, if the server lists the mechanism.
    template <typename Make> void by(std::string_view name, octets expected, Make make) {
        const std::string what = "log in: AUTHENTICATE " + std::string(name);
        if (!offered_.has(name)) return out_.skip("IMAP", what, "the server does not list it");
        attempt(what, [&] {
            imap_link mail(who_.imap);
            auto mechanism = make();
            const bool ok = mail.authenticate(mechanism);
            const std::string_view proof = name.starts_with("SCRAM")
                                               ? "authenticated, and the server has shown that it knows the password"
                                               : "authenticated";
            row(mail, what, expected,
                ok ? std::string(proof) : std::string("refused: ") + name_of(mail.session().sasl_fault()),
                ok && mechanism.complete() && is_in(mail));
            if (ok) mail.run(imap::logout{});
        });
    }

    // CRAM-MD5, because the server speaks once before it hears a secret.
    void break_off() {
        constexpr std::string_view what = "break a login off, and log in another way";
        if (!offered_.has("CRAM-MD5")) return out_.skip("IMAP", what, "the server does not list CRAM-MD5");
        imap_link mail(who_.imap);
        bool asked = false;
        mail.send(imap::authenticate{.mechanism = "CRAM-MD5"});
        const bool refused = !mail.finish([&](const imap::client_event& e) {
            if (e.kind != imap::client_event_kind::challenge) return;
            asked = true;
            mail.session().cancel();
        });
        mail.send(imap::login{who_.user, who_.password});
        const bool ok = mail.finish();
        row(mail, what, {"+ ", " BAD ", " OK"}, "the server takes the * for an answer",
            asked && refused && ok && is_in(mail));
        mail.run(imap::logout{});
    }

    report& out_;
    const account& who_;
    support::openssl_hashes hashes_;
    sasl::mechanism_set offered_; // before the login
};

} // namespace

bool imap_login_rows(report& out, const account& who) {
    try {
        return imap_login_walk(out, who).run();
    } catch (const std::exception& e) {
        out.broke("IMAP", e.what());
        return false;
    }
}

} // namespace demo
