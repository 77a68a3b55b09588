// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include <openssl/evp.h>
#include <openssl/pem.h>

#include "support/scratch_folder.hpp"
#include "support/self_signed.hpp"

namespace support {

// A certificate, its key, and the same key with a password, in files.
struct tls_files {
    tls_files(const std::filesystem::path& folder, const std::string& name, const std::string& other_names)
        : certificate((folder / "certificate.pem").string()), key((folder / "key.pem").string()),
          locked_key((folder / "locked.pem").string()) {
        const identity self = make_self_signed(name, other_names);
        write(certificate, [&](FILE* file) { return PEM_write_X509(file, self.certificate.get()); });
        write(key, [&](FILE* file) {
            return PEM_write_PrivateKey(file, self.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        });
        write(locked_key, [&](FILE* file) {
            const auto* const password = reinterpret_cast<const unsigned char*>("pw");
            return PEM_write_PrivateKey(file, self.key.get(), EVP_aes_128_cbc(), password, 2, nullptr, nullptr);
        });
    }

    std::string certificate;
    std::string key;
    std::string locked_key;

private:
    template <typename Write> static void write(const std::string& path, Write with) {
        const std::unique_ptr<FILE, decltype(&std::fclose)> file(std::fopen(path.c_str(), "wb"), std::fclose);
        if (!file || with(file.get()) != 1) throw std::runtime_error(path);
    }
};

} // namespace support
