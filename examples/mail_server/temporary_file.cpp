// SPDX-License-Identifier: BSL-1.0
#include "mail_server/temporary_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace mail_server {

temporary_file::temporary_file() : folder_(std::filesystem::temp_directory_path() / "mail_server-XXXXXX") {
    if (mkdtemp(folder_.data()) == nullptr) {
        throw std::filesystem::filesystem_error("mkdtemp", folder_, std::error_code(errno, std::generic_category()));
    }
}

temporary_file::~temporary_file() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

} // namespace mail_server
