// SPDX-License-Identifier: BSL-1.0
// A mail server for POP3 and IMAP on the loopback interface, with one user, whose messages are in an SQLite file.
//
//   mail_server [--imap-port N] [--pop3-port N] [--user NAME] [--password-file FILE] [--database FILE]
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

#include <CLI/CLI.hpp>

#include "mail_server/imap_handler.hpp"
#include "mail_server/pop3_handler.hpp"
#include "mail_server/service.hpp"
#include "mail_server/temporary_file.hpp"

namespace {

struct options {
    std::uint16_t imap_port = 0;
    std::uint16_t pop3_port = 0;
    std::string user = "demo";
    std::string password;
    std::string password_file;
    std::string database;
    std::size_t connections = 100;
    std::uint64_t largest_message = 64 << 20;
};

void describe(CLI::App& app, options& wanted) {
    app.add_option("--imap-port", wanted.imap_port, "port of IMAP; 0: any")->capture_default_str();
    app.add_option("--pop3-port", wanted.pop3_port, "port of POP3; 0: any")->capture_default_str();
    app.add_option("--user", wanted.user, "who may log in")->capture_default_str();
    auto* const password = app.add_option("--password", wanted.password, "seen by all users of this machine");
    app.add_option("--password-file", wanted.password_file,
                   "file whose first line is the password; without both "
                   "options it is read from standard input")
        ->excludes(password);
    app.add_option("--database", wanted.database, "file to keep the messages in; without it a temporary one is used");
    app.add_option("--connections", wanted.connections, "most connections at a time")
        ->check(CLI::Range(1, 10000))
        ->capture_default_str();
    app.add_option("--largest-message", wanted.largest_message, "in octets")->capture_default_str();
}

std::string first_line(std::istream& in) {
    std::string line;
    if (!std::getline(in, line)) {
        throw std::runtime_error("there is no password");
    }
    if (line.ends_with('\r')) {
        line.pop_back();
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

void run(const options& wanted) {
    const sigset_t while_idle = hold_back_stop_signals();
    std::optional<mail_server::temporary_file> temporary;
    if (wanted.database.empty()) {
        temporary.emplace();
    }
    mail_server::store mail(temporary ? temporary->path() : wanted.database);
    mail.add_user(wanted.user, password_of(wanted));
    mail_server::site shared{.mail = mail, .largest_message = wanted.largest_message};
    mail_server::service server(wanted.connections);
    const auto imap =
        server.listen(wanted.imap_port, [&] { return std::make_unique<mail_server::imap_handler>(shared); });
    const auto pop3 =
        server.listen(wanted.pop3_port, [&] { return std::make_unique<mail_server::pop3_handler>(shared); });
    std::cout << "imap 127.0.0.1:" << imap << "\npop3 127.0.0.1:" << pop3 << std::endl;
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
