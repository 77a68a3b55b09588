// SPDX-License-Identifier: BSL-1.0
// The same of a small profile with a FETCH item and a response code of its own.

#include "support/generate/profile_test.hpp"

#include "mailwire/imap/model/fetch_data.hpp"
#include "mailwire/imap/model/msg_att.hpp"
#include "mailwire/imap/model/resp_text_code.hpp"
#include "mailwire/imap/model/session_commands.hpp"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

namespace mailwire::imap {
namespace {

// msg-att-dynamic =/ "X-MARKS" SP "(" astring *(SP astring) ")" [SP number]
struct x_marks {
    using word = mailwire::word<slot::msg_att, "X-MARKS">;
    using tail =
        grammar::seq<grammar::sp,
                     list_tok<grammar::seq<grammar::lp, separated<grammar::astring, grammar::sp>, grammar::rp>>,
                     grammar::sor<grammar::seq<ch<'/'>, grammar::number>, absent_tok>>;
    seq_of<text> names = {};
    std::optional<std::uint32_t> count = {};

    static x_marks read(cursor& c) {
        x_marks m;
        m.names = seq_of<text>(c.enter());
        if (!c.skip_absent()) m.count = c.number32();
        return m;
    }
    void write(auto& out) const {
        out.require(!names.empty());
        out.sp().parens(names, [&out](const text& name) { out.astring(name); });
        if (count) out.raw("/").number(*count);
    }
};

// resp-text-code =/ "X-RETRY" SP nz-number
using code_x_retry = code_number<"X-RETRY">;

struct mine : profile<x_marks, code_x_retry, fetch_data, flags, uid, code_alert, noop, login, expunge_data> {};

TEST(OwnProfile, IsSound) { test::expect_sound_profile<mine>(test::number_of_sentences(5)); }

// The same words again, which the checks have to see.
struct twice : profile<mine, code_number<"x-retry">> {};

TEST(OwnProfile, AWordThatStandsTwiceIsFound) {
    EXPECT_NONFATAL_FAILURE(test::expect_no_word_twice(test::rule_graph<grammar::greeting, twice>()), "X-RETRY");
}

} // namespace
} // namespace mailwire::imap
