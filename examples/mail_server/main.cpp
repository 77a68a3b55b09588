// SPDX-License-Identifier: BSL-1.0
// A mail server for POP3 and IMAP on the loopback interface, with one user, whose messages are in an SQLite file.
//
//   mail_server [--imap-port N] [--pop3-port N] [--user NAME] [--password-file FILE] [--database FILE]
//               [--imaps-port N] [--pop3s-port N] [--certificate FILE --key FILE] [--require-tls]
//
// It says on which ports it listens, and serves until SIGTERM or SIGINT.
#include <csignal>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>

#include "mail_server/imap_handler.hpp"
#include "mail_server/pop3_handler.hpp"
#include "mail_server/service.hpp"
#include "mail_server/temporary_file.hpp"

namespace {

struct options {
    std::uint16_t imap_port = 0;
    std::uint16_t pop3_port = 0;
    std::optional<std::uint16_t> imaps_port;
    std::optional<std::uint16_t> pop3s_port;
    std::string certificate;
    std::string key;
    std::string user = "demo";
    std::string password;
    std::string password_file;
    std::string token;
    std::string database;
    std::size_t connections = 100;
    std::uint64_t largest_message = 64 << 20;
    mail_server::pop3_terms pop3;
    std::uint32_t imap_idle_seconds = 1800;
};

void describe_tls(CLI::App& app, options& wanted) {
    app.add_option("--imaps-port", wanted.imaps_port, "port of IMAP under TLS from the start; 0: any");
    app.add_option("--pop3s-port", wanted.pop3s_port, "port of POP3 under TLS from the start; 0: any");
    auto* const key = app.add_option("--key", wanted.key, "PEM file with the key of the certificate");
    auto* const certificate =
        app.add_option("--certificate", wanted.certificate,
                       "PEM file with the certificate of TLS; without it one is made that is signed by itself")
            ->needs(key);
    key->needs(certificate);
}

void describe_pop3(CLI::App& app, mail_server::pop3_terms& wanted) {
    app.add_flag("--require-tls", wanted.needs_tls, "let nobody log in without TLS");
    app.add_flag("!--no-apop", wanted.has_apop, "offer no APOP");
    app.add_flag("!--no-sasl", wanted.has_sasl, "offer no SASL over POP3");
    app.add_option("--login-seconds", wanted.login_seconds, "how long a client may take to log in")
        ->capture_default_str();
    app.add_option("--idle-seconds", wanted.idle_seconds,
                   "how long a POP3 client may then be silent; RFC 1939 asks for 600 at least")
        ->capture_default_str();
}

void describe(CLI::App& app, options& wanted) {
    app.add_option("--imap-port", wanted.imap_port, "port of IMAP; 0: any")->capture_default_str();
    app.add_option("--pop3-port", wanted.pop3_port, "port of POP3; 0: any")->capture_default_str();
    app.add_option("--user", wanted.user, "who may log in")->capture_default_str();
    auto* const password = app.add_option("--password", wanted.password, "seen by all users of this machine");
    app.add_option("--password-file", wanted.password_file,
                   "file whose first line is the password; without both "
                   "options it is read from standard input")
        ->excludes(password);
    app.add_option("--token", wanted.token, "lets the user log in by OAuth; seen by all users of this machine");
    app.add_option("--database", wanted.database, "file to keep the messages in; without it a temporary one is used");
    app.add_option("--connections", wanted.connections, "most connections at a time")
        ->check(CLI::Range(1, 10000))
        ->capture_default_str();
    app.add_option("--largest-message", wanted.largest_message, "in octets")->capture_default_str();
    describe_tls(app, wanted);
    app.add_option("--imap-idle-seconds", wanted.imap_idle_seconds,
                   "how long an IMAP client may be silent; RFC 9051 asks for 1800 at least")
        ->capture_default_str();
    describe_pop3(app, wanted.pop3);
}

std::string first_line(std::istream& in) {
    std::string line;
    std::getline(in, line);
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    if (line.empty()) {
        throw std::runtime_error("there is no password");
    }
    return line;
}

std::string password_of(const options& wanted) {
    if (!wanted.password.empty()) {
        return wanted.password;
    }
    if (wanted.password_file.empty()) {
        return first_line(std::cin);
    }
    std::ifstream file(wanted.password_file);
    return first_line(file);
}

volatile std::sig_atomic_t stop = 0;

void note_stop(int) { stop = 1; }

// Holds back the signals that end the server. Returns those that are held back while it waits: not these.
sigset_t hold_back_stop_signals() {
    struct sigaction action {};
    action.sa_handler = note_stop;
    sigset_t held_back;
    sigemptyset(&held_back);
    for (const int each : {SIGTERM, SIGINT}) {
        sigaction(each, &action, nullptr);
        sigaddset(&held_back, each);
    }
    sigset_t before;
    sigprocmask(SIG_BLOCK, &held_back, &before);
    sigdelset(&before, SIGTERM);
    sigdelset(&before, SIGINT);
    return before;
}

// Opens a port, and says which.
void open(mail_server::service& server, const char* protocol, std::uint16_t port, mail_server::security secured,
          mail_server::service::make_handler handler) {
    std::cout << protocol << " 127.0.0.1:" << server.listen(port, secured, std::move(handler)) << '\n';
}

void open_ports(mail_server::service& server, const options& wanted, mail_server::site& shared) {
    using mail_server::security;
    const auto imap = [&shared](security secured) {
        return [&shared, secured] { return std::make_unique<mail_server::imap_handler>(shared, secured); };
    };
    const auto pop3 = [&shared](security secured) {
        return [&shared, secured] { return std::make_unique<mail_server::pop3_handler>(shared, secured); };
    };
    open(server, "imap", wanted.imap_port, security::when_asked, imap(security::when_asked));
    open(server, "pop3", wanted.pop3_port, security::when_asked, pop3(security::when_asked));
    if (wanted.imaps_port) {
        open(server, "imaps", *wanted.imaps_port, security::always, imap(security::always));
    }
    if (wanted.pop3s_port) {
        open(server, "pop3s", *wanted.pop3s_port, security::always, pop3(security::always));
    }
    std::cout.flush();
}

void run(const options& wanted) {
    const sigset_t while_idle = hold_back_stop_signals();
    const auto tls = wanted.certificate.empty() ? support::tls_context::self_signed_server()
                                                : support::tls_context::server(wanted.certificate, wanted.key);
    mail_server::accounts logins(wanted.user, password_of(wanted), wanted.token);
    std::optional<mail_server::temporary_file> temporary;
    if (wanted.database.empty()) {
        temporary.emplace();
    }
    mail_server::store mail(temporary ? temporary->path() : wanted.database);
    mail.add_user(wanted.user);
    // What is said of logins holds for both protocols.
    const mail_server::imap_terms imap{wanted.pop3.needs_tls, wanted.pop3.login_seconds, wanted.imap_idle_seconds};
    mail_server::site shared{
        .mail = mail, .logins = logins, .largest_message = wanted.largest_message, .pop3 = wanted.pop3, .imap = imap};
    mail_server::service server(wanted.connections, tls);
    open_ports(server, wanted, shared);
    server.run(stop, while_idle);
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("A mail server for POP3 and IMAP on the loopback interface");
    options wanted;
    describe(app, wanted);
    CLI11_PARSE(app, argc, argv);
    try {
        run(wanted);
    } catch (const std::exception& error) {
        std::cerr << "mail_server: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
