// SPDX-License-Identifier: BSL-1.0
#include "demo/local_server.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>
#include <vector>

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

[[noreturn]] void become_server(const std::vector<std::string>& command, const pipe_ends& in, const pipe_ends& out) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    for (const int fd : {in[0], in[1], out[0], out[1]})
        close(fd);
    std::vector<char*> words;
    for (const std::string& word : command)
        words.push_back(const_cast<char*>(word.c_str())); // execv takes them so, and changes nothing
    words.push_back(nullptr);
    execv(words.front(), words.data());
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
    std::vector<std::string> command{folder + "/mail_server", "--user", user};
    command.insert(command.end(), {"--certificate", files_.certificate(), "--key", files_.key()});
    for (const char* port : {"--imap-port", "--pop3-port", "--imaps-port", "--pop3s-port"})
        command.insert(command.end(), {port, "0"});
    process_ = fork();
    if (process_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (process_ == 0) become_server(command, in, out);
    close(in[0]);
    close(out[1]);
    const std::string line = password + "\n";
    const bool told = write(in[1], line.data(), line.size()) == static_cast<ssize_t>(line.size());
    close(in[1]);
    if (!told) throw std::runtime_error("mail_server did not start");
    // It says "imap ADDRESS" and the like when it is ready.
    while (addresses_.size() != 4) {
        const std::string said = read_line(out[0]);
        const std::size_t space = said.find(' ');
        addresses_[said.substr(0, space)] = said.substr(space + 1);
    }
    close(out[0]);
}

local_server::~local_server() {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
}

} // namespace demo
