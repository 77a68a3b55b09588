// SPDX-License-Identifier: BSL-1.0
// Runs a fuzz target on files instead of on a fuzzer's ideas: every argument is a file, or a folder of files.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

bool run_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::fprintf(stderr, "%s: cannot be read\n", path.c_str());
        return false;
    }
    const std::vector<char> octets{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    // The name goes out first: after a crash it is the last line.
    std::printf("%s\n", path.c_str());
    std::fflush(stdout);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size());
    return true;
}

} // namespace

int main(int argc, char** argv) {
    std::size_t files = 0;
    bool good = true;
    for (int i = 1; i < argc; ++i) {
        const std::filesystem::path path = argv[i];
        std::error_code error;
        if (!std::filesystem::is_directory(path, error)) {
            good = run_file(path) && good;
            ++files;
            continue;
        }
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path, error)) {
            if (entry.is_regular_file(error)) {
                good = run_file(entry.path()) && good;
                ++files;
            }
        }
    }
    std::printf("%zu files\n", files);
    // A run on nothing shows nothing.
    return good && files > 0 ? 0 : 1;
}
