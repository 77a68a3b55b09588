// SPDX-License-Identifier: BSL-1.0
// Messages that are cut short or changed on their way: no crash, and a typed fault or the right answer.
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "sasl/pairs.hpp"

namespace mailwire::sasl {
namespace {

using test::each_mechanism;
using test::given;
using test::no_change;
using test::site;

// Changes one message in one place and lets the others pass.
struct change_one {
    std::size_t message;
    std::size_t at;
    int how; // 0: it ends there; 1: one octet more stands there; else the octet there is XORed with it
    bool changed = false;

    std::size_t operator()(std::size_t number, std::span<char> octets, std::size_t size) {
        if (number != message || at > size || (how != 1 && at == size)) return size;
        changed = true;
        if (how == 0) return at;
        if (how != 1) {
            octets[at] = static_cast<char>(octets[at] ^ how);
            return size;
        }
        for (std::size_t i = size; i != at; --i)
            octets[i] = octets[i - 1];
        octets[at] = 'x';
        return size + 1;
    }
};

// In these every octet is proved by a digest or is part of a secret: any change is noticed. In the others a change may
// hit what does not count: the words of LOGIN's challenges, the case of "Bearer", a key OAUTHBEARER ignores.
bool every_octet_counts(std::string_view name) {
    return name.starts_with("SCRAM") || name == "CRAM-MD5" || name == "PLAIN";
}

// Returns whether there was something to change.
template <typename Run> bool change(std::string_view name, change_one one, Run&& run) {
    const auto o = run(one);
    if (!one.changed) return false;
    const auto& [client, server, client_fault, server_fault, messages] = o.result;
    EXPECT_EQ(o.allocations, 0U);
    EXPECT_FALSE(client && every_octet_counts(name));
    EXPECT_TRUE(server || client_fault != fault::none || server_fault != fault::none);
    // EXTERNAL may name nobody.
    const std::string_view right = name == "ANONYMOUS" ? "anonymous" : "user";
    EXPECT_TRUE(server ? o.identity == right || (name == "EXTERNAL" && o.identity.empty()) : o.identity.empty());
    EXPECT_FALSE(is_local(client_fault) || is_local(server_fault));
    return true;
}

template <typename Run> void change_everything(std::string_view name, Run&& run) {
    const std::size_t messages = run(no_change{}).result.messages;
    std::size_t octets = 0;
    for (std::size_t message = 0; message != messages; ++message) {
        for (std::size_t at = 0; change(name, {message, at, 1}, run); ++at, ++octets) {
            for (const int how : {0, 0x01, 0x02, 0x03, 0x10, 0x1f, 0x20, 0x80}) {
                change(name, {message, at, how}, run);
                ASSERT_FALSE(testing::Test::HasFailure())
                    << name << " message " << message << " octet " << at << " how " << how;
            }
        }
    }
    EXPECT_GT(octets, messages + 3) << name;
}

TEST(sasl_changed, every_octet_of_every_message) {
    site s;
    s.iterations = 1;
    s.token = "tok.en=="; // short, as there are as many exchanges as octets
    const given g{{"user", "pencil"}, s.token, {.least_iterations = 1, .most_iterations = 99}};
    each_mechanism(s, g, [](std::string_view name, auto&& run) { change_everything(name, run); });
}

// D4: one message is empty.
TEST(sasl_changed, every_message_empty) {
    site s;
    const given g{{"user", "pencil"}, s.token, {}};
    each_mechanism(s, g, [](std::string_view name, auto&& run) {
        for (std::size_t message = 0; message != 5; ++message) {
            change_one one{message, 0, 0};
            const auto o = run(one);
            // EXTERNAL and ANONYMOUS may say nothing, and LOGIN may ask nothing.
            const bool fine =
                !one.changed || name == "EXTERNAL" || name == "ANONYMOUS" || (name == "LOGIN" && message % 2 == 0);
            EXPECT_EQ(o.result.server, fine) << name << message;
        }
    });
}

} // namespace
} // namespace mailwire::sasl
