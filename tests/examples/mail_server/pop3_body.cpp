// SPDX-License-Identifier: BSL-1.0
#include "mail_server/pop3_body.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace mail_server {
namespace {

struct row {
    std::string_view message;
    std::uint64_t lines;
    std::string_view top;
};

constexpr row rows[] = {
    {"A: b\r\n\r\none\r\ntwo\r\n", 0, "A: b\r\n\r\n"},
    {"A: b\r\n\r\none\r\ntwo\r\n", 1, "A: b\r\n\r\none\r\n"},
    {"A: b\r\n\r\none\r\ntwo\r\n", 2, "A: b\r\n\r\none\r\ntwo\r\n"},
    {"A: b\r\n\r\none\r\ntwo\r\n", 9, "A: b\r\n\r\none\r\ntwo\r\n"},
    {"A: b\r\n\r\none\r\ntwo", 1, "A: b\r\n\r\none\r\n"},
    {"A: b\r\n\r\none\r\ntwo", 2, "A: b\r\n\r\none\r\ntwo"},
    {"A: b\n\none\ntwo\n", 1, "A: b\n\none\n"},
    {"\r\n\r\n\r\nx\r\n", 1, "\r\n\r\n"},
    {"A: b\r\n", 0, "A: b\r\n"},
    {"", 0, ""},
    {"A: b\r\n\r\none\r\n", top_cutter::all_lines, "A: b\r\n\r\none\r\n"},
};

TEST(top_cutter, cuts_in_pieces_of_every_size) {
    for (const row& each : rows) {
        for (std::size_t size = 1; size <= each.message.size() + 1; ++size) {
            top_cutter cutter(each.lines);
            std::string top;
            for (std::size_t at = 0; at < each.message.size() && !cutter.is_done(); at += size) {
                top += cutter.take(each.message.substr(at, size));
            }
            EXPECT_EQ(top, each.top) << size;
        }
    }
}

TEST(has_utf8_header, looks_at_the_header_alone) {
    const std::pair<std::string_view, bool> rows_of_headers[] = {
        {"Subject: plain\r\n\r\nx\r\n", false},
        {"Subject: gr\xc3\xbc\xc3\x9f"
         "e\r\n\r\nx\r\n",
         true},
        {"Subject: gr\xc3\xbc\xc3\x9f"
         "e\n\nx\n",
         true},
        {"Subject: \xf0\x9f\x93\xa7", true},
        {"Subject: plain\r\n\r\ngr\xc3\xbc\xc3\x9f"
         "e\r\n",
         false},
        {"Subject: plain\n\ngr\xc3\xbc\xc3\x9f"
         "e\r\n\r\n",
         false},
        {"\r\ngr\xc3\xbc\xc3\x9f"
         "e\r\n\r\n",
         false},
        {"\ngr\xc3\xbc\xc3\x9f"
         "e\r\n\r\n",
         false},
        {"Subject: \xfc\r\n\r\n", false},          // Latin-1
        {"Subject: \xc3\xbc \xfc\r\n\r\n", false}, // both
        {"Subject: \xc3", false},
        {"", false},
    };
    for (const auto& [message, expected] : rows_of_headers) {
        EXPECT_EQ(has_utf8_header(message), expected) << message;
    }
}

} // namespace
} // namespace mail_server
