// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <map>
#include <string>

#include <sys/types.h>

#include "demo/certificate_files.hpp"

namespace demo {

// The program mail_server that lies beside this one, started on free ports of the loopback interface and ended with
// this object.
class local_server {
public:
    local_server(const std::string& folder, const std::string& user, const std::string& password);
    local_server(const local_server&) = delete;
    local_server& operator=(const local_server&) = delete;
    ~local_server();

    // The address of "imap", "pop3", or under TLS from the start "imaps", "pop3s".
    const std::string& at(const std::string& protocol) const { return addresses_.at(protocol); }
    // A PEM file with whom to trust.
    std::string certificate() const { return files_.certificate(); }

private:
    certificate_files files_;
    pid_t process_ = -1;
    std::map<std::string, std::string> addresses_;
};

} // namespace demo
