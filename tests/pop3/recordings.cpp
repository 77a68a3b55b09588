// SPDX-License-Identifier: BSL-1.0
// Recorded sessions of real clients and servers, where the folder with them is there: every command is read or refused
// as one line, and every answer in the context of its command, however the octets were cut.

#include "support/recordings.hpp"

#include <mailwire/pop3/limits.hpp>
#include <mailwire/pop3/session/response_reader.hpp>

#include <gtest/gtest.h>

#include <cstdio>

#include "pop3/describe.hpp"
#include "pop3/judge.hpp"
#include "support/splits.hpp"

namespace mailwire::pop3::test {
namespace {

using mailwire::test::direction;
using mailwire::test::recorded_session;

std::vector<std::string_view> lines_of(std::string_view octets) {
    std::vector<std::string_view> lines;
    line_scanner scanner(4096);
    while (!octets.empty()) {
        const framed_line found = scanner.scan(octets);
        EXPECT_EQ(found.kind, line_kind::line);
        if (found.kind != line_kind::line) break;
        lines.push_back(octets.substr(0, found.size));
        octets.remove_prefix(found.size);
    }
    return lines;
}

// How the command on a line is answered. AUTH without arguments is a list of mechanisms to old servers.
answer_form form_of(std::string_view line) {
    answer_form form = line == "AUTH\r\n" ? answer_form::capabilities : answer_form::text;
    std::array<token, tokens_of_a_line> tape;
    if (const auto command = parse_command(line, tape)) {
        visit<everything>(command.value, [&](const auto& c) { form = c.answer(); });
    }
    return form;
}

// Reads what a server has sent, piece by piece, as the answers to a client's lines. Keeps a word for each part.
class replay {
public:
    explicit replay(const std::vector<std::string_view>& asked) : asked_(asked) { reader_.begin_greeting(); }

    void feed(std::string_view octets) {
        received_ += octets;
        for (;;) {
            if (reader_.idle() && !begin_next()) return;
            const response_step step = reader_.next(received_, {});
            if (step.part == response_part::none && step.used == 0) return;
            note(step);
            received_.erase(0, step.used);
        }
    }

    std::vector<std::string> parts;
    bool complete() const { return received_.empty() && reader_.idle() && next_ == asked_.size(); }

private:
    // SASL (RFC 5034) is no part of this library: a challenge takes a line of the client with it.
    bool begin_next() {
        while (received_.starts_with("+ ")) {
            const std::size_t end = received_.find("\r\n");
            if (end == received_.npos) return false;
            received_.erase(0, end + 2);
            ++next_;
        }
        if (received_.size() < 2 || next_ == asked_.size()) return false;
        reader_.begin(form_of(asked_[next_++]));
        return true;
    }

    void note(const response_step& step) {
        switch (step.part) {
        case response_part::none:
            break;
        case response_part::fault:
            parts.push_back("fault " + describe(step.fault));
            break;
        case response_part::no_reply:
            parts.push_back("no reply " + std::string(step.octets));
            break;
        case response_part::body:
            if (!in_body_) parts.emplace_back("body ");
            parts.back() += step.octets;
            break;
        default:
            parts.push_back(std::to_string(static_cast<int>(step.part)) + ' ' + std::string(step.octets));
            break;
        }
        in_body_ = step.part == response_part::body || (in_body_ && step.part == response_part::none);
    }

    const std::vector<std::string_view>& asked_;
    std::size_t next_ = 0;
    response_reader<> reader_{longest_response_line, 1'000'000};
    std::string received_;
    bool in_body_ = false;
};

TEST(recordings, of_pop3) {
    if (!mailwire::test::corpus_available()) GTEST_SKIP() << "no corpus";
    int sessions = 0;
    std::size_t commands = 0;
    std::size_t parts = 0;
    for (const recorded_session& session : mailwire::test::read_recorded_sessions()) {
        if (!session.pop3) continue;
        SCOPED_TRACE(session.client + '/' + session.name);
        const std::string from_client = session.octets(direction::from_client);
        const std::string from_server = session.octets(direction::from_server);
        const std::vector<std::string_view> asked = lines_of(from_client);
        replay whole(asked);
        whole.feed(from_server);
        EXPECT_TRUE(whole.complete());
        for (const std::string& part : whole.parts) {
            EXPECT_FALSE(part.starts_with("fault") || part.starts_with("no reply")) << part;
        }
        replay as_recorded(asked);
        for (const auto& piece : session.pieces) {
            if (piece.from == direction::from_server) as_recorded.feed(piece.octets);
        }
        EXPECT_EQ(as_recorded.parts, whole.parts);
        replay in_crumbs(asked);
        for (const std::string_view piece : mailwire::test::pieces_of(from_server, 3)) {
            in_crumbs.feed(piece);
        }
        EXPECT_EQ(in_crumbs.parts, whole.parts);
        ++sessions;
        commands += asked.size();
        parts += whole.parts.size();
    }
    std::printf("recorded POP3 sessions: %d judged, %zu lines of clients, %zu parts of answers\n", sessions, commands,
                parts);
    EXPECT_GT(sessions, 0);
}

} // namespace
} // namespace mailwire::pop3::test
