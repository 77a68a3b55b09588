// SPDX-License-Identifier: BSL-1.0
// Walks through what POP3 and IMAP are for, a row at a time, with the octets on the wire beside what was understood:
//
//   demo                                                        with a mail_server of its own
//   demo --pop3 HOST:PORT --imap HOST:PORT --user U             with your server; the password on standard input
//        --tls none|stls|implicit                               how the connections are protected
//        --ca FILE                                              whom to trust, where the system does not
//
// Ends with 0 when every row has passed.
#include <csignal>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>

#include <CLI/CLI.hpp>

#include "demo/local_server.hpp"
#include "demo/report.hpp"
#include "demo/rows.hpp"

namespace {

using demo::security;

struct options {
    std::string pop3;
    std::string imap;
    std::string user;
    std::optional<security> tls;
    std::string trusted;
};

void describe(CLI::App& app, options& wanted) {
    auto* pop3 = app.add_option("--pop3", wanted.pop3, "HOST:PORT of your POP3 server");
    auto* imap = app.add_option("--imap", wanted.imap, "HOST:PORT of your IMAP server");
    auto* user = app.add_option("--user", wanted.user, "your name there; the password is read from standard input");
    pop3->needs(imap, user);
    imap->needs(pop3, user);
    user->needs(pop3, imap);
    const std::map<std::string, security> names{
        {"none", security::none}, {"stls", security::stls}, {"implicit", security::implicit}};
    app.add_option("--tls", wanted.tls,
                   "none: passwords go in the clear; stls: TLS begins by command (STLS, STARTTLS); implicit: both "
                   "ports have it "
                   "from the start. To be said unless your server is on this machine")
        ->transform(CLI::CheckedTransformer(names))
        ->option_text("none|stls|implicit");
    app.add_option("--ca", wanted.trusted, "PEM file with the authorities to trust; without it those of the system")
        ->needs(user);
}

// Where nothing is said of TLS: our own server has it, and yours need not as long as all stays on this machine.
security choose_security(const options& wanted) {
    if (wanted.tls) return *wanted.tls;
    if (wanted.user.empty()) return security::stls;
    if (demo::is_loopback(wanted.pop3) && demo::is_loopback(wanted.imap)) return security::none;
    throw std::runtime_error("the servers are not on this machine: say --tls stls, --tls implicit or --tls none");
}

bool run(const options& wanted) {
    const security how = choose_security(wanted);
    demo::account who{.imap = {wanted.imap}, .pop3 = {wanted.pop3}, .user = wanted.user, .password = {}};
    std::string trusted = wanted.trusted;
    std::optional<demo::local_server> server;
    if (wanted.user.empty()) {
        who.user = "demo";
        who.password = "a password with spaces";
        server.emplace(std::filesystem::read_symlink("/proc/self/exe").parent_path(), who.user, who.password);
        who.imap.address = server->at(how == security::implicit ? "imaps" : "imap");
        who.pop3.address = server->at(how == security::implicit ? "pop3s" : "pop3");
        trusted = server->certificate();
    } else {
        std::getline(std::cin, who.password);
    }
    std::optional<support::tls_context> trust;
    if (how != security::none) trust = support::tls_context::client(trusted);
    who.pop3.security = who.imap.security = how;
    who.pop3.trust = who.imap.trust = trust ? &*trust : nullptr;

    demo::report out;
    if (demo::pop3_login_rows(out, who)) demo::pop3_rows(out, who);
    if (demo::imap_login_rows(out, who)) {
        demo::imap_rows(out, who);
        demo::imap_session_rows(out, who);
    }
    out.summary();
    return out.all_passed();
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("POP3 and IMAP, row by row. Without options it starts a server of its own.");
    options wanted;
    describe(app, wanted);
    CLI11_PARSE(app, argc, argv);
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return run(wanted) ? 0 : 1;
    } catch (const std::exception& e) {
        std::cerr << "demo: " << e.what() << '\n';
        return 1;
    }
}
