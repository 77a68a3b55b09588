// SPDX-License-Identifier: BSL-1.0
#include "demo/certificate_files.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>

#include <openssl/pem.h>

#include "support/self_signed.hpp"
#include "support/tls_context.hpp"

namespace demo {
namespace {

std::string make_folder() {
    std::string path = (std::filesystem::temp_directory_path() / "mailwire-demo-XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr) throw std::system_error(errno, std::generic_category(), path);
    return path;
}

template <typename Write> void write_file(const std::string& path, Write write) {
    const std::unique_ptr<FILE, decltype(&std::fclose)> file(std::fopen(path.c_str(), "wb"), std::fclose);
    if (!file) throw std::system_error(errno, std::generic_category(), path);
    support::require_tls(write(file.get()) == 1 && std::fflush(file.get()) == 0, path);
}

} // namespace

certificate_files::certificate_files() {
    const support::identity self = support::make_self_signed("localhost", "DNS:localhost,IP:127.0.0.1,IP:::1");
    folder_ = make_folder();
    write_file(certificate(), [&](FILE* file) { return PEM_write_X509(file, self.certificate.get()); });
    write_file(key(), [&](FILE* file) {
        return PEM_write_PrivateKey(file, self.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
}

certificate_files::~certificate_files() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

} // namespace demo
