// SPDX-License-Identifier: BSL-1.0
// Each production of RFC 9051 9 and of RFC 3501 9 is a rule that a unit can reach, and that takes and refuses what the
// production does; or there is a reason why it is none.
#include "productions.hpp"

#include "support/corpus.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <set>

namespace mailwire::imap::productions {
namespace {

constexpr std::string_view names_of_rfc_3501[] = {
    "address",
    "addr-adl",
    "addr-host",
    "addr-mailbox",
    "addr-name",
    "append",
    "astring",
    "ASTRING-CHAR",
    "atom",
    "ATOM-CHAR",
    "atom-specials",
    "authenticate",
    "auth-type",
    "base64",
    "base64-char",
    "base64-terminal",
    "body",
    "body-extension",
    "body-ext-1part",
    "body-ext-mpart",
    "body-fields",
    "body-fld-desc",
    "body-fld-dsp",
    "body-fld-enc",
    "body-fld-id",
    "body-fld-lang",
    "body-fld-loc",
    "body-fld-lines",
    "body-fld-md5",
    "body-fld-octets",
    "body-fld-param",
    "body-type-1part",
    "body-type-basic",
    "body-type-mpart",
    "body-type-msg",
    "body-type-text",
    "capability",
    "capability-data",
    "CHAR8",
    "command",
    "command-any",
    "command-auth",
    "command-nonauth",
    "command-select",
    "continue-req",
    "copy",
    "create",
    "date",
    "date-day",
    "date-day-fixed",
    "date-month",
    "date-text",
    "date-year",
    "date-time",
    "delete",
    "digit-nz",
    "envelope",
    "env-bcc",
    "env-cc",
    "env-date",
    "env-from",
    "env-in-reply-to",
    "env-message-id",
    "env-reply-to",
    "env-sender",
    "env-subject",
    "env-to",
    "examine",
    "fetch",
    "fetch-att",
    "flag",
    "flag-extension",
    "flag-fetch",
    "flag-keyword",
    "flag-list",
    "flag-perm",
    "greeting",
    "header-fld-name",
    "header-list",
    "list",
    "list-mailbox",
    "list-char",
    "list-wildcards",
    "literal",
    "login",
    "lsub",
    "mailbox",
    "mailbox-data",
    "mailbox-list",
    "mbx-list-flags",
    "mbx-list-oflag",
    "mbx-list-sflag",
    "media-basic",
    "media-message",
    "media-subtype",
    "media-text",
    "message-data",
    "msg-att",
    "msg-att-dynamic",
    "msg-att-static",
    "nil",
    "nstring",
    "number",
    "nz-number",
    "password",
    "quoted",
    "QUOTED-CHAR",
    "quoted-specials",
    "rename",
    "response",
    "response-data",
    "response-done",
    "response-fatal",
    "response-tagged",
    "resp-cond-auth",
    "resp-cond-bye",
    "resp-cond-state",
    "resp-specials",
    "resp-text",
    "resp-text-code",
    "search",
    "search-key",
    "section",
    "section-msgtext",
    "section-part",
    "section-spec",
    "section-text",
    "select",
    "seq-number",
    "seq-range",
    "sequence-set",
    "status",
    "status-att",
    "status-att-list",
    "store",
    "store-att-flags",
    "string",
    "subscribe",
    "tag",
    "text",
    "TEXT-CHAR",
    "time",
    "uid",
    "uniqueid",
    "unsubscribe",
    "userid",
    "x-command",
    "zone",
};

const table& all() {
    static const table whole = [] {
        table result;
        for (auto* part : {&from_sp_to_base64, &from_body_to_charset, &from_childinfo_to_envelope,
                           &from_env_bcc_to_idle, &from_initial_resp_to_msg_att, &from_name_component_to_quoted,
                           &from_rename_to_search, &from_section_to_store, &from_string_to_zone, &of_rfc_3501}) {
            for (auto& p : part())
                result.push_back(std::move(p));
        }
        return result;
    }();
    return whole;
}

// What the lines of a client and of a server begin with: whole units, and the lines of AUTHENTICATE and IDLE.
std::set<std::string_view> types_reached() {
    std::set<std::string_view> types;
    for (const test::rule_node* start :
         {&test::rule_graph<grammar::response, everything>(), &test::rule_graph<grammar::greeting, everything>(),
          &test::rule_graph<grammar::command, everything>(),
          &test::rule_graph<grammar::authenticate_line, everything>(),
          &test::rule_graph<grammar::idle_done, everything>()}) {
        for (const test::rule_node* node : test::all_reached(*start))
            types.insert(node->type);
    }
    return types;
}

// The names of the lines that define a production, between two headings of a text.
std::vector<std::string> names_of_text(const std::filesystem::path& path, std::string_view first,
                                       std::string_view last) {
    std::vector<std::string> names;
    std::ifstream file(path);
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(first)) inside = true;
        if (line.starts_with(last)) inside = false;
        const auto begin = std::find_if(line.begin(), line.end(), [](char c) { return c != ' '; });
        const auto end = std::find_if(
            begin, line.end(), [](char c) { return c != '-' && std::isalnum(static_cast<unsigned char>(c)) == 0; });
        const auto equals = std::find_if(end, line.end(), [](char c) { return c != ' '; });
        if (!inside || begin - line.begin() > 3 || begin == end || equals == line.end() || *equals != '=') continue;
        std::string name(begin, end);
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }
    return names;
}

TEST(productions, are_all_there) {
    std::set<std::string_view> names;
    for (const auto& p : all())
        EXPECT_TRUE(names.insert(p.name).second) << p.name << " stands here twice";
    EXPECT_EQ(names.size(), 234U);
    for (const auto name : names_of_rfc_3501)
        EXPECT_TRUE(names.contains(name)) << name;
    EXPECT_EQ(std::size(names_of_rfc_3501), 148U);
}

TEST(productions, stand_in_the_order_of_the_rfc) {
    const auto folder = test::corpus_folder() / "rfc";
    if (!std::filesystem::exists(folder / "rfc9051.txt")) GTEST_SKIP() << "no text of RFC 9051";
    const auto written = names_of_text(folder / "rfc9051.txt", "9.  Formal", "10.  ");
    ASSERT_EQ(written.size(), all().size() - 2);
    for (std::size_t i = 0; i != written.size(); ++i)
        EXPECT_EQ(written[i], all()[i].name);
    const auto older = names_of_text(folder / "rfc3501.txt", "9.  ", "10.  ");
    EXPECT_TRUE(std::equal(older.begin(), older.end(), std::begin(names_of_rfc_3501), std::end(names_of_rfc_3501)));
}

TEST(productions, take_and_refuse) {
    for (const auto& p : all()) {
        if (p.takes == nullptr) continue;
        EXPECT_FALSE(p.good.empty() || p.bad.empty()) << p.name;
        for (const auto text : p.good)
            EXPECT_TRUE(p.takes(std::string(text), p.behind, p.rules)) << p.name << " takes " << test::spelled(text);
        for (const auto text : p.bad)
            EXPECT_FALSE(p.takes(std::string(text), p.behind, p.rules)) << p.name << " refuses " << test::spelled(text);
    }
}

TEST(productions, are_reached_by_a_unit_or_say_why_they_are_no_rule) {
    const auto types = types_reached();
    std::size_t reached = 0;
    std::size_t sets = 0;
    std::size_t without = 0;
    for (const auto& p : all()) {
        if (p.takes == nullptr) {
            ++without;
            EXPECT_FALSE(p.note.empty()) << p.name;
        } else if (p.type.empty()) {
            ++sets;
        } else {
            EXPECT_TRUE(types.contains(p.type)) << p.name << ": nothing reaches " << p.type;
            ++reached;
        }
    }
    std::printf("productions: %zu rules, %zu sets of octets, %zu without a rule\n", reached, sets, without);
}

} // namespace
} // namespace mailwire::imap::productions
