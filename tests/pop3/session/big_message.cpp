// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>

#include "support/allocations.hpp"

namespace mailwire::pop3::test {
namespace {

template <typename From, typename To> void hand_over(From& from, To& to) {
    while (!from.output().empty()) {
        const std::span<char> free = to.prepare();
        const std::string_view octets = from.output().substr(0, free.size());
        if (octets.empty()) return;
        std::copy(octets.begin(), octets.end(), free.begin());
        to.commit(octets.size());
        from.sent(octets.size());
    }
}

// A block of a message with lines of many lengths, some of which begin with a dot.
std::string block_of(std::size_t size) {
    std::string block;
    for (std::size_t n = 0; block.size() < size; ++n) {
        block += std::string(n % 5 == 0 ? "." : "") + std::string(n * 7 % 77, 'm') + (n % 11 == 0 ? "..\r\n" : "\r\n");
    }
    block.resize(size - 2);
    return block + "\r\n";
}

// A stream of octets that should be one block over and over.
class repeated {
public:
    explicit repeated(std::string_view block) : block_(block) {}

    bool take(std::string_view octets) {
        octets_ += octets.size();
        while (!octets.empty()) {
            const std::size_t n = std::min(octets.size(), block_.size() - at_);
            if (std::memcmp(octets.data(), block_.data() + at_, n) != 0) return false;
            at_ = (at_ + n) % block_.size();
            octets.remove_prefix(n);
        }
        return true;
    }
    std::uint64_t octets() const { return octets_; }

private:
    std::string_view block_;
    std::size_t at_ = 0;
    std::uint64_t octets_ = 0;
};

struct big_message : testing::Test {
    std::unique_ptr<client_storage<16384>> client_room = std::make_unique<client_storage<16384>>();
    std::unique_ptr<server_storage<4096, 16384>> server_room = std::make_unique<server_storage<4096, 16384>>();
    pop3::client mail{client_room->buffers(), {.tls = tls_policy::optional}};
    pop3::server drop{server_room->buffers()};

    template <typename Command> void ask(const Command& command) {
        ASSERT_EQ(mail.send(command), misuse::none);
        hand_over(mail, drop);
        ASSERT_EQ(drop.next().kind, server_event_kind::command);
        ASSERT_EQ(drop.ok(), misuse::none);
        hand_over(drop, mail);
        ASSERT_EQ(mail.next().kind, client_event_kind::reply);
        ASSERT_EQ(mail.next().kind, client_event_kind::need_input);
    }

    void SetUp() override {
        ASSERT_EQ(drop.greet(), misuse::none);
        hand_over(drop, mail);
        ASSERT_EQ(mail.next().kind, client_event_kind::greeting);
        ask(user{"mrose"});
        ask(pass{"secret"});
        ask(retr{1});
    }
};

// A message of 1 GiB goes from a server to a client through buffers of 16 KiB. Nothing is allocated: the sessions and
// their storage are all the memory there is.
TEST_F(big_message, goes_through_small_buffers) {
    const std::string block = block_of(1U << 16U);
    constexpr std::uint64_t size = std::uint64_t{1} << 30U;
    repeated received(block);
    const mailwire::test::no_allocation_here guard("a message of 1 GiB");
    for (std::uint64_t at = 0; at != size; at += block.size()) {
        for (std::string_view rest = block; !rest.empty();) {
            rest.remove_prefix(drop.body(rest));
            hand_over(drop, mail);
            client_event e = mail.next();
            for (; e.kind == client_event_kind::body; e = mail.next()) {
                ASSERT_TRUE(received.take(e.body));
            }
            ASSERT_EQ(e.kind, client_event_kind::need_input);
        }
    }
    ASSERT_EQ(drop.end_of_lines(), misuse::none);
    hand_over(drop, mail);
    EXPECT_EQ(mail.next().kind, client_event_kind::end_of_lines);
    EXPECT_EQ(received.octets(), size);
}

} // namespace
} // namespace mailwire::pop3::test
