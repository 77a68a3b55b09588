// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/gs2.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "sasl/exchange.hpp"

namespace mailwire::sasl {
namespace {

using namespace std::string_view_literals;

template <typename Write> std::string written(Write&& write) {
    std::string out;
    string_sink to(out);
    write(to);
    return out;
}

TEST(sasl_gs2, names) {
    struct {
        std::string_view name;
        std::string_view escaped;
    } const rows[] = {
        {"user", "user"}, {"a,b", "a=2Cb"}, {"a=b", "a=3Db"},
        {",=", "=2C=3D"}, {"=2C", "=3D2C"}, {"\xc3\xb6", "\xc3\xb6"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(written([&](auto& to) { write_saslname(to, row.name); }), row.escaped);
        EXPECT_EQ(written([&](auto& to) { write_unescaped(to, row.escaped); }), row.name);
        const std::string message = std::string(row.escaped) + ",rest";
        reader in(message);
        EXPECT_EQ(read_saslname(in), row.escaped);
        EXPECT_EQ(in.rest(), ",rest");
        EXPECT_TRUE(in.ok());
    }
    EXPECT_EQ(written([](auto& to) { write_saslname(to, ""); }), "");
}

TEST(sasl_gs2, names_that_are_none) {
    struct {
        std::string_view name;
        finding found;
    } const rows[] = {
        {"", {fault::bad_syntax, 0}},
        {",x", {fault::bad_syntax, 0}},
        {"a=", {fault::bad_syntax, 1}},
        {"a=2", {fault::bad_syntax, 1}},
        {"a=2c", {fault::bad_syntax, 1}},
        {"a=3D=3E", {fault::bad_syntax, 4}},
        {"a==3D", {fault::bad_syntax, 1}},
        {"u\1", {fault::control_character, 1}},
        {"u\0"sv, {fault::control_character, 1}},
        {"u\xff", {fault::bad_encoding, 1}},
    };
    for (const auto& row : rows) {
        reader in(row.name);
        read_saslname(in);
        EXPECT_EQ(in.found(), row.found) << row.name;
    }
}

TEST(sasl_gs2, headers) {
    const auto header = [](channel_binding binding, std::string_view authorization) {
        return written([&](auto& to) { write_gs2_header(to, binding, authorization); });
    };
    EXPECT_EQ(header(channel_binding::unsupported, ""), "n,,");
    EXPECT_EQ(header(channel_binding::not_offered, ""), "y,,");
    EXPECT_EQ(header(channel_binding::unsupported, "a,b"), "n,a=a=2Cb,");

    struct {
        std::string_view message;
        std::string_view authorization;
        finding found;
    } const rows[] = {
        {"n,,rest", "", {}},
        {"y,,rest", "", {}},
        {"n,a=boss,rest", "boss", {}},
        {"p=tls-unique,,rest", "", {fault::channel_binding, 0}},
        {"p", "", {fault::channel_binding, 0}},
        {"", "", {fault::bad_syntax, 0}},
        {"N,,rest", "", {fault::bad_syntax, 0}},
        {"x,,rest", "", {fault::bad_syntax, 0}},
        {"n", "", {fault::bad_syntax, 1}},
        {"n,", "", {fault::bad_syntax, 2}},
        {"n,a=,rest", "", {fault::bad_syntax, 4}},
        {"n,b=x,rest", "", {fault::bad_syntax, 2}},
        {"n,a=boss", "boss", {fault::bad_syntax, 8}},
        {"F,n,,rest", "", {fault::bad_syntax, 0}},
    };
    for (const auto& row : rows) {
        reader in(row.message);
        EXPECT_EQ(read_gs2_header(in), row.authorization) << row.message;
        EXPECT_EQ(in.found(), row.found) << row.message;
        if (in.ok()) {
            EXPECT_EQ(in.rest(), "rest");
        }
    }
}

} // namespace
} // namespace mailwire::sasl
