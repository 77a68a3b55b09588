// SPDX-License-Identifier: BSL-1.0
// Every C++ snippet of the documentation stands in a file that is compiled: in tests/docs, in an example, in a header or
// in the test of an extension.
// Blanks and line ends do not count.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

const fs::path root = fs::path(MAILWIRE_TESTS_DIR).parent_path();

std::string without_blanks(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
}

std::string read_without_blanks(const fs::path& file) {
    std::ifstream in(file);
    return without_blanks({std::istreambuf_iterator<char>(in), {}});
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
            if (inside) found.push_back({file, number, {}});
        } else if (inside) {
            found.back().text += without_blanks(line);
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
    for (const auto& [folder, extension] :
         {std::pair{"examples", ".cpp"}, {"examples", ".hpp"}, {"include", ".hpp"}, {"tests/imap/ext", ".cpp"}}) {
        const auto more = files_below(root / folder, extension);
        compiled.insert(compiled.end(), more.begin(), more.end());
    }
    std::string sources;
    for (const fs::path& file : compiled)
        sources += read_without_blanks(file);

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
