// SPDX-License-Identifier: BSL-1.0
// How many octets a session takes: bench_sessions [COUNT]
//
// Makes COUNT (100,000) sessions of a role, logs each one in, has it read one message, and keeps all of them. Printed for
// each role is the size of its object, and by how much the resident memory of the process grew for each session: once
// with all sessions working in the same buffers, one after the other, which shows what a session takes beside its
// buffers; and once with buffers of the usual sizes for each, of which only the pages that were used are resident.

#include <charconv>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <memory>
#include <string_view>
#include <system_error>

#include <sys/wait.h>
#include <unistd.h>

#include "imap_session.hpp"
#include "pop3_session.hpp"

namespace mailwire::bench {
namespace {

// The resident memory of the process in octets; 0 where the system does not say.
std::size_t resident() {
    std::size_t whole = 0;
    std::size_t pages = 0;
    if (std::FILE* const file = std::fopen("/proc/self/statm", "r"); file != nullptr) {
        if (std::fscanf(file, "%zu %zu", &whole, &pages) != 2) {
            pages = 0;
        }
        std::fclose(file);
    }
    return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

// A session, and where it works.
template <typename Session, typename Storage> struct in_shared_buffers {
    static inline Storage storage;
    Session session;
    in_shared_buffers() : session(storage.buffers(), {.secure = true}) {}
};
template <typename Session, typename Storage> struct in_own_buffers {
    std::unique_ptr<Storage> storage = std::make_unique_for_overwrite<Storage>();
    Session session;
    in_own_buffers() : session(storage->buffers(), {.secure = true}) {}
};

template <typename Kept> void print_resident(const char* role, const char* what, std::size_t count) {
    const std::size_t before = resident();
    std::deque<Kept> sessions;
    for (std::size_t i = 0; i != count; ++i) {
        log_in_and_read(sessions.emplace_back().session);
    }
    std::printf("| %s, resident%s | %zu |\n", role, what, (resident() - before) / count);
}

// Runs it in a process of its own, which has no memory left over from before.
template <typename Run> void run_apart(Run run) {
    std::fflush(stdout);
    const pid_t child = fork();
    require(child >= 0, "there is no process to run in");
    if (child == 0) {
        run();
        std::fflush(stdout);
        _exit(0);
    }
    int status = 0;
    require(waitpid(child, &status, 0) == child && status == 0, "a process has failed");
}

template <typename Session, typename Storage> void print(const char* role, std::size_t count) {
    std::printf("| %s, the object | %zu |\n", role, sizeof(Session));
    run_apart([&] { print_resident<in_shared_buffers<Session, Storage>>(role, " without buffers", count); });
    std::printf("| %s, the object with its usual buffers | %zu |\n", role, sizeof(Session) + sizeof(Storage));
    run_apart([&] { print_resident<in_own_buffers<Session, Storage>>(role, " with its usual buffers", count); });
}

// The number that the text is; 0 where it is none.
std::size_t number_in(std::string_view text) {
    std::size_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failure == std::errc() && end == text.data() + text.size() ? number : 0;
}

} // namespace
} // namespace mailwire::bench

int main(int argc, char** argv) {
    namespace bench = mailwire::bench;
    const std::size_t count = argc == 1 ? 100'000 : bench::number_in(argv[1]);
    bench::require(argc <= 2 && count != 0, "usage: bench_sessions [COUNT]");
    std::printf("| %zu sessions | octets for each |\n|---|---:|\n", count);
    bench::print<mailwire::pop3::client, mailwire::pop3::client_storage<>>("POP3 client", count);
    bench::print<mailwire::pop3::server, mailwire::pop3::server_storage<>>("POP3 server", count);
    bench::print<mailwire::imap::client, mailwire::imap::client_storage<>>("IMAP client", count);
    bench::print<mailwire::imap::server, mailwire::imap::server_storage<>>("IMAP server", count);
}
