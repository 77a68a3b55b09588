// SPDX-License-Identifier: BSL-1.0
#include "mail_server/transfer_encoding.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mail_server {
namespace {

struct row {
    std::string_view encoding;
    std::string_view body;
    std::string_view octets;
};

constexpr row rows[] = {
    {"7bit", "a=3D\r\n", "a=3D\r\n"},
    {"8BIT", "\xc3\xa4", "\xc3\xa4"},
    {"binary", {"\0\n", 2}, {"\0\n", 2}},
    {"base64", "", ""},
    {"Base64", "aGVsbG8=", "hello"},
    {"base64", "aGVs\r\n bG8h\r\n", "hello!"},
    {"base64", "aGVsbG8", "hello"},
    {"base64", "aGVsbG8=aGVsbG8=", "hello"},
    {"base64", "AAD/", {"\0\0\xff", 3}},
    {"base64", "a", ""},
    {"quoted-printable", "a=3Db=c3=A4", "a=b\xc3\xa4"},
    {"quoted-printable", "one =\r\nline\r\nnext", "one line\r\nnext"},
    {"quoted-printable", "one=  \r\nline", "oneline"},
    {"quoted-printable", "ends in space \t \r\n=20\r\n", "ends in space\r\n \r\n"},
    {"quoted-printable", "=3D\r\n=3d", "=\r\n="},
    {"quoted-printable", "a=XYb=4", "a=XYb=4"},
    {"QUOTED-PRINTABLE", "\r\n\r\n", "\r\n\r\n"},
    {"quoted-printable", "x=", "x"},
};

TEST(transfer_encoding, decodes) {
    for (const auto& each : rows) {
        EXPECT_EQ(decode_transfer(each.encoding, each.body), std::string(each.octets)) << each.body;
    }
}

TEST(transfer_encoding, says_what_it_does_not_know) {
    for (const std::string_view encoding : {"", "x-uuencode", "base64 ", "base"}) {
        EXPECT_EQ(decode_transfer(encoding, "abc"), std::nullopt) << encoding;
    }
}

} // namespace
} // namespace mail_server
