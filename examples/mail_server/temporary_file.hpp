// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace mail_server {

// An empty file, in a folder of its own for what SQLite puts beside it. Both are removed with this object.
class temporary_file {
public:
    // Throws std::filesystem::filesystem_error.
    temporary_file();
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    ~temporary_file();

    std::string path() const { return folder_ + "/mail.db"; }

private:
    std::string folder_;
};

} // namespace mail_server
