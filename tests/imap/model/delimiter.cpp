// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/delimiter.hpp"

#include "mailwire/imap/write.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailwire::imap {
namespace {

std::string written(const text& delimiter, bool utf8 = false) {
    std::string result;
    string_sink to(result);
    writer out(to, {.from = side::server, .utf8 = utf8});
    write_delimiter(out, delimiter);
    return out.fault() == misuse::none ? result : "refused";
}

TEST(delimiter, is_one_character_or_nil) {
    EXPECT_EQ(written("/"), "\"/\"");
    EXPECT_EQ(written("\\"), "\"\\\\\"");
    EXPECT_EQ(written("\""), "\"\\\"\"");
    EXPECT_EQ(written({"\\\"", 2, spelling::escaped}), "\"\\\"\"");
    EXPECT_EQ(written(text::nil()), "NIL");
    EXPECT_EQ(written("\xd0\xbc", true), "\"\xd0\xbc\"");
    EXPECT_EQ(written("\xd0\xbc"), "refused");
    EXPECT_EQ(written("\xd0", true), "refused");
    EXPECT_EQ(written("\xbc", true), "refused");
    EXPECT_EQ(written("/\xbc", true), "refused");
    EXPECT_EQ(written(""), "refused");
    EXPECT_EQ(written("//"), "refused");
    EXPECT_EQ(written("\n"), "refused");
    EXPECT_EQ(written(text::streamed(1)), "refused");
}

} // namespace
} // namespace mailwire::imap
