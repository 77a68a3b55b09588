// SPDX-License-Identifier: BSL-1.0
// Every C++ snippet of the documentation stands, line by line, in a file that is compiled: in tests/docs, in an example or
// in a header. Leading blanks do not count.
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

const fs::path root = fs::path(MAILWIRE_TESTS_DIR).parent_path();

std::string unindented(const std::string& line) {
    const std::size_t at = line.find_first_not_of(' ');
    return at == std::string::npos ? std::string() : line.substr(at);
}

// The lines of a file without their leading blanks, each with its line feed.
std::string read_unindented(const fs::path& file) {
    std::ifstream in(file);
    std::string all = "\n";
    for (std::string line; std::getline(in, line);)
        all += unindented(line) + '\n';
    return all;
}

struct snippet {
    fs::path file;
    int line = 0;
    std::string text;
};

std::vector<snippet> snippets_of(const fs::path& file) {
    std::vector<snippet> found;
    std::ifstream in(file);
    bool inside = false;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.starts_with("```")) {
            inside = line == "```cpp";
            if (inside) found.push_back({file, number, "\n"});
        } else if (inside) {
            found.back().text += unindented(line) + '\n';
        }
    }
    return found;
}

std::vector<fs::path> files_below(const fs::path& folder, std::string_view extension) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == extension) found.push_back(entry.path());
    }
    return found;
}

TEST(docs, every_snippet_is_compiled) {
    std::vector<fs::path> compiled = files_below(root / "tests" / "docs", ".cpp");
    for (const auto& [folder, extension] : {std::pair{"examples", ".cpp"}, {"examples", ".hpp"}, {"include", ".hpp"}}) {
        const auto more = files_below(root / folder, extension);
        compiled.insert(compiled.end(), more.begin(), more.end());
    }
    std::string sources;
    for (const fs::path& file : compiled)
        sources += read_unindented(file);

    std::vector<fs::path> pages = files_below(root / "docs", ".md");
    pages.push_back(root / "README.md");
    int count = 0;
    for (const fs::path& page : pages) {
        for (const snippet& s : snippets_of(page)) {
            EXPECT_NE(sources.find(s.text), std::string::npos)
                << s.file << ':' << s.line << ": no compiled file has it";
            ++count;
        }
    }
    EXPECT_GE(count, 4);
}

} // namespace
