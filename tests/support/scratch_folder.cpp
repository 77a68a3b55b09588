// SPDX-License-Identifier: BSL-1.0
#include "scratch_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <system_error>

#include <stdlib.h> // mkdtemp is POSIX and not in <cstdlib>

namespace mailwire::test {

scratch_folder::scratch_folder() {
    std::error_code error;
    std::string name = (std::filesystem::temp_directory_path(error) / "mailwire-test-XXXXXX").string();
    if (error || ::mkdtemp(name.data()) == nullptr) {
        ADD_FAILURE() << "cannot make a folder like " << name;
        return;
    }
    path_ = name;
}

scratch_folder::~scratch_folder() {
    if (!path_.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
}

} // namespace mailwire::test
