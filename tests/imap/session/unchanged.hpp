// SPDX-License-Identifier: BSL-1.0
// Whether a call leaves every octet of a session as it was.

#pragma once

#include "imap/session/boxes.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <string>
#include <vector>

namespace mailwire::test {

template <typename Session> class unchanged {
public:
    explicit unchanged(const Session& session) : session_(session), image_(sizeof(Session)) {
        std::memcpy(image_.data(), static_cast<const void*>(&session), sizeof(Session));
        output_ = session.output();
    }
    bool still() const {
        return std::memcmp(image_.data(), static_cast<const void*>(&session_), sizeof(Session)) == 0 &&
               session_.output() == output_;
    }

private:
    const Session& session_;
    std::vector<char> image_;
    std::string output_;
};

inline misuse fault_of(misuse m) { return m; }
inline misuse fault_of(const imap::sent_command& sent) { return sent.fault; }
inline misuse fault_of(const sasl::step& s) {
    return s.fault == sasl::fault::unexpected_message ? misuse::wrong_state : misuse::none;
}

// Makes a call that is refused for this reason, or for the other one where two hold at once.
template <typename Session, typename Call>
void expect_refused(Session& session, misuse fault, Call call, misuse other = misuse::none) {
    const unchanged before(session);
    const misuse is = fault_of(call());
    EXPECT_TRUE(is == fault || (is == other && other != misuse::none)) << name_of(is);
    EXPECT_TRUE(before.still()) << name_of(fault);
}

// Every command once.
template <typename Visit> void all_commands(Visit visit) {
    using namespace imap;
    visit(capability{});
    visit(noop{});
    visit(logout{});
    visit(starttls{});
    visit(authenticate{"X-OWN"});
    visit(login{"u", "p"});
    visit(enable{{"CONDSTORE"}});
    visit(select{"x"});
    visit(examine{"x"});
    visit(create{"x"});
    visit(delete_{"x"});
    visit(rename{"x", "y"});
    visit(subscribe{"x"});
    visit(unsubscribe{"x"});
    visit(list{"", "*"});
    visit(lsub{"", "*"});
    visit(namespace_command{});
    visit(status{"x", {status_messages{}}});
    visit(append{.mailbox = "x", .message = "m"});
    visit(idle{});
    visit(close{});
    visit(unselect{});
    visit(expunge{});
    visit(check{});
    visit(search{.keys = {search_key(key::all{})}});
    visit(fetch{.messages = 1U, .att = {fetch_uid{}}});
    visit(store{.messages = 1U, .flags = {"\\Seen"}});
    visit(copy{1U, "x"});
    visit(move{1U, "x"});
    visit(uid_search{.keys = {search_key(key::all{})}});
    visit(uid_fetch{.messages = 1U, .att = {fetch_uid{}}});
    visit(uid_store{.messages = 1U, .flags = {"\\Seen"}});
    visit(uid_copy{1U, "x"});
    visit(uid_move{1U, "x"});
    visit(uid_expunge{1U});
    visit(id{});
    visit(getquota{"x"});
    visit(getquotaroot{"x"});
    visit(compress{});
    visit(unauthenticate{});
}

// A call of a program, and the place in a session where it is made.
template <typename Session> struct call {
    std::string name;
    std::function<misuse(Session&)> make;
};
template <typename Box> struct place {
    std::string name;
    std::function<void(Box&)> go;
};

template <typename State> bool is_over(State s) {
    return s == State::logged_out || s == State::closed || s == State::failed;
}

// Each call in each place, with the output sent and not. Returns how many were refused.
template <typename Box, typename Session, typename Options>
std::size_t expect_unchanged(const std::vector<place<Box>>& places, const std::vector<call<Session>>& calls,
                             const Options& options) {
    std::size_t refused = 0;
    for (const auto& p : places) {
        for (const auto& c : calls) {
            for (const bool sent : {true, false}) {
                Box box({}, options);
                p.go(box);
                if (sent) (void)flush(box.session);
                const unchanged before(box.session);
                const bool over = is_over(box.session.state());
                const misuse fault = c.make(box.session);
                EXPECT_TRUE(!over || fault == misuse::wrong_state || c.name == "greet no") << p.name << ": " << c.name;
                if (fault == misuse::none) continue;
                EXPECT_TRUE(before.still()) << p.name << ": " << c.name << ", " << name_of(fault);
                EXPECT_EQ(c.make(box.session), fault) << p.name << ": " << c.name;
                ++refused;
            }
        }
    }
    return refused;
}

} // namespace mailwire::test
