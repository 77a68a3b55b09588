// SPDX-License-Identifier: BSL-1.0
// What a client session decides without octets; with octets it is client_table.cpp and its neighbours.
#include "mailwire/imap/session/client_progress.hpp"

#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

#include <array>

namespace mailwire::imap::detail {
namespace {

using progress = client_progress<everything>;

struct started {
    explicit started(client_input greeting, const client_options& options = {.tls = tls_policy::optional})
        : session(storage, options) {
        EXPECT_TRUE(session.act(greeting));
    }
    template <typename Command> misuse may() const { return session.may_send(facts_of<everything, Command>()); }
    template <typename Command> std::uint32_t send() {
        return session.note_sent(facts_of<everything, Command>(), 0, 0);
    }
    void answer(std::uint32_t number, condition c) {
        const std::size_t i = session.commands().index_of(number);
        const in_flight command = session.commands()[i];
        const client_input input = session.input_of_reply(command, c);
        session.learn_reply(command, {c, {}, "x"}, input);
        (void)session.take(i, c == condition::ok);
        EXPECT_TRUE(session.act(input));
    }

    std::array<in_flight, 4> storage{};
    progress session;
};

TEST(imap_client_progress, a_session_of_three_commands) {
    started s(client_input::greeting_ok);
    EXPECT_EQ(s.may<login>(), misuse::none);
    EXPECT_EQ(s.may<select>(), misuse::wrong_state);
    EXPECT_EQ(s.send<login>(), 1U);
    EXPECT_EQ(s.may<login>(), misuse::wrong_state) << "as it will be";
    EXPECT_EQ(s.may<select>(), misuse::none);
    EXPECT_EQ(s.send<select>(), 2U);
    EXPECT_EQ(s.may<expunge>(), misuse::none);
    s.answer(1, condition::ok);
    EXPECT_EQ(s.session.state(), client_state::authenticated);
    s.answer(2, condition::ok);
    EXPECT_EQ(s.session.state(), client_state::selected);
    EXPECT_EQ(s.send<logout>(), 3U);
    EXPECT_EQ(s.may<noop>(), misuse::wrong_state);
    EXPECT_EQ(s.session.last_number(), 3U);
}

TEST(imap_client_progress, the_list_is_full) {
    started s(client_input::greeting_preauth);
    for (int i = 0; i != 4; ++i) {
        EXPECT_EQ(s.may<noop>(), misuse::none);
        (void)s.send<noop>();
    }
    EXPECT_EQ(s.may<noop>(), misuse::no_room);
    EXPECT_EQ(s.may<login>(), misuse::wrong_state) << "what is never right comes first";
    s.answer(2, condition::bad);
    EXPECT_EQ(s.may<noop>(), misuse::none);
}

// What has taken the connection over gives it back, whatever else is answered meanwhile.
TEST(imap_client_progress, modes_end_with_their_command) {
    started s(client_input::greeting_ok);
    (void)s.send<noop>();
    EXPECT_EQ(s.send<authenticate>(), 2U);
    EXPECT_EQ(s.session.taken_by(), 2U);
    EXPECT_EQ(s.session.mode(), client_mode::exchange);
    EXPECT_EQ(s.may<noop>(), misuse::busy);
    s.answer(1, condition::ok);
    EXPECT_EQ(s.session.mode(), client_mode::exchange);
    s.answer(2, condition::no);
    EXPECT_EQ(s.session.mode(), client_mode::lines);
    EXPECT_EQ(s.session.taken_by(), 0U);
    EXPECT_EQ(s.may<starttls>(), misuse::none);
    EXPECT_EQ(s.send<starttls>(), 3U);
    s.answer(3, condition::ok);
    EXPECT_EQ(s.session.mode(), client_mode::tls);
    s.session.start_tls();
    EXPECT_TRUE(s.session.secure());
    EXPECT_EQ(s.may<starttls>(), misuse::wrong_state);
}

TEST(imap_client_progress, input_of_a_reply) {
    started s(client_input::greeting_ok);
    const auto input = [&](command_effect effect, condition c) {
        return s.session.input_of_reply({.number = 1, .effect = effect}, c);
    };
    using effect = command_effect;
    using result = client_input;
    for (const effect e : {effect::none, effect::logs_out, effect::idles, effect::starts_tls, effect::compresses})
        EXPECT_EQ(input(e, condition::ok), result::done);
    EXPECT_EQ(input(effect::logs_in, condition::ok), result::logged_in);
    EXPECT_EQ(input(effect::authenticates, condition::ok), result::unproven);
    s.session.note_proof(true);
    EXPECT_EQ(input(effect::authenticates, condition::ok), result::logged_in);
    EXPECT_EQ(input(effect::selects, condition::ok), result::selected);
    EXPECT_EQ(input(effect::deselects, condition::ok), result::deselected);
    EXPECT_EQ(input(effect::unauthenticates, condition::ok), result::unauthenticated);
    for (const condition c : {condition::no, condition::bad}) {
        for (const effect e : {effect::none, effect::logs_in, effect::authenticates, effect::deselects,
                               effect::unauthenticates, effect::starts_tls})
            EXPECT_EQ(input(e, c), result::done);
        EXPECT_EQ(input(effect::selects, c), result::deselected);
    }
}

TEST(imap_client_progress, input_of_a_greeting) {
    const started in_the_clear(client_input::greeting_ok, {.tls = tls_policy::required});
    const started encrypted(client_input::greeting_ok, {.secure = true, .tls = tls_policy::required});
    const started careless(client_input::greeting_ok, {.tls = tls_policy::optional});
    EXPECT_EQ(in_the_clear.session.input_of_greeting(condition::preauth), client_input::preauth_in_clear);
    EXPECT_EQ(encrypted.session.input_of_greeting(condition::preauth), client_input::greeting_preauth);
    EXPECT_EQ(careless.session.input_of_greeting(condition::preauth), client_input::greeting_preauth);
    EXPECT_EQ(in_the_clear.session.input_of_greeting(condition::ok), client_input::greeting_ok);
    EXPECT_EQ(in_the_clear.session.input_of_greeting(condition::bye), client_input::greeting_bye);
}

// A mechanism of a program's own is not among those a session knows: whether the server has it is for the program to see.
TEST(imap_client_progress, mechanisms_nobody_knows) {
    const started s(client_input::greeting_ok);
    EXPECT_TRUE(s.session.offers_mechanism("PLAIN"));
    EXPECT_TRUE(s.session.offers_mechanism("X-OWN"));
    EXPECT_FALSE(s.session.takes_initial_response());
}

} // namespace
} // namespace mailwire::imap::detail
