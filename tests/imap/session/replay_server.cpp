// SPDX-License-Identifier: BSL-1.0
// Recorded sessions, seen by our server: it reads what real clients have sent, and its program answers what their servers
// have answered. What it is told does not depend on how the octets came in.
#include "mailwire/imap.hpp"

#include "imap/session/replay.hpp"
#include "imap/session/replay_faults.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

namespace mailwire::imap {
namespace {

using test::counts;
using test::direction;
using test::lines;

// Sends one unit of the recorded server.
misuse say(server& answering, const response& r) {
    if (r.kind() == response_kind::status) return answering.send(r.status());
    misuse fault = misuse::bad_value;
    const auto send = [&](const auto& value) { fault = answering.send(value); };
    if (!r.has_number()) {
        visit<everything>(r.data<slot::response_data>(), send);
    } else if (!visit<everything>(r.data<slot::counted_data>(), send)) {
        visit<everything>(r.data<slot::message_data>(), send);
    }
    return fault;
}

class server_replay {
public:
    server_replay(const test::recorded_session& session, std::string_view from_client, std::string_view from_server)
        : box_({.in = 1U << 16U, .out = 1U << 20U, .tape = 1U << 15U},
               {.limits = {.bad_commands = 100, .bad_commands_before_login = 100, .commands_before_login = 1000},
                .secure = session.name.starts_with("imaps-")}),
          asked_(test::units_of(side::client, from_client)), said_(test::units_of(side::server, from_server)),
          used_(said_.size()) {
        greet();
    }

    void feed(std::string_view octets) {
        while (!octets.empty() && act()) {
            const std::size_t n = test::receive(box_.session, octets, octets.size());
            if (n == 0) return;
            octets.remove_prefix(n);
        }
        (void)act();
    }

    lines told;
    counts faults; // what the recorded server took
    std::size_t refused_commands = 0;
    counts refused; // of what the recorded server has said

private:
    void greet() {
        used_[0] = true;
        // A server that began with an OK, and went on with its greeting.
        if (said_.size() > 1 && said_[1].starts_with("* PREAUTH")) used_[1] = true;
        const auto r = parse_greeting(said_[used_[1] ? 1 : 0], tape_);
        ASSERT_TRUE(r);
        ASSERT_EQ(box_.session.greet(r.value.status()), misuse::none);
        (void)test::flush(box_.session);
    }

    // False where nothing more can be read.
    bool act() {
        using kind = server_event_kind;
        for (;;) {
            const server_event e = box_.session.next();
            const std::string own = test::flush(box_.session);
            if (e.kind == kind::error) judge(e.error, own);
            if (e.kind == kind::need_input) return true;
            if (e.kind == kind::closed) return false;
            if (e.kind == kind::need_output) continue;
            if (e.kind == kind::need_answer) return false;
            if (e.kind == kind::literal_data) {
                octets_ += e.octets.size();
                continue;
            }
            note(e);
            if (e.kind == kind::command) begin(e.command);
            if (e.kind == kind::literal_begin) literal(e.command.tag());
            if (e.kind == kind::response || e.kind == kind::done) answer();
            if (e.kind == kind::start_tls) (void)box_.session.tls_started();
            if (e.kind == kind::error && box_.session.state() == server_state::failed) return false;
        }
    }

    void note(const server_event& e) {
        std::string line = test::describe(e);
        // The initial response is decoded where it stands.
        if (e.kind == server_event_kind::command && e.command.value().is<authenticate>()) line = "authenticate";
        if (e.kind == server_event_kind::literal_end) line += " " + std::to_string(octets_);
        told.push_back(std::move(line));
    }

    // A command that the session refuses and the recorded server did not is a fault, of one or the other.
    void judge(const error& fault, std::string_view own) {
        const std::string_view tag = test::first_word(own);
        ++refused_commands;
        for (std::size_t i = 0; i != said_.size(); ++i) {
            if (used_[i] || test::first_word(said_[i]) != tag) continue;
            used_[i] = true;
            const bool agreed = said_[i].starts_with(std::string(tag) + " OK");
            if (agreed) ++faults[std::string(name_of(fault.code)) + " " + command_of(tag)];
            return;
        }
    }
    std::string command_of(std::string_view tag) const {
        for (const std::string_view unit : asked_) {
            if (test::first_word(unit) == tag) return std::string(unit.substr(tag.size(), 60));
        }
        return "?";
    }

    void begin(const command& c) {
        tag_ = c.tag();
        effect_ = command_effect::none;
        visit<everything>(c.value(), [this]<typename Command>(const Command&) { effect_ = effect_of<Command>(); });
        if (effect_ == command_effect::idles && next_continuation()) {
            (void)box_.session.begin_idle();
            return;
        }
        answer();
    }
    void literal(std::string_view tag) {
        tag_ = tag;
        if (box_.session.accept_literal() != misuse::none) ++refused["a literal"];
    }

    // The next "+" of the recorded server, once.
    std::string_view take_continuation() {
        for (std::size_t i = 0; i != said_.size(); ++i) {
            if (used_[i] || !said_[i].starts_with("+")) continue;
            used_[i] = true;
            return said_[i];
        }
        return {};
    }
    // Whether a "+" stands before the reply to the command under way.
    bool next_continuation() {
        for (std::size_t i = 0; i != said_.size(); ++i) {
            if (used_[i]) continue;
            if (test::first_word(said_[i]) == tag_) return false;
            if (said_[i].starts_with("+")) return used_[i] = true;
        }
        return false;
    }

    // Says all up to the reply to the command under way.
    void answer() {
        for (std::size_t i = 0; i != said_.size(); ++i) {
            if (used_[i]) continue;
            const bool challenge = said_[i].starts_with("+");
            const bool last = test::first_word(said_[i]) == tag_;
            if (!challenge && !last && !said_[i].starts_with("*")) continue; // to another command
            used_[i] = true;
            if (challenge && effect_ != command_effect::authenticates) continue; // a literal's
            if (challenge) {
                const std::string_view base64 = said_[i].substr(std::min<std::size_t>(2, said_[i].size() - 2));
                const misuse m = box_.session.challenge(test::octets_of_base64(base64.substr(0, base64.size() - 2)));
                if (m != misuse::none) ++refused["a challenge"];
                return;
            }
            say_unit(said_[i], last);
            if (last) return;
        }
        // The recording ends here.
        (void)box_.session.finish({condition::no, {}, "not recorded"});
    }

    void say_unit(std::string_view unit, bool last) {
        parse_options reading;
        reading.dialect.utf8 = true;
        const auto r = parse_response(unit, tape_, reading);
        if (!r && last) {
            (void)box_.session.finish({condition::no, {}, "not read"});
            return;
        }
        if (!r) return; // recordings.cpp judges it
        const bool goodbye = r.value.kind() == response_kind::status && r.value.status().condition == condition::bye;
        if (goodbye && effect_ == command_effect::logs_out) return; // the session says it
        const misuse fault = last ? box_.session.finish(r.value.status()) : say(box_.session, r.value);
        (void)test::flush(box_.session);
        if (fault == misuse::none) return;
        ++refused[std::string(name_of(fault)) + " " + std::string(unit.substr(0, 40))];
    }
    test::server_box box_;
    std::vector<std::string_view> asked_;
    std::vector<std::string_view> said_;
    std::vector<bool> used_;
    std::vector<token> tape_ = std::vector<token>(1U << 16U);
    std::string tag_;
    command_effect effect_ = command_effect::none;
    std::uint64_t octets_ = 0;
};

TEST(imap_replay, FR_1_our_server_reads_recorded_clients_however_their_octets_came) {
    if (!test::corpus_available()) GTEST_SKIP() << "no corpus";
    std::size_t sessions = 0;
    std::size_t events = 0;
    std::size_t commands_refused = 0;
    counts faults;
    counts refused;
    for (const auto& session : test::imap_sessions()) {
        SCOPED_TRACE(session.client + "/" + session.name);
        const std::string from_client = test::plain_octets(session, direction::from_client);
        const std::string from_server = test::plain_octets(session, direction::from_server);
        if (from_server.empty()) continue;
        server_replay as_recorded(session, from_client, from_server);
        server_replay one_by_one(session, from_client, from_server);
        std::size_t at = 0;
        for (const auto& piece : session.pieces) {
            if (piece.from != direction::from_client) continue;
            as_recorded.feed(std::string_view(from_client).substr(at, piece.octets.size()));
            at = std::min(from_client.size(), at + piece.octets.size());
        }
        for (const std::string_view octet : test::single_octets(from_client))
            one_by_one.feed(octet);
        EXPECT_EQ(as_recorded.told, one_by_one.told);
        ++sessions;
        events += as_recorded.told.size();
        commands_refused += as_recorded.refused_commands;
        for (const auto& [what, count] : as_recorded.faults) {
            EXPECT_TRUE(test::is_expected(what)) << what;
            faults[what.substr(0, what.find_first_of("\r\n"))] += count;
        }
        for (const auto& [what, count] : as_recorded.refused) {
            // Data of extensions that are not covered.
            EXPECT_TRUE(what.starts_with("bad value * ")) << what;
            refused[what.substr(0, what.find(' ', 12))] += count;
        }
    }
    std::printf("recorded IMAP sessions, seen by our server: %zu, %zu events, %zu commands refused\n", sessions, events,
                commands_refused);
    test::print("taken by the recorded server, refused by ours", faults);
    test::print("said by the recorded server, not by ours", refused);
    EXPECT_GT(sessions, 100U);
    EXPECT_GT(events, 2000U);
}

} // namespace
} // namespace mailwire::imap
