// SPDX-License-Identifier: BSL-1.0
// Recorded sessions of real clients and servers, where the folder with them is there: every command is read or refused
// as one line, and every answer in the context of its command, however the octets were cut.

#include "support/recordings.hpp"

#include <mailwire/pop3/limits.hpp>
#include <mailwire/pop3/session/response_reader.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <optional>

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

// Old clients ask for a list of mechanisms with a bare AUTH.
constexpr parse_options tolerant{.quirks = quirks::auth_without_mechanism};

// How the command on a line is answered; nothing where it is refused.
std::optional<answer_form> form_of(std::string_view line) {
    std::array<token, tokens_of_a_line> tape;
    const auto command = parse_command(line, tape, tolerant);
    if (!command) return std::nullopt;
    answer_form form = answer_form::text;
    visit<everything>(command.value, [&](const auto& c) { form = c.answer(); });
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
    bool begin_next() {
        if (received_.size() < 2 || next_ == asked_.size()) return false;
        const std::string_view line = asked_[next_++];
        const auto form = form_of(line);
        refused_ = !form;
        EXPECT_EQ(judge_command(mailwire::test::single_octets(line), tolerant) == verdict::reject, refused_) << line;
        reader_.begin(form.value_or(answer_form::text));
        return true;
    }

    // A challenge takes a line of the client with it.
    void note_challenge(std::string_view octets) {
        parts.push_back("challenge " + std::string(octets));
        if (next_ == asked_.size()) {
            parts.emplace_back("fault: no answer to a challenge");
        } else if (judge_sasl_line(mailwire::test::single_octets(asked_[next_++])) != verdict::accept) {
            parts.emplace_back("fault in the answer to a challenge");
        }
    }

    void note(const response_step& step) {
        // Who tries what is no command is told so by the other end too.
        if (refused_ && step.part == response_part::reply) {
            EXPECT_TRUE(step.octets.starts_with("-ERR")) << step.octets;
        }
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
        case response_part::challenge:
            note_challenge(step.octets);
            break;
        default:
            parts.push_back(std::to_string(static_cast<int>(step.part)) + ' ' + std::string(step.octets));
            break;
        }
        in_body_ = step.part == response_part::body || (in_body_ && step.part == response_part::none);
    }

    const std::vector<std::string_view>& asked_;
    std::size_t next_ = 0;
    response_reader<> reader_{longest_response_line, limits().sasl_line, 1'000'000};
    std::string received_;
    bool in_body_ = false;
    bool refused_ = false; // the command is no command
};

TEST(recordings, of_pop3) {
    if (!mailwire::test::corpus_available()) GTEST_SKIP() << "no corpus";
    int sessions = 0;
    std::size_t commands = 0;
    std::size_t parts = 0;
    std::size_t challenges = 0;
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
            challenges += part.starts_with("challenge") ? 1 : 0;
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
    std::printf("recorded POP3 sessions: %d judged, %zu lines of clients, %zu parts of answers, %zu challenges\n",
                sessions, commands, parts, challenges);
    EXPECT_GT(sessions, 0);
    EXPECT_GT(challenges, 0U);
}

} // namespace
} // namespace mailwire::pop3::test
