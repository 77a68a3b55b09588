// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/message_numbers.hpp"

#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap {
namespace {

// RFC 9586 3: what there is none of under UIDONLY.
static_assert(names_by_number<fetch>() && names_by_number<store>() && names_by_number<search>() &&
              names_by_number<copy>() && names_by_number<move>());
static_assert(!names_by_number<uid_fetch>() && !names_by_number<uid_store>() && !names_by_number<uid_search>() &&
              !names_by_number<uid_copy>() && !names_by_number<uid_move>() && !names_by_number<uid_expunge>());
static_assert(names_by_number<fetch_data>() && names_by_number<expunge_data>());
static_assert(!names_by_number<uidfetch_data>() && !names_by_number<vanished_data>() && !names_by_number<exists>() &&
              !names_by_number<recent>());

// RFC 7162 3.1: what enables CONDSTORE by itself, and what does not.
static_assert(switched_on_by<condstore_param> == modes::condstore && switched_on_by<fetch_modseq> == modes::condstore &&
              switched_on_by<changedsince> == modes::condstore && switched_on_by<unchangedsince> == modes::condstore &&
              switched_on_by<status_highestmodseq> == modes::condstore &&
              switched_on_by<key::modseq> == modes::condstore);
static_assert(switched_on_by<qresync_param> == 0 && switched_on_by<fetch> == 0 && switched_on_by<enable> == 0 &&
              switched_on_by<fetch_vanished> == 0);

// What a client has written, by whichever way it came into the unit.
struct written {
    bool numbers = false;
    std::uint32_t modes = 0;
    misuse fault = misuse::none;
};
template <typename Command> written write(const Command& command, bool message_numbers = true) {
    std::string text;
    string_sink sink(text);
    writer out(sink, {.message_numbers = message_numbers});
    out.put(command);
    return {out.has_numbers(), out.switched_on(), out.fault()};
}

TEST(message_numbers, PI_1_PI_9_that_a_command_names) {
    const search_key by_number[] = {sequence_set("1:3")};
    const key::not_ not_these{sequence_set("7")};
    const search_key nested[] = {not_these};
    const key::uid by_uid{"1:3"};
    const search_key uids[] = {by_uid};
    const search_key result[] = {sequence_set::last_result()};
    EXPECT_TRUE(write(fetch{.messages = "1", .macro = fetch_macro::fast}).numbers);
    EXPECT_TRUE(write(copy{"1", "x"}).numbers);
    EXPECT_TRUE(write(search{.keys = by_number}).numbers);
    EXPECT_TRUE(write(uid_search{.keys = by_number}).numbers) << "a bare set is one of message numbers";
    EXPECT_TRUE(write(uid_search{.keys = nested}).numbers);
    EXPECT_FALSE(write(uid_search{.keys = uids}).numbers);
    EXPECT_FALSE(write(search{.keys = uids}).numbers);
    EXPECT_FALSE(write(uid_search{.keys = result}).numbers);
    EXPECT_FALSE(write(fetch{.messages = sequence_set::last_result(), .macro = fetch_macro::fast}).numbers);
    EXPECT_FALSE(write(uid_fetch{.messages = "1", .macro = fetch_macro::fast}).numbers);
}

TEST(message_numbers, EN_26_none_under_UIDONLY) {
    const search_key by_number[] = {sequence_set("1:3")};
    const key::uid by_uid{"1:3"};
    const search_key uids[] = {by_uid};
    EXPECT_EQ(write(fetch{.messages = "1", .macro = fetch_macro::fast}, false).fault, misuse::bad_value);
    EXPECT_EQ(write(search{.keys = uids}, false).fault, misuse::bad_value) << "its answer would be numbers";
    EXPECT_EQ(write(uid_search{.keys = by_number}, false).fault, misuse::bad_value);
    EXPECT_EQ(write(uid_search{.keys = uids}, false).fault, misuse::none);
    EXPECT_EQ(write(uid_copy{"1", "x"}, false).fault, misuse::none);
}

TEST(message_numbers, EN_21_modes_that_a_command_switches_on) {
    const fetch_modseq mod;
    const item<slot::fetch_att> atts[] = {mod};
    EXPECT_EQ(write(uid_fetch{.messages = "1", .att = items<slot::fetch_att>(atts)}).modes, modes::condstore);
    EXPECT_EQ(write(uid_fetch{.messages = "1", .macro = fetch_macro::fast}).modes, 0U);
}

} // namespace
} // namespace mailwire::imap
