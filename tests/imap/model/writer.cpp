// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/writer.hpp"

#include "mailwire/core/outbox.hpp"
#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/allocations.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using namespace std::string_view_literals;

// What a writer makes of a value, or "refused".
template <typename Write> std::string written(Write write, const write_options& options = {}) {
    std::string result;
    string_sink to(result);
    writer out(to, options);
    write(out);
    return out.fault() == misuse::none ? result : out.fault() == misuse::bad_value ? "refused" : "?";
}

// FR-16: atom, quoted or literal, whichever is the first that carries the octets.
TEST(writer, gives_a_string_its_plainest_form) {
    const std::string longest(4096, 'a');
    const std::string longer(4097, ' ');
    struct {
        text value;
        std::string astring;
        std::string string;
        std::string list_mailbox;
        std::string charset;
    } const rows[] = {
        {"abc", "abc", "\"abc\"", "abc", "abc"},
        {"a]b", "a]b", "\"a]b\"", "a]b", "\"a]b\""},
        {"a%*b", "\"a%*b\"", "\"a%*b\"", "a%*b", "\"a%*b\""},
        {"", "\"\"", "\"\"", "\"\"", "\"\""},
        {"NIL", "NIL", "\"NIL\"", "NIL", "NIL"},
        {"a b", "\"a b\"", "\"a b\"", "\"a b\"", "\"a b\""},
        {"a\"\\", "\"a\\\"\\\\\"", "\"a\\\"\\\\\"", "\"a\\\"\\\\\"", "\"a\\\"\\\\\""},
        {"a\tb", "\"a\tb\"", "\"a\tb\"", "\"a\tb\"", "\"a\tb\""},
        {"a\r\nb", "{4}\r\na\r\nb", "{4}\r\na\r\nb", "{4}\r\na\r\nb", "refused"},
        {"\xd0\xbc", "{2}\r\n\xd0\xbc", "{2}\r\n\xd0\xbc", "{2}\r\n\xd0\xbc", "refused"},
        {"a\0b"sv, "refused", "refused", "refused", "refused"},
        {text::nil(), "refused", "refused", "refused", "refused"},
        {text::binary("a"), "refused", "refused", "refused", "refused"},
        {longest, longest, "\"" + longest + "\"", longest, longest},
        {longer, "{4097}\r\n" + longer, "{4097}\r\n" + longer, "{4097}\r\n" + longer, "refused"},
        {{"a\\\"b", 4, spelling::escaped}, "\"a\\\"b\"", "\"a\\\"b\"", "\"a\\\"b\"", "\"a\\\"b\""},
        {{"a\"b", 3, spelling::escaped}, "refused", "refused", "refused", "refused"},
        {{"a\\", 2, spelling::escaped}, "refused", "refused", "refused", "refused"},
        {{"a\\b", 3, spelling::escaped}, "refused", "refused", "refused", "refused"},
        {{"a\r\n", 3, spelling::escaped}, "refused", "refused", "refused", "refused"},
    };
    for (const auto& row : rows) {
        const text& value = row.value;
        SCOPED_TRACE(test::spelled(value.spelled()));
        EXPECT_EQ(written([&](writer& out) { out.astring(value); }), row.astring);
        EXPECT_EQ(written([&](writer& out) { out.mailbox(value); }), row.astring);
        EXPECT_EQ(written([&](writer& out) { out.string(value); }), row.string);
        EXPECT_EQ(written([&](writer& out) { out.list_mailbox(value); }), row.list_mailbox);
        EXPECT_EQ(written([&](writer& out) { out.charset(value); }), row.charset);
        EXPECT_EQ(written([&](writer& out) { out.nstring(value); }), value.is_nil() ? "NIL" : row.string);
    }
}

// L-5: UTF-8 stands between quotes where it was agreed on, and what is no UTF-8 never does.
TEST(writer, utf8) {
    const write_options utf8{.utf8 = true};
    const auto string = [](text value) { return [value](writer& out) { out.string(value); }; };
    EXPECT_EQ(written(string("\xd0\xbc"), utf8), "\"\xd0\xbc\"");
    EXPECT_EQ(written(string("\xff"), utf8), "{1}\r\n\xff");
    EXPECT_EQ(written(string("\xd0"), utf8), "{1}\r\n\xd0");
    EXPECT_EQ(written(string("\xed\xa0\x80"), utf8), "{3}\r\n\xed\xa0\x80");
    EXPECT_EQ(written([](writer& out) { out.astring("\xd0\xbc"); }, utf8), "\"\xd0\xbc\"");
    EXPECT_EQ(written([](writer& out) { out.human("a \xd0\xbc"); }, utf8), "a \xd0\xbc");
    EXPECT_EQ(written([](writer& out) { out.human("a \xd0"); }, utf8), "refused");
    EXPECT_EQ(written([](writer& out) { out.human("a \xd0\xbc"); }), "refused");
}

TEST(writer, atoms_tags_and_flags) {
    for (int c = 0; c != 256; ++c) {
        const char octet = static_cast<char>(c);
        const bool atom_char = c > 0x20 && c < 0x7f && "(){%*\"\\]"sv.find(octet) == ""sv.npos;
        for (const std::string& value : {std::string{octet}, std::string{octet, 'a', 'b'}, std::string{'a', octet, 'b'},
                                         std::string{'a', 'b', octet}}) {
            const std::string atom = atom_char ? value : "refused";
            EXPECT_EQ(written([&](writer& out) { out.atom(value); }), atom) << c;
            const bool tag_char = (atom_char || octet == ']') && octet != '+';
            EXPECT_EQ(written([&](writer& out) { out.tag(value); }), tag_char ? value : "refused") << c;
        }
    }
    EXPECT_EQ(written([](writer& out) { out.atom(""); }), "refused");
    EXPECT_EQ(written([](writer& out) { out.tag(""); }), "refused");
    struct {
        const char* flag;
        bool plain;
        bool fetch;
        bool perm;
    } const rows[] = {{"\\Seen", true, true, true}, {"x", true, true, true},        {"\\Recent", false, true, false},
                      {"\\*", false, false, true},  {"\\", false, false, false},    {"", false, false, false},
                      {"a b", false, false, false}, {"a\r\n", false, false, false}, {"\\a\"", false, false, false}};
    for (const auto& row : rows) {
        const text one[] = {row.flag};
        const std::string list = "(" + std::string(row.flag) + ")";
        EXPECT_EQ(written([&](writer& out) { out.flags<grammar::flag_text>(one); }), row.plain ? list : "refused");
        EXPECT_EQ(written([&](writer& out) { out.flags<grammar::flag_fetch_text>(one); }),
                  row.fetch ? list : "refused");
        EXPECT_EQ(written([&](writer& out) { out.flags<grammar::flag_perm_text>(one); }), row.perm ? list : "refused");
    }
}

TEST(writer, numbers) {
    EXPECT_EQ(written([](writer& out) { out.number(0); }), "0");
    EXPECT_EQ(written([](writer& out) { out.number(9223372036854775807U); }), "9223372036854775807");
    EXPECT_EQ(written([](writer& out) { out.number(9223372036854775808U); }), "refused");
    EXPECT_EQ(written([](writer& out) { out.number(18446744073709551615U); }), "refused");
    EXPECT_EQ(written([](writer& out) { out.number<grammar::number>(4294967295U); }), "4294967295");
    EXPECT_EQ(written([](writer& out) { out.number<grammar::number>(4294967296U); }), "refused");
    EXPECT_EQ(written([](writer& out) { out.number<grammar::nz_number>(0); }), "refused");
}

// FR-4, FR-10, FR-13: where the output stops, and which literals need no leave.
TEST(writer, stops_at_literals_that_wait) {
    const std::string more(4097, 'x');
    struct {
        side from;
        literal_form form;
        text value;
        std::string wire;
        std::size_t stops;
    } const rows[] = {
        {side::client, literal_form::synchronizing, "ab", "{2}\r\nab", 1},
        {side::client, literal_form::synchronizing, "", "{0}\r\n", 1},
        {side::client, literal_form::minus, "ab", "{2+}\r\nab", 0},
        {side::client, literal_form::minus, std::string_view(more).substr(1), "{4096+}\r\n" + more.substr(1), 0},
        {side::client, literal_form::minus, more, "{4097}\r\n" + more, 1},
        {side::client, literal_form::plus, more, "{4097+}\r\n" + more, 0},
        {side::client, literal_form::plus, text::streamed(9), "{9+}\r\n", 1},
        {side::client, literal_form::synchronizing, text::streamed(9), "{9}\r\n", 1},
        {side::server, literal_form::plus, "ab", "{2}\r\nab", 0},
        {side::server, literal_form::synchronizing, text::streamed(9), "{9}\r\n", 1},
    };
    for (const auto& row : rows) {
        std::string result;
        string_sink to(result);
        writer out(to, {.from = row.from, .literals = row.form});
        out.literal(row.value);
        EXPECT_EQ(out.fault(), misuse::none);
        EXPECT_EQ(result, row.wire);
        ASSERT_EQ(to.stops().size(), row.stops) << row.wire.substr(0, 20);
        if (row.stops == 0) continue;
        EXPECT_EQ(to.stops()[0].offset, row.wire.find('\n') + 1);
        EXPECT_EQ(to.stops()[0].octets, row.value.is_streamed() ? 9U : 0U);
        EXPECT_EQ(to.stops()[0].wait, row.form == literal_form::synchronizing || row.value.size() == 4097
                                          ? row.from == side::client
                                          : false);
    }
    EXPECT_EQ(written([](writer& out) { out.literal8(text::binary("a\0b"sv)); }), "~{3}\r\na\0b"sv);
    EXPECT_EQ(written([](writer& out) { out.literal8(text::nil()); }), "refused");
    EXPECT_EQ(written([](writer& out) { out.literal({"a\\\"", 3, spelling::escaped}); }), "refused");
    EXPECT_EQ(written([](writer& out) { out.literal(text::streamed(9223372036854775808U)); }), "refused");
}

TEST(writer, refers_to_literals_and_allocates_nothing) {
    const std::string body(100000, 'x');
    char storage[64];
    gather_sink<4> to(storage);
    const test::no_allocation_here guard("write");
    writer out(to, {.from = side::server});
    out.raw("a ").literal(body).raw(")");
    EXPECT_TRUE(to.ok());
    ASSERT_EQ(to.pieces().size(), 3U);
    EXPECT_EQ(to.pieces()[1].data(), body.data());
}

TEST(writer, stays_refused) {
    EXPECT_EQ(written([](writer& out) { out.atom("a b").raw("x").number(1); }), "refused");
    std::string result;
    string_sink to(result);
    writer out(to, {});
    EXPECT_TRUE(out.require(true));
    EXPECT_EQ(out.fault(), misuse::none);
    EXPECT_FALSE(out.require(false));
    EXPECT_FALSE(out.require(true) && out.fault() == misuse::none);
}

// What nobody knows goes on as it came; a literal in it waits for "+" as any other does.
TEST(writer, literals_of_unknown_words_wait) {
    const std::string_view wire = "a SELECT x (FOO (b {3}\r\n\r\n} {2+}\r\nab) BAR)\r\n";
    token tape[32];
    const auto parsed = parse_command(wire, tape);
    ASSERT_TRUE(parsed);
    char storage[128];
    outbox out(storage);
    ASSERT_EQ(write_command(out, parsed.value), misuse::none);
    EXPECT_EQ(out.output(), wire.substr(0, wire.find("}\r\n") + 3));
    out.sent(out.output().size());
    EXPECT_TRUE(out.waiting());
}

} // namespace
} // namespace mailwire::imap
