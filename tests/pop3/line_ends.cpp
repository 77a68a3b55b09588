// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/line_ends.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

namespace mailwire::pop3 {
namespace {

// Says it as the comment does.
std::size_t by_definition(std::string_view text) {
    for (std::size_t i = 0; i != text.size(); ++i) {
        if (text[i] != '\n') {
            continue;
        }
        if (i == 0 || i + 1 == text.size() || text[i - 1] != '\r' || text[i + 1] == '.') {
            return i;
        }
    }
    return text.size();
}

// The text lies in memory of just its size, so that a sanitizer sees a read behind it.
void check(std::string_view text) {
    const auto copy = std::make_unique<char[]>(text.size() + 1);
    char* begin = copy.get() + 1;
    text.copy(begin, text.size());
    const char* end = begin + text.size();
    EXPECT_EQ(static_cast<std::size_t>(find_line_end_to_judge(begin, end) - begin), by_definition(text)) << text;
    EXPECT_EQ(static_cast<std::size_t>(scan_lines::find(begin, begin, end) - begin), by_definition(text)) << text;
}

TEST(line_ends, nothing_is_found_in_nothing) {
    EXPECT_EQ(find_line_end_to_judge(nullptr, nullptr), nullptr);
    check("");
}

// Every text of up to eight octets over the four that matter.
TEST(line_ends, short_texts) {
    constexpr std::string_view octets = "\r\n.x";
    for (std::size_t size = 0; size <= 8; ++size) {
        for (std::size_t number = 0; number != std::size_t{1} << (2 * size); ++number) {
            std::string text;
            for (std::size_t i = 0; i != size; ++i) {
                text += octets[number >> (2 * i) & 3U];
            }
            check(text);
        }
    }
}

// One place that matters, at every offset of texts around the width of a register.
TEST(line_ends, any_offset) {
    for (std::size_t size = 1; size <= 70; ++size) {
        for (std::size_t at = 0; at != size; ++at) {
            for (const std::string_view mark : {"\n", "\r\n", "\r\n.", "\r\n\r\n.", "\n.", "\r\nx"}) {
                for (const char fill : {'x', '.', '\r'}) {
                    std::string text(size, fill);
                    text.replace(at, std::min(mark.size(), size - at), mark.substr(0, size - at));
                    check(text);
                }
            }
        }
    }
}

TEST(line_ends, plain_lines_are_passed_over) {
    std::string text;
    for (std::size_t i = 0; i != 200; ++i) {
        text += std::string(i % 90, 'y') + "\r\n";
    }
    check(text + "x");
    EXPECT_EQ(by_definition(text + "x"), text.size() + 1);
    check(text + ".\r\nx");
    EXPECT_EQ(by_definition(text + ".\r\nx"), text.size() - 1);
}

} // namespace
} // namespace mailwire::pop3
