// SPDX-License-Identifier: BSL-1.0
#include "mail_server/answer.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace mail_server {
namespace {

struct session_with_output {
    std::string_view waiting;
    std::string_view output() const { return waiting; }
};

TEST(answer, takes_its_steps_in_order) {
    answer reply;
    std::string taken;
    progress second = progress::blocked;
    reply.add([&] {
        taken += '1';
        return progress::done;
    });
    reply.add([&] {
        taken += '2';
        return second;
    });
    reply.add([&] {
        taken += '3';
        return progress::done;
    });
    EXPECT_EQ(reply.go_on(), progress::blocked);
    second = progress::again;
    EXPECT_EQ(reply.go_on(), progress::again);
    second = progress::done;
    EXPECT_EQ(reply.go_on(), progress::done);
    EXPECT_EQ(reply.go_on(), progress::done);
    EXPECT_EQ(taken, "12223");
}

TEST(answer, forgets_them) {
    answer reply;
    reply.add([]() -> progress { throw std::runtime_error("taken"); });
    EXPECT_THROW(reply.go_on(), std::runtime_error);
    reply.forget();
    EXPECT_EQ(reply.go_on(), progress::done);
}

TEST(answer, knows_what_a_misuse_means) {
    using mailwire::misuse;
    EXPECT_EQ(progress_of(misuse::none, session_with_output{}), progress::done);
    EXPECT_EQ(progress_of(misuse::busy, session_with_output{}), progress::blocked);
    EXPECT_EQ(progress_of(misuse::no_room, session_with_output{"x"}), progress::blocked);
    EXPECT_THROW(progress_of(misuse::no_room, session_with_output{}), response_too_large);
    EXPECT_THROW(progress_of(misuse::wrong_state, session_with_output{"x"}), std::logic_error);
    EXPECT_THROW(progress_of(misuse::bad_value, session_with_output{}), std::logic_error);
}

} // namespace
} // namespace mail_server
