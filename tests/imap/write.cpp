// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/write.hpp"

#include "mailwire/imap/parse.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

using to = string_sink&;
using octets = std::string_view;
using how = const write_options&;

template <typename Command> misuse put(to out, const Command& c, how o) { return write_command(out, "a", c, o); }

template <typename Att> misuse att(to out, const Att& a, how o) {
    const item<slot::msg_att> one[] = {a};
    return write_data(out, fetch_data{1, items<slot::msg_att>(one)}, o);
}

template <typename Key> misuse key(to out, const Key& k, how o) {
    const search_key one[] = {k};
    return put(out, search{text::nil(), seq_of<search_key>(one)}, o);
}

template <typename Att> misuse ask(to out, const Att& a, how o) {
    const item<slot::fetch_att> one[] = {a};
    return put(out, fetch{1U, items<slot::fetch_att>(one)}, o);
}

template <typename Code> misuse code(to out, const Code& c, how o) {
    return write_status(out, {condition::ok, c, "x"}, o);
}

template <text envelope_fields::*Field> misuse envelope_with(to out, octets v, how o) {
    envelope e;
    e.*Field = v;
    return att(out, e, o);
}

template <text address::*Field> misuse address_with(to out, octets v, how o) {
    address one[1];
    one[0].*Field = v;
    envelope e;
    e.bcc = one;
    return att(out, e, o);
}

template <text body::*Field> misuse body_with(to out, octets v, how o) {
    body_structure b;
    b.type = "x";
    b.subtype = "y";
    b.encoding = "7BIT";
    b.extended = true;
    b.*Field = v;
    return att(out, b, o);
}

misuse body_with_lists(to out, octets v, how o) {
    const parameter one[] = {{v, v}};
    const text language[] = {v};
    body_structure b;
    b.type = "x";
    b.parameters = one;
    b.extended = true;
    b.disposition = {v, one};
    b.languages = language;
    return att(out, b, o);
}

misuse mark(to out, octets v, how o) {
    const text one[] = {v};
    return put(out, store{1U, store_action::add, false, one}, o);
}

misuse header_name(to out, octets v, how o) {
    const text one[] = {v};
    return ask(out, fetch_body{{"1", section_text::header_fields, one}, {}}, o);
}

misuse listed(to out, octets attribute, octets delimiter, octets name, octets extended, how o) {
    const text one[] = {attribute};
    list_data data{one, delimiter, name};
    const oldname old{extended};
    const item<slot::mbox_list_extended_item> items[] = {old};
    if (!extended.empty()) data.extended = items;
    return write_data(out, data, o);
}

// Every place of the public functions that takes octets of a program, with a value that may stand there.
const struct place {
    const char* name;
    side from;
    octets good;
    misuse (*write)(to, octets, how);
} places[] = {
    {"tag", side::client, "abc", [](to out, octets v, how o) { return write_command(out, v, noop{}, o); }},
    {"user", side::client, "abc",
     [](to out, octets v, how o) {
         return put(out, login{v, "x"}, o);
     }},
    {"password", side::client, "abc",
     [](to out, octets v, how o) {
         return put(out, login{"x", v}, o);
     }},
    {"select", side::client, "abc", [](to out, octets v, how o) { return put(out, select{v}, o); }},
    {"rename", side::client, "abc",
     [](to out, octets v, how o) {
         return put(out, rename{v, v}, o);
     }},
    {"list", side::client, "abc",
     [](to out, octets v, how o) {
         return put(out, imap::list{v, v}, o);
     }},
    {"copy", side::client, "abc",
     [](to out, octets v, how o) {
         return put(out, copy{1U, v}, o);
     }},
    {"append to", side::client, "abc",
     [](to out, octets v, how o) {
         return put(out, append{v, {}, {}, "m"}, o);
     }},
    {"append date", side::client, " 7-Feb-1994 21:52:25 -0800",
     [](to out, octets v, how o) {
         return put(out, append{"x", {}, v, "m"}, o);
     }},
    {"append", side::client, "abc",
     [](to out, octets v, how o) {
         return put(out, append{"x", {}, {}, v}, o);
     }},
    {"flag", side::client, "\\abc", mark},
    {"header name", side::client, "abc", header_name},
    {"part", side::client, "1.23.4",
     [](to out, octets v, how o) {
         return ask(out, fetch_body{{v, {}, {}}, {}}, o);
     }},
    {"charset", side::client, "abc",
     [](to out, octets v, how o) {
         const search_key all[] = {key::all{}};
         return put(out, search{v, seq_of<search_key>(all)}, o);
     }},
    {"key text", side::client, "abc", [](to out, octets v, how o) { return key(out, key::subject{v}, o); }},
    {"key header", side::client, "abc",
     [](to out, octets v, how o) {
         return key(out, key::header{v, v}, o);
     }},
    {"keyword", side::client, "abc", [](to out, octets v, how o) { return key(out, key::keyword{v}, o); }},
    {"key date", side::client, "1-Feb-1994", [](to out, octets v, how o) { return key(out, key::since{v}, o); }},
    {"tagged", side::server, "abc",
     [](to out, octets v, how o) {
         return write_tagged(out, v, {condition::ok, {}, "x"}, o);
     }},
    {"text", side::server, "abc",
     [](to out, octets v, how o) {
         return write_status(out, {condition::ok, {}, v}, o);
     }},
    {"code", side::server, "abc",
     [](to out, octets v, how o) {
         return write_status(out, {condition::ok, code_alert{}, v}, o);
     }},
    {"+", side::server, "abc", [](to out, octets v, how o) { return write_continuation(out, v, o); }},
    {"capability", side::server, "abc",
     [](to out, octets v, how o) { return write_data(out, capability_data{{v}}, o); }},
    {"attribute", side::server, "\\abc", [](to out, octets v, how o) { return listed(out, v, "/", "x", {}, o); }},
    {"delimiter", side::server, "/", [](to out, octets v, how o) { return listed(out, "\\x", v, "x", {}, o); }},
    {"listed", side::server, "abc", [](to out, octets v, how o) { return listed(out, "\\x", "/", v, {}, o); }},
    {"old name", side::server, "abc", [](to out, octets v, how o) { return listed(out, "\\x", "/", "x", v, o); }},
    {"status", side::server, "abc",
     [](to out, octets v, how o) {
         return write_data(out, status_data{v, {}}, o);
     }},
    {"flags", side::server, "\\abc", [](to out, octets v, how o) { return write_data(out, flags_data{{v}}, o); }},
    {"FLAGS", side::server, "\\abc", [](to out, octets v, how o) { return att(out, flags{{v}}, o); }},
    {"date", side::server, " 7-Feb-1994 21:52:25 -0800",
     [](to out, octets v, how o) { return att(out, internal_date{v}, o); }},
    {"BODY[]", side::server, "abc",
     [](to out, octets v, how o) {
         return att(out, body_section{{}, 0U, v}, o);
     }},
    {"BODY[1]", side::server, "1.2",
     [](to out, octets v, how o) {
         return att(out, body_section{{v, {}, {}}, 0U, "x"}, o);
     }},
    {"subject", side::server, "abc", envelope_with<&envelope_fields::subject>},
    {"message-id", side::server, "abc", envelope_with<&envelope_fields::message_id>},
    {"name", side::server, "abc", address_with<&address::name>},
    {"host", side::server, "abc", address_with<&address::host>},
    {"type", side::server, "abc", body_with<&body::type>},
    {"subtype", side::server, "abc", body_with<&body::subtype>},
    {"id", side::server, "abc", body_with<&body::id>},
    {"description", side::server, "abc", body_with<&body::description>},
    {"encoding", side::server, "abc", body_with<&body::encoding>},
    {"md5", side::server, "abc", body_with<&body::md5>},
    {"location", side::server, "abc", body_with<&body::location>},
    {"parameters", side::server, "abc", body_with_lists},
    {"badcharset", side::server, "abc", [](to out, octets v, how o) { return code(out, code_badcharset{{v}}, o); }},
    {"[CAPABILITY]", side::server, "abc", [](to out, octets v, how o) { return code(out, code_capability{{v}}, o); }},
    {"permanent", side::server, "\\abc",
     [](to out, octets v, how o) { return code(out, code_permanentflags{{v}}, o); }},
};

// The value with the octet put in or put instead of another, at its beginning, in its middle and at its end.
std::vector<std::string> variants(octets good, char octet) {
    std::vector<std::string> result;
    for (const std::size_t at : {std::size_t{0}, good.size() / 2, good.size()}) {
        result.emplace_back(good).insert(at, 1, octet);
        if (at != good.size()) result.emplace_back(good)[at] = octet;
    }
    result.emplace_back(good).back() = octet;
    return result;
}

// F1, M12: exactly one unit that its own reader takes, or no unit at all.
void expect_one_unit_or_none(const place& p, const std::string& v, how options) {
    std::string unit;
    string_sink out(unit);
    const misuse result = p.write(out, v, options);
    if (result == misuse::bad_value) return;
    ASSERT_EQ(result, misuse::none) << p.name << ' ' << test::spelled(v);
    const std::array<octets, 1> whole{unit};
    const auto frames = test::frames_of(p.from, whole);
    ASSERT_FALSE(frames.empty()) << p.name << ' ' << test::spelled(unit);
    for (const auto& f : frames) {
        EXPECT_EQ(f.kind, &f == &frames.back() ? frame_kind::unit : frame_kind::literal)
            << p.name << ' ' << test::spelled(unit);
    }
    EXPECT_EQ(frames.back().size, unit.size()) << p.name << ' ' << test::spelled(unit);
    std::vector<token> tape(unit.size() + 16);
    parse_options read;
    read.dialect = {.from = p.from, .utf8 = options.utf8, .literals = literal_form::plus};
    const error error =
        p.from == side::client ? parse_command(unit, tape, read).error : parse_response(unit, tape, read).error;
    EXPECT_FALSE(error) << p.name << ' ' << test::spelled(unit) << ' ' << name_of(error.code) << " at " << error.offset;
}

TEST(write, one_unit_or_none_whatever_the_octets) {
    for (const place& p : places) {
        for (const literal_form form : {literal_form::synchronizing, literal_form::minus, literal_form::plus}) {
            if (p.from == side::server && form != literal_form::synchronizing) continue;
            for (const bool utf8 : {false, true}) {
                const write_options options{.from = p.from, .literals = form, .utf8 = utf8};
                std::string unit;
                string_sink out(unit);
                EXPECT_EQ(p.write(out, p.good, options), misuse::none) << p.name;
                expect_one_unit_or_none(p, std::string(p.good), options);
                expect_one_unit_or_none(p, "", options);
                for (int c = 0; c != 256; ++c) {
                    for (const auto& v : variants(p.good, static_cast<char>(c)))
                        expect_one_unit_or_none(p, v, options);
                }
                for (const char* v :
                     {"{3}", "a {3+}", "\r\n", "a\r\nb OK x\r\n", "\xc3\xa9", "\\", "\"", "NIL", "[ALERT]"}) {
                    expect_one_unit_or_none(p, v, options);
                }
            }
        }
    }
}

TEST(write, says_what_is_missing) {
    char storage[8];
    span_sink small(storage);
    EXPECT_EQ(write_command(small, "a", noop{}), misuse::none);
    EXPECT_EQ(small.view(), "a NOOP\r\n");
    span_sink smaller(std::span<char>(storage).first(7));
    EXPECT_EQ(write_command(smaller, "a", noop{}), misuse::no_room);
    EXPECT_EQ(smaller.size(), 8U);
    EXPECT_EQ(smaller.view(), "");
    // A value without a place is the first thing to know.
    span_sink none(std::span<char>(storage).first(0));
    EXPECT_EQ(write_command(none, "a b", noop{}), misuse::bad_value);
    EXPECT_EQ(write_tagged(none, "a", {condition::bye, {}, "x"}), misuse::bad_value);
}

// A parsed response is written as the profile knows it, whatever side the options name.
TEST(write, response) {
    token tape[32];
    for (const octets wire : {"* OK [ALERT] x\r\n", "a NO x\r\n", "+ x\r\n", "* 5 EXISTS\r\n", "* X-FOO (\r\n",
                              "* 5 X-FOO (\r\n", "* 1 FETCH (BODY[] {2}\r\nhi)\r\n"}) {
        std::string unit;
        string_sink out(unit);
        EXPECT_EQ(write_response(out, parse_response(wire, tape).value, {.from = side::client}), misuse::none);
        EXPECT_EQ(unit, wire);
        EXPECT_TRUE(out.stops().empty());
    }
}

} // namespace
} // namespace mailwire::imap
