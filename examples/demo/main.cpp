// SPDX-License-Identifier: BSL-1.0
// Walks through what POP3 and IMAP are for, a row at a time, with the octets on the wire beside what was understood:
//
//   demo                                                        with a mail_server of its own
//   demo --pop3 HOST:PORT --imap HOST:PORT --user U             with your server; the password on standard input
//
// Ends with 0 when every row has passed.
#include <csignal>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "demo/local_server.hpp"
#include "demo/report.hpp"
#include "demo/rows.hpp"

int main(int argc, char** argv) {
    CLI::App app("POP3 and IMAP, row by row. Without options it starts a server of its own.");
    demo::account who;
    auto* pop3 = app.add_option("--pop3", who.pop3, "HOST:PORT of your POP3 server");
    auto* imap = app.add_option("--imap", who.imap, "HOST:PORT of your IMAP server");
    auto* user = app.add_option("--user", who.user, "your name there; the password is read from standard input");
    pop3->needs(imap, user);
    imap->needs(pop3, user);
    user->needs(pop3, imap);
    CLI11_PARSE(app, argc, argv);

    std::signal(SIGPIPE, SIG_IGN);
    try {
        std::optional<demo::local_server> server;
        if (who.user.empty()) {
            who.user = "demo";
            who.password = "a password with spaces";
            server.emplace(std::filesystem::read_symlink("/proc/self/exe").parent_path(), who.user, who.password);
            who.imap = server->imap();
            who.pop3 = server->pop3();
        } else {
            std::getline(std::cin, who.password);
        }
        demo::report out;
        demo::pop3_rows(out, who);
        demo::imap_rows(out, who);
        out.summary();
        return out.all_passed() ? 0 : 1;
    } catch (const std::exception& e) {
        std::cerr << "demo: " << e.what() << '\n';
        return 1;
    }
}
