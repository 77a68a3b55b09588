// SPDX-License-Identifier: BSL-1.0
// A place for the files of one test.

#pragma once

#include <filesystem>

namespace mailwire::test {

// A new folder for temporary files, which is removed with everything in it at the end. The path is empty, and the test
// has failed, where the system does not give one.
class scratch_folder {
public:
    scratch_folder();
    ~scratch_folder();
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace mailwire::test
