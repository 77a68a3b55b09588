// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/session/client_message.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace mailwire::pop3 {
namespace {

struct received {
    std::array<char, 64> storage;
    inbox from{storage};

    explicit received(std::string_view line) {
        std::copy(line.begin(), line.end(), from.prepare().begin());
        from.commit(line.size());
    }
};

// Decoding is done once, where the line is; asking again gives the same.
TEST(client_message, is_decoded_where_it_is) {
    struct row {
        std::string_view line;
        std::size_t at;
        std::size_t size;
        std::string_view octets;
    };
    for (const row& r : {row{"AUTH PLAIN AHUAcA==\r\nNOOP\r\n", 11, 8, {"\0u\0p", 4}},
                         row{"dGVzdA==\r\n", 0, 8, "test"}, row{"AUTH X =\r\n", 7, 1, ""}, row{"\r\n", 0, 0, ""}}) {
        received line(r.line);
        client_message message;
        message.set(line.from.view(), line.from.view().substr(r.at, r.size));
        EXPECT_EQ(line.from.view(), r.line) << "nothing is decoded before it is asked for";
        EXPECT_EQ(message.decode(line.from), r.octets);
        EXPECT_EQ(message.decode(line.from), r.octets);
        const std::size_t behind = r.at + r.size;
        EXPECT_EQ(line.from.view().substr(behind), r.line.substr(behind)) << "what follows stays";
        EXPECT_FALSE(message.is_cancelled());
    }
}

// No message at all is something else than one without octets (RFC 5034 4: "=").
TEST(client_message, may_be_none) {
    received line("AUTH PLAIN\r\n");
    client_message message;
    EXPECT_EQ(message.decode(line.from), std::nullopt);
    message.set(line.from.view(), {});
    EXPECT_EQ(message.decode(line.from), "");
    message.set_none();
    EXPECT_EQ(message.decode(line.from), std::nullopt);
    message.set_cancelled();
    EXPECT_TRUE(message.is_cancelled());
    EXPECT_EQ(message.decode(line.from), std::nullopt);
}

} // namespace
} // namespace mailwire::pop3
