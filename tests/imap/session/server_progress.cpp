// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/server_progress.hpp"

#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace mailwire::imap::detail {
namespace {

using progress = server_progress<everything>;

// What a server that stands there makes of a command.
verdict judged(const progress& p, std::string_view text) {
    std::array<token, 64> tape;
    const auto r = parse_command<everything>(text, tape, {p.reading(), {}});
    EXPECT_FALSE(r.error) << text;
    return p.judge(r.value);
}
void deliver(progress& p, std::string_view text) {
    const verdict v = judged(p, text);
    ASSERT_EQ(v.fault, errc::none) << text;
    p.deliver(v, text.substr(0, text.find(' ')));
}
// Answers it, as the session does.
void answer(progress& p, condition c) {
    ASSERT_EQ(p.may_finish(c), misuse::none);
    const server_input input = p.input_of_answer(c);
    p.go(c == condition::ok ? server_mode_input::finish_ok : server_mode_input::finish_other);
    p.learn_answer({c, {}, "x"}, input);
    p.act(input);
}
progress greeted(condition c, const server_options& options = {}) {
    progress p(options);
    p.act(c == condition::ok ? server_input::greet_ok : server_input::greet_preauth);
    return p;
}

TEST(imap_server_progress, ST_5_ST_7_ST_9_TL_8_judges_commands) {
    const progress stranger = greeted(condition::ok);
    EXPECT_EQ(judged(stranger, "a LOGIN u p\r\n").fault, errc::none);
    EXPECT_EQ(judged(stranger, "a SELECT x\r\n").fault, errc::unexpected_command);
    EXPECT_EQ(judged(stranger, "a XYZZY\r\n").fault, errc::unknown_command);
    EXPECT_FALSE(judged(stranger, "a XYZZY\r\n").known);
    const progress strict = greeted(condition::ok, {.tls = tls_policy::required});
    EXPECT_TRUE(judged(strict, "a LOGIN u p\r\n").needs_tls);
    EXPECT_TRUE(judged(strict, "a AUTHENTICATE X\r\n").needs_tls);
    EXPECT_FALSE(judged(strict, "a STARTTLS\r\n").needs_tls);
    const progress secure = greeted(condition::ok, {.secure = true, .tls = tls_policy::required});
    EXPECT_EQ(judged(secure, "a LOGIN u p\r\n").fault, errc::none);
    EXPECT_EQ(judged(secure, "a STARTTLS\r\n").fault, errc::unexpected_command);
}

TEST(imap_server_progress, ST_9_by_what_is_announced) {
    progress p = greeted(condition::preauth);
    EXPECT_EQ(judged(p, "a ID NIL\r\n").fault, errc::none);
    p.learn(capability_data{{"IMAP4rev1"}});
    EXPECT_EQ(judged(p, "a ID NIL\r\n").fault, errc::unknown_command);
    EXPECT_EQ(judged(p, "a IDLE\r\n").fault, errc::unknown_command);
    EXPECT_EQ(judged(p, "a CREATE x\r\n").fault, errc::none);
    p.learn(status_response{condition::ok, code_capability{{"IMAP4rev2"}}, "x"});
    EXPECT_EQ(judged(p, "a IDLE\r\n").fault, errc::none);
}

TEST(imap_server_progress, ST_41_keeps_the_tag_of_the_command_under_way) {
    progress p = greeted(condition::preauth);
    deliver(p, "A.b-7 CREATE x\r\n");
    EXPECT_EQ(p.tag(), "A.b-7");
    EXPECT_EQ(p.mode(), server_mode::answering);
    answer(p, condition::ok);
    EXPECT_EQ(p.mode(), server_mode::lines);
    EXPECT_EQ(p.may_finish(condition::ok), misuse::wrong_state);
    deliver(p, std::string(progress::longest_tag, 't') + " NOOP\r\n");
    EXPECT_EQ(p.tag().size(), progress::longest_tag);
}

TEST(imap_server_progress, ST_12_an_OK_to_AUTHENTICATE_is_proved) {
    progress p = greeted(condition::ok);
    deliver(p, "a AUTHENTICATE X\r\n");
    p.note_proof(false);
    EXPECT_EQ(p.may_finish(condition::ok), misuse::wrong_state);
    EXPECT_EQ(p.may_finish(condition::no), misuse::none);
    p.note_proof(true);
    answer(p, condition::ok);
    EXPECT_EQ(p.state(), server_state::authenticated);
}

TEST(imap_server_progress, ST_14_ST_17_what_CLOSED_is_to_the_state) {
    const status_response closed{condition::ok, code_closed{}, "x"};
    progress p = greeted(condition::preauth);
    deliver(p, "a SELECT x\r\n");
    EXPECT_EQ(p.input_of(closed), server_input::data) << "while another mailbox opens";
    answer(p, condition::ok);
    EXPECT_EQ(p.input_of(closed), server_input::closed);
    EXPECT_EQ(p.input_of({condition::no, code_closed{}, "x"}), server_input::data);
    EXPECT_EQ(p.input_of({condition::bye, {}, "x"}), server_input::bye);
}

TEST(imap_server_progress, MB_3_MB_7_what_contradicts) {
    progress p = greeted(condition::preauth);
    deliver(p, "a SELECT x\r\n");
    p.learn(exists{5});
    EXPECT_FALSE(p.contradicts(exists{1})) << "while it opens";
    answer(p, condition::ok);
    EXPECT_TRUE(p.contradicts(exists{4}));
    EXPECT_FALSE(p.contradicts(exists{6}));
    EXPECT_TRUE(p.contradicts(expunge_data{6}));
    EXPECT_FALSE(p.may_renumber());
    deliver(p, "b FETCH 1 FLAGS\r\n");
    EXPECT_FALSE(p.may_renumber());
    answer(p, condition::ok);
    deliver(p, "c NOOP\r\n");
    EXPECT_TRUE(p.may_renumber());
    p.learn(expunge_data{5});
    EXPECT_TRUE(p.contradicts(expunge_data{5}));
    answer(p, condition::ok);
    deliver(p, "d CLOSE\r\n");
    answer(p, condition::ok);
    EXPECT_EQ(p.mailbox().exists(), 0U);
}

TEST(imap_server_progress, TL_12_FR_12_what_is_no_announcement) {
    const progress p = greeted(condition::preauth);
    EXPECT_TRUE(p.contradicts(capability_data{{"IDLE"}}));
    EXPECT_TRUE(p.contradicts(capability_data{{"IMAP4rev1", "LITERAL+", "LITERAL-"}}));
    EXPECT_FALSE(p.contradicts(capability_data{{"IMAP4rev1", "LITERAL+"}}));
    EXPECT_TRUE(p.contradicts(status_response{condition::ok, code_capability{{"IDLE"}}, "x"}));
}

TEST(imap_server_progress, TL_4_TL_21_what_is_forgotten) {
    progress p = greeted(condition::ok);
    p.learn(capability_data{{"IMAP4rev1", "STARTTLS", "LITERAL+"}});
    deliver(p, "a STARTTLS\r\n");
    answer(p, condition::ok);
    EXPECT_EQ(p.mode(), server_mode::tls);
    p.start_tls();
    EXPECT_TRUE(p.secure());
    EXPECT_FALSE(p.announced().known());
    EXPECT_EQ(p.reading().literals, literal_form::plus) << "what a client may know from before";
    deliver(p, "b LOGIN u p\r\n");
    answer(p, condition::ok);
    p.learn(enabled_data{{"UIDONLY"}});
    EXPECT_TRUE(p.has_mode(modes::uidonly));
    EXPECT_FALSE(p.writing().message_numbers);
    deliver(p, "c UNAUTHENTICATE\r\n");
    EXPECT_EQ(p.may_finish(condition::no), misuse::bad_value);
    answer(p, condition::ok);
    EXPECT_EQ(p.state(), server_state::not_authenticated);
    EXPECT_EQ(p.modes(), 0U);
    EXPECT_TRUE(p.secure());
}

} // namespace
} // namespace mailwire::imap::detail
