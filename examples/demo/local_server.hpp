// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include <sys/types.h>

namespace demo {

// The program mail_server that lies beside this one, started on free ports of the loopback interface and ended with this
// object.
class local_server {
public:
    local_server(const std::string& folder, const std::string& user, const std::string& password);
    local_server(const local_server&) = delete;
    local_server& operator=(const local_server&) = delete;
    ~local_server();

    const std::string& imap() const { return imap_; }
    const std::string& pop3() const { return pop3_; }

private:
    pid_t process_ = -1;
    std::string imap_;
    std::string pop3_;
};

} // namespace demo
