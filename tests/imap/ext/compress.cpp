// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/ext/compress.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailwire::imap {
namespace {

TEST(compress, is_read_and_written) {
    test::good_commands({
        {"X-4978-1", "a1 COMPRESS DEFLATE\r\n"},
        {"X-4978-1", "a1 compress deflate\r\n", "a1 COMPRESS DEFLATE\r\n"},
    });
    test::bad_commands({
        {"X-4978-1", "a1 COMPRESS\r\n", errc::syntax, 11},
        {"X-4978-1", "a1 COMPRESS \r\n", errc::syntax, 12},
        {"X-4978-1", "a1 COMPRESS GZIP\r\n", errc::syntax, 12},
        {"X-4978-1", "a1 COMPRESS DEFLATES\r\n", errc::syntax, 19},
        {"X-4978-1", "a1 COMPRESS DEFLATE 9\r\n", errc::syntax, 19},
        {"X-4978-1", "a1 COMPRESS \"DEFLATE\"\r\n", errc::syntax, 12},
    });
    test::good_responses({{"X-4978-2", "a1 NO [COMPRESSIONACTIVE] TLS compresses\r\n"}});
    test::bad_responses({{"X-4978-2", "a1 NO [COMPRESSIONACTIVE x] no\r\n", errc::syntax, 24}});
}

TEST(compress, facts) {
    token tape[16];
    EXPECT_TRUE(parse_command("a COMPRESS DEFLATE\r\n", tape).value.value().is<compress>());
    EXPECT_TRUE(
        parse_response("a NO [COMPRESSIONACTIVE] x\r\n", tape).value.status().code.is<code_compressionactive>());
    EXPECT_EQ(compress_extension::capability, "COMPRESS=DEFLATE");
    EXPECT_EQ(effect_of<compress>(), command_effect::compresses);
    EXPECT_EQ(compress::legal, legal_in::authenticated);
}

TEST(compress, is_written_from_a_program) {
    std::string result;
    string_sink out(result);
    EXPECT_EQ(write_command(out, "a", compress{}), misuse::none);
    EXPECT_EQ(result, "a COMPRESS DEFLATE\r\n");
}

} // namespace
} // namespace mailwire::imap
