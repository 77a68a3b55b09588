// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace demo {

// A new certificate for this machine, signed by itself, and its key, in a folder that nobody else may look into and
// that goes away with this object. Throws std::system_error and support::tls_error.
class certificate_files {
public:
    certificate_files();
    certificate_files(const certificate_files&) = delete;
    certificate_files& operator=(const certificate_files&) = delete;
    ~certificate_files();

    std::string certificate() const { return folder_ + "/certificate.pem"; }
    std::string key() const { return folder_ + "/key.pem"; }

private:
    std::string folder_;
};

} // namespace demo
