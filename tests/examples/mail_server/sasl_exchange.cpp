// SPDX-License-Identifier: BSL-1.0
#include "mail_server/sasl_exchange.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace mail_server {
namespace {

// A session that carries nothing: what the client says is there, and what the mechanism says is kept.
struct session_in_memory {
    std::string_view said;
    std::array<char, 512> room = {};

    template <typename Mechanism> sasl::step step(Mechanism& mechanism) { return mechanism.step(said, room); }
};

bool is_offered(std::string_view name, accounts& known, bool secure) {
    return begin_exchange<session_in_memory>(name, known, secure) != nullptr;
}

// What is announced can be begun, and nothing else.
TEST(sasl_exchange, offers_what_may_be_used) {
    accounts without("ada", "secret");
    accounts with("ada", "secret", "token");
    const std::string in_the_clear = "SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5";
    EXPECT_EQ(mechanisms_for(with, false), in_the_clear);
    EXPECT_EQ(mechanisms_for(without, true), in_the_clear + " PLAIN LOGIN");
    EXPECT_EQ(mechanisms_for(with, true), in_the_clear + " PLAIN LOGIN OAUTHBEARER XOAUTH2");
    for (accounts* known : {&without, &with}) {
        for (const bool secure : {false, true}) {
            const std::string offered = " " + mechanisms_for(*known, secure) + " ";
            for (const auto name : {"SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN", "OAUTHBEARER",
                                    "XOAUTH2", "EXTERNAL", "ANONYMOUS", "SCRAM-SHA-256-PLUS", ""}) {
                const bool announced = offered.find(" " + std::string(name) + " ") != std::string::npos;
                EXPECT_EQ(is_offered(name, *known, secure), announced) << name;
            }
        }
    }
    EXPECT_TRUE(is_offered("plain", without, true));
}

TEST(sasl_exchange, keeps_a_mechanism_from_step_to_step) {
    accounts known("ada", "secret");
    const auto exchange = begin_exchange<session_in_memory>("LOGIN", known, true);
    session_in_memory session{""};
    EXPECT_EQ(exchange->step(session).status, sasl::status::more);
    EXPECT_EQ(exchange->identity(), "");
    session.said = "ada";
    EXPECT_EQ(exchange->step(session).status, sasl::status::more);
    session.said = "secret";
    EXPECT_EQ(exchange->step(session).status, sasl::status::done);
    EXPECT_EQ(exchange->identity(), "ada");
}

} // namespace
} // namespace mail_server
