// SPDX-License-Identifier: BSL-1.0
#include "demo/local_server.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>

#include <sys/wait.h>
#include <unistd.h>

namespace demo {
namespace {

using pipe_ends = std::array<int, 2>;

pipe_ends make_pipe() {
    pipe_ends ends{};
    if (pipe(ends.data()) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    return ends;
}

[[noreturn]] void become_server(const std::string& program, const std::string& user, const pipe_ends& in,
                                const pipe_ends& out) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    for (const int fd : {in[0], in[1], out[0], out[1]})
        close(fd);
    execl(program.c_str(), program.c_str(), "--imap-port", "0", "--pop3-port", "0", "--user", user.c_str(), nullptr);
    _exit(127);
}

std::string read_line(int fd) {
    std::string line;
    for (char c = 0; read(fd, &c, 1) == 1;) {
        if (c == '\n') return line;
        line += c;
    }
    throw std::runtime_error("mail_server did not start");
}

} // namespace

local_server::local_server(const std::string& folder, const std::string& user, const std::string& password) {
    const pipe_ends in = make_pipe();
    const pipe_ends out = make_pipe();
    process_ = fork();
    if (process_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (process_ == 0) become_server(folder + "/mail_server", user, in, out);
    close(in[0]);
    close(out[1]);
    const std::string line = password + "\n";
    const bool told = write(in[1], line.data(), line.size()) == static_cast<ssize_t>(line.size());
    close(in[1]);
    if (!told) throw std::runtime_error("mail_server did not start");
    // It says "imap ADDRESS" and "pop3 ADDRESS" when it is ready.
    for (int i = 0; i != 2; ++i) {
        const std::string said = read_line(out[0]);
        (said.starts_with("imap ") ? imap_ : pop3_) = said.substr(5);
    }
    close(out[0]);
}

local_server::~local_server() {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
}

} // namespace demo
