// SPDX-License-Identifier: BSL-1.0
// Recorded sessions, seen by our client: it sends what real clients have sent, under its own tags, and reads what their
// servers have answered, in the pieces in which that came.
#include "mailwire/imap.hpp"

#include "imap/session/replay.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <deque>

namespace mailwire::imap {
namespace {

using test::counts;
using test::direction;
using test::lines;

class client_replay {
public:
    client_replay(const test::recorded_session& session, std::string_view from_client, std::string_view from_server,
                  bool one_by_one)
        : one_by_one_(one_by_one), box_({.in = 1U << 17U, .out = 1U << 18U, .tape = 1U << 16U, .commands = 200},
                                        {.secure = session.name.starts_with("imaps-"), .tls = tls_policy::optional}),
          asked_(test::units_of(side::client, from_client)), said_(test::units_of(side::server, from_server)) {}

    // So many octets more of the recorded client have been sent, and of the recorded server received.
    void client_moves(std::size_t octets) {
        sent_ += octets;
        while (next_asked_ != asked_.size() && asked_at_ + asked_[next_asked_].size() <= sent_) {
            asked_at_ += asked_[next_asked_].size();
            waiting_.push_back(asked_[next_asked_++]);
        }
        ask();
    }
    void server_moves(std::size_t octets) {
        received_ += octets;
        while (next_said_ != said_.size() && said_at_ + said_[next_said_].size() <= received_) {
            gather(said_[next_said_].size());
            said_at_ += said_[next_said_++].size();
            heard_ = 0;
            // Who asks as soon as a reply allows it does so before the next one comes.
            if (!waiting_.empty()) hear();
            ask();
        }
        if (next_said_ != said_.size() && received_ > said_at_) gather(received_ - said_at_);
        hear();
    }

    lines told;
    counts faults;
    counts refused; // by our session
    std::size_t sent_commands = 0;

private:
    // Asks what waits, as far as the session has time for it.
    void ask() {
        while (!waiting_.empty() && ask(waiting_.front())) {
            waiting_.pop_front();
            std::string out = test::flush(box_.session);
            // The recorded server said "+" to the recorded client's literals; ours has its own.
            while (ends_with_header(out) && heard_ == 0) {
                (void)test::receive(box_.session, "+ go ahead\r\n", 12);
                read();
                out = test::flush(box_.session);
            }
        }
    }
    static bool ends_with_header(std::string_view out) {
        if (!out.ends_with("}\r\n")) return false;
        const std::string_view digits = out.substr(out.rfind('{') + 1);
        return digits.size() > 3 && digits.find_first_not_of("0123456789") == digits.size() - 3;
    }
    bool ask(std::string_view unit) {
        client& session = box_.session;
        if (session.state() == client_state::greeting) return false;
        if (session.mode() == client_mode::challenged) {
            const std::string_view line = unit.substr(0, unit.size() - 2);
            EXPECT_EQ(line == "*" ? session.cancel() : session.respond(test::octets_of_base64(line)), misuse::none);
            return true;
        }
        if (unit == "DONE\r\n" && session.mode() == client_mode::asking_idle) return false;
        if (unit == "DONE\r\n") {
            EXPECT_TRUE(session.end_idle() == misuse::none || session.mode() == client_mode::lines);
            return true;
        }
        return send(unit);
    }

    // False where it has to wait.
    bool send(std::string_view unit) {
        parse_options reading;
        reading.dialect.from = side::client;
        reading.dialect.utf8 = true;
        reading.dialect.literals = literal_form::plus;
        const auto c = parse_command(unit, tape_, reading);
        const std::string recorded(test::first_word(unit));
        if (!c) return true; // replay_server.cpp has these
        sent_command sent;
        const bool known =
            visit<everything>(c.value.value(), [&](const auto& value) { sent = box_.session.send(value); });
        if (!known) return true;
        if (sent.fault == misuse::busy && box_.session.in_flight_count() != 0) return false;
        if (!sent) {
            const bool known_ones = box_.session.capabilities().known();
            ++refused[std::string(name_of(sent.fault)) + (known_ones ? ":" : ", capabilities unknown:") +
                      std::string(unit.substr(recorded.size(), 30))];
            return true;
        }
        ++sent_commands;
        tags_[recorded] = "A" + std::to_string(sent.number);
        return true;
    }

    // The unit under way as our client is to see it, up to its first `octets` octets.
    void gather(std::size_t octets) {
        const std::string_view unit = said_[next_said_];
        if (heard_ == 0) shown_ = shown(unit);
        // A tag of another length: what is cut within it comes a little earlier or later.
        const std::size_t behind = unit.size() - octets;
        const std::size_t n = shown_.size() - std::min(shown_.size(), behind);
        if (n <= heard_) return;
        piece_ += std::string_view(shown_).substr(heard_, n - heard_);
        heard_ = n;
    }
    void hear() {
        for (std::string_view octets = piece_; !octets.empty();) {
            const std::size_t some = test::receive(box_.session, octets, one_by_one_ ? 1 : octets.size());
            if (some == 0) break;
            octets.remove_prefix(some);
            read();
        }
        piece_.clear();
    }

    // Its tag is ours. What answers nothing that our client has asked is not there.
    std::string shown(std::string_view unit) const {
        const client_mode mode = box_.session.mode();
        // A server that began with an OK, and went on with its greeting.
        if (next_said_ == 0 && said_.size() > 1 && said_[1].starts_with("* PREAUTH")) return {};
        if (unit.starts_with("+")) {
            const bool asks = mode == client_mode::exchange || mode == client_mode::asking_idle;
            return asks ? std::string(unit) : std::string();
        }
        if (unit.starts_with("*")) return std::string(unit);
        const auto tag = tags_.find(test::first_word(unit));
        return tag == tags_.end() ? std::string() : tag->second + std::string(unit.substr(tag->first.size()));
    }

    void read() {
        using kind = client_event_kind;
        for (;;) {
            const client_event e = box_.session.next();
            if (e.kind == kind::need_input) return;
            if (e.kind == kind::need_output) continue;
            test::note(told, e);
            if (e.kind == kind::error) ++faults[test::describe(e) + " " + shown_.substr(0, 60)];
            if (e.violation != violation::none) ++faults["violation " + test::wrong(e) + " " + shown_.substr(0, 60)];
            if (e.kind == kind::start_tls) {
                EXPECT_EQ(box_.session.tls_started(), misuse::none);
            }
            if (box_.session.mode() == client_mode::challenged || e.kind == kind::closed) return;
            if (box_.session.state() == client_state::failed) return;
        }
    }

    bool one_by_one_;
    test::client_box box_;
    std::vector<std::string_view> asked_;
    std::vector<std::string_view> said_;
    std::vector<token> tape_ = std::vector<token>(1U << 16U);
    std::map<std::string, std::string, std::less<>> tags_; // recorded -> ours
    std::deque<std::string_view> waiting_;                 // for their time to be asked
    std::string shown_;
    std::string piece_;
    std::size_t next_asked_ = 0;
    std::size_t asked_at_ = 0; // octets of the units before
    std::size_t sent_ = 0;
    std::size_t next_said_ = 0;
    std::size_t said_at_ = 0;
    std::size_t received_ = 0;
    std::size_t heard_ = 0; // octets of the unit under way as it is shown
};

TEST(imap_replay, FR_1_our_client_reads_recorded_servers_however_their_octets_came) {
    if (!test::corpus_available()) GTEST_SKIP() << "no corpus";
    std::size_t sessions = 0;
    std::size_t commands = 0;
    std::size_t events = 0;
    counts faults;
    counts refused;
    for (const auto& session : test::imap_sessions()) {
        SCOPED_TRACE(session.client + "/" + session.name);
        const std::string from_client = test::plain_octets(session, direction::from_client);
        const std::string from_server = test::plain_octets(session, direction::from_server);
        client_replay as_recorded(session, from_client, from_server, false);
        client_replay one_by_one(session, from_client, from_server, true);
        for (client_replay* replay : {&as_recorded, &one_by_one}) {
            for (const auto& piece : session.pieces) {
                if (piece.from == direction::from_client) replay->client_moves(piece.octets.size());
                if (piece.from == direction::from_server) replay->server_moves(piece.octets.size());
            }
        }
        EXPECT_EQ(as_recorded.told, one_by_one.told);
        ++sessions;
        commands += as_recorded.sent_commands;
        events += as_recorded.told.size();
        for (const auto& [what, count] : as_recorded.faults) {
            // \Recent is no flag of a mailbox (RFC 3501 7.2.6). Of what a session has not asked, the answers surprise it.
            const bool recent = what.starts_with("error syntax") && what.find("* FLAGS (") != what.npos;
            EXPECT_TRUE(recent || (what.starts_with("violation") && !as_recorded.refused.empty())) << what;
            faults[session.client + "/" + session.name + " " + what.substr(0, what.find_first_of("\r\n"))] += count;
        }
        for (const auto& [what, count] : as_recorded.refused)
            refused[session.client + "/" + session.name + " " + what.substr(0, what.find_first_of("\r\n"))] += count;
    }
    std::printf("recorded IMAP sessions, seen by our client: %zu, %zu commands, %zu events\n", sessions, commands,
                events);
    test::print("server's fault", faults);
    test::print("refused by our client", refused);
    EXPECT_GT(sessions, 100U);
    EXPECT_GT(commands, 2000U);
    EXPECT_LT(refused.size(), 30U);
}

} // namespace
} // namespace mailwire::imap
