// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/url.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "support/allocations.hpp"
#include "support/corpus.hpp"

namespace mailwire::pop3::test {
namespace {

std::string decoded(const url_text& part) {
    std::string room(part.spelled().size(), '#');
    return std::string(*part.decode(room));
}

std::string describe_url(const url& u) {
    return "user [" + decoded(u.user) + "] auth [" + decoded(u.auth) + "] host [" + std::string(u.host) + "] port " +
           std::to_string(u.port);
}

// What a text says, read from storage that ends where it ends.
std::string judged(std::string_view text) {
    const std::unique_ptr<char[]> exact(new char[text.size()]);
    std::copy(text.begin(), text.end(), exact.get());
    const std::string_view copy(exact.get(), text.size());
    const auto result = [&] {
        const mailwire::test::no_allocation_here guard("parse_url");
        return parse_url(copy);
    }();
    return result ? describe_url(result.value)
                  : std::string(name_of(result.error.code)) + " at " + std::to_string(result.error.offset);
}

struct row {
    std::string_view text;
    std::string_view says;
};

// P9-1
const row good[] = {
    {"pop://host", "user [] auth [] host [host] port 0"},
    {"pop://host:110", "user [] auth [] host [host] port 110"},
    {"pop://rg@mail.example.org", "user [rg] auth [] host [mail.example.org] port 0"},
    {"pop://rg;AUTH=+APOP@mail.example.org:8110", "user [rg] auth [+APOP] host [mail.example.org] port 8110"},
    {"pop://rg;AUTH=*@host", "user [rg] auth [*] host [host] port 0"},
    {"pop://rg;AUTH=SCRAM-SHA-256@[::1]:65535", "user [rg] auth [SCRAM-SHA-256] host [[::1]] port 65535"},
    {"pop://baz%25q%40example%3Bx@127.0.0.1", "user [baz%q@example;x] auth [] host [127.0.0.1] port 0"},
    {"pop://%D1%8F&=~@host", "user [\xd1\x8f&=~] auth [] host [host] port 0"},
};

TEST(url, reads) {
    for (const row& r : good) {
        EXPECT_EQ(judged(r.text), r.says) << r.text;
    }
    // What ABNF spells in letters stands in any case.
    EXPECT_EQ(judged("PoP://rg;aUtH=plain@host:0110"), "user [rg] auth [plain] host [host] port 110");
}

TEST(url, refuses) {
    const row bad[] = {
        {"", "syntax at 0"},
        {"pop://", "syntax at 6"},
        {"http://host", "syntax at 0"},
        {"//host", "syntax at 0"}, // no relative form
        {"host", "syntax at 0"},
        {"pop://user:password@host", "syntax at 11"}, // no password
        {"pop://@host", "syntax at 6"},
        {"pop://;AUTH=*@host", "syntax at 6"},
        {"pop://rg;AUTH=@host", "syntax at 14"},
        {"pop://rg;AUTH@host", "syntax at 8"},
        {"pop://rg@host/", "syntax at 13"},
        {"pop://host/inbox", "syntax at 10"},
        {"pop://host?a", "syntax at 10"},
        {"pop://host:", "syntax at 11"},
        {"pop://host:0", "syntax at 12"},
        {"pop://host:65536", "number too big at 11"},
        {"pop://r g@host", "syntax at 7"},
        {"pop://r%4@host", "syntax at 9"},
        {"pop://\xd1\x8f@host", "syntax at 6"},
        {"pop://host\r\n", "syntax at 10"},
        {"pop://host ", "syntax at 10"},
        {"pop://a@b@host", "syntax at 9"},
    };
    for (const row& r : bad) {
        EXPECT_EQ(judged(r.text), r.says) << r.text;
    }
}

// Every beginning of a URL is judged, and only within its octets.
TEST(url, any_octet_anywhere) {
    for (const row& r : good) {
        for (std::size_t at = 0; at != r.text.size(); ++at) {
            (void)judged(r.text.substr(0, at));
            for (int octet = 0; octet != 256; ++octet) {
                std::string changed(r.text);
                changed[at] = static_cast<char>(octet);
                EXPECT_LE(parse_url(changed).error.offset, changed.size());
            }
        }
    }
}

TEST(url, is_written_as_it_was_read_and_into_no_room_too_small) {
    for (const row& r : good) {
        SCOPED_TRACE(std::string(r.text));
        const auto parsed = parse_url(r.text);
        ASSERT_TRUE(parsed);
        std::string written;
        string_sink whole(written);
        ASSERT_EQ(write_url(whole, parsed.value), misuse::none);
        EXPECT_EQ(written, r.text);
        EXPECT_EQ(parse_url(written).value, parsed.value);
        for (std::size_t room = 0; room <= written.size(); ++room) {
            std::vector<char> storage(room + 1, '#');
            span_sink narrow(std::span<char>(storage).first(room));
            const mailwire::test::no_allocation_here guard("write_url");
            EXPECT_EQ(write_url(narrow, parsed.value), misuse::none);
            EXPECT_EQ(narrow.ok(), room == written.size());
            EXPECT_EQ(narrow.size(), written.size());
            EXPECT_EQ(storage.back(), '#');
        }
    }
}

TEST(url, octets_that_a_url_may_not_have_are_encoded) {
    std::string all;
    for (int octet = 0; octet != 256; ++octet) {
        all.push_back(static_cast<char>(octet));
    }
    std::string written;
    string_sink out(written);
    ASSERT_EQ(write_url(out, {.user = all, .auth = "+x y", .host = "h", .port = 7}), misuse::none);
    EXPECT_TRUE(written.starts_with("pop://%00%01")) << written;
    EXPECT_TRUE(written.ends_with("%FF;AUTH=+x%20y@h:7")) << written;
    const auto back = parse_url(written);
    ASSERT_TRUE(back);
    EXPECT_EQ(decoded(back.value.user), all);
    EXPECT_EQ(back.value, (url{.user = all, .auth = "+x y", .host = "h", .port = 7}));
}

TEST(url, what_is_no_url_is_not_written) {
    const url wrong[] = {{},
                         {.host = "a b"},
                         {.host = "h:1"},
                         {.host = "h\r\n"},
                         {.host = "h/x"},
                         {.host = "user@h"},
                         {.auth = "PLAIN", .host = "h"}};
    for (const url& u : wrong) {
        std::string written;
        string_sink out(written);
        EXPECT_EQ(write_url(out, u), misuse::bad_value) << u.host;
        EXPECT_TRUE(written.empty());
    }
}

TEST(url_text, is_decoded_into_room_of_the_caller) {
    const url_text part = url_text::encoded("a%40%zz%4");
    char room[7];
    EXPECT_EQ(part.decode(room), "a@%zz%4");
    EXPECT_EQ(part.decode(std::span<char>(room).first(6)), std::nullopt);
    EXPECT_EQ(url_text("a%40").decode(room), "a%40");
    EXPECT_EQ(url_text().decode({}), "");
    EXPECT_EQ(part, url_text("a@%zz%4"));
    EXPECT_FALSE(part == url_text("a@%zz%"));
    EXPECT_FALSE(part == url_text("A@%zz%4"));
}

TEST(url, says_what_to_log_in_with) {
    EXPECT_TRUE(parse_url("pop://host").value.any_mechanism());
    EXPECT_TRUE(parse_url("pop://u;AUTH=*@host").value.any_mechanism());
    EXPECT_FALSE(parse_url("pop://u;AUTH=PLAIN@host").value.any_mechanism());
    EXPECT_FALSE(parse_url("pop://u;AUTH=PLAIN@host").value.apop());
    EXPECT_TRUE(parse_url("pop://u;AUTH=+apop@host").value.apop());
    EXPECT_FALSE(parse_url("pop://u;AUTH=+apo@host").value.apop());
    EXPECT_FALSE(parse_url("pop://u;AUTH=+apops@host").value.apop());
    EXPECT_EQ(parse_url("pop://host").value.port_to_use(), 110);
    EXPECT_EQ(parse_url("pop://host:995").value.port_to_use(), 995);
}

// P9-1
TEST(url, vectors) {
    if (!mailwire::test::corpus_available()) GTEST_SKIP() << "no corpus";
    int judged_vectors = 0;
    for (const auto& v : mailwire::test::read_protocol_vectors()) {
        if (v.side != "POP-URL") continue;
        ++judged_vectors;
        EXPECT_EQ(static_cast<bool>(parse_url(v.wire)), v.accept) << v.id << ": " << v.wire << ' ' << v.note;
    }
    EXPECT_GT(judged_vectors, 0);
}

} // namespace
} // namespace mailwire::pop3::test
