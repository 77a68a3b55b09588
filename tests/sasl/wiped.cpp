// SPDX-License-Identifier: BSL-1.0
// Secrets stay nowhere but where the caller put them: not in an object that is done with them, not on the stack, not in
// the text of a fault.
#include <pthread.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "sasl/crypto.hpp"
#include "sasl/exchange.hpp"
#include "sasl/pairs.hpp"
#include "sasl/site.hpp"

namespace mailwire::sasl {
namespace {

using test::failed;
using test::openssl;
using test::say;
using test::site;

constexpr std::string_view marker = "S3cr3t-7f1c";

// K1: the marker fails in every way there is, and no text that comes of it says it.
TEST(sasl_wiped, no_fault_says_a_secret) {
    for (const std::string_view user : {"user", "nobody", "u\001"}) {
        site s;
        test::given g{{user, marker}, marker, {}};
        test::each_mechanism(s, g, [](std::string_view name, auto&& run) {
            const auto o = run(test::no_change{});
            std::string text =
                testing::PrintToString(o.result.client_fault) + testing::PrintToString(o.result.server_fault);
            text += name_of(o.result.client_fault);
            text += name_of(o.result.server_fault);
            EXPECT_EQ(text.find(marker), std::string::npos) << name;
            if (name != "EXTERNAL" && name != "ANONYMOUS") {
                EXPECT_FALSE(o.result.client) << name;
            }
        });
    }
    // A step is codes and numbers; there is no place in it for octets of a message.
    static_assert(std::is_trivially_copyable_v<step> && sizeof(step) <= 4 * sizeof(std::size_t));
}

// Calls fn so far down the stack that what runs afterwards does not hide what fn left.
[[gnu::noinline]] void call_deep(const std::function<void()>& fn) {
    volatile char room[16384];
    room[0] = 0;
    fn();
    room[1] = room[0];
}

// Runs fn on a stack of its own and returns what is left on it.
std::vector<char> stack_after(std::function<void()> fn) {
    constexpr std::size_t size = 1 << 20;
    void* place = std::aligned_alloc(4096, size);
    std::fill_n(static_cast<char*>(place), size, '\0');
    pthread_attr_t attributes;
    pthread_t thread;
    EXPECT_EQ(pthread_attr_init(&attributes), 0);
    EXPECT_EQ(pthread_attr_setstack(&attributes, place, size), 0);
    const auto run = [](void* what) -> void* {
        call_deep(*static_cast<std::function<void()>*>(what));
        return nullptr;
    };
    EXPECT_EQ(pthread_create(&thread, &attributes, run, &fn), 0);
    EXPECT_EQ(pthread_join(thread, nullptr), 0);
    pthread_attr_destroy(&attributes);
    std::vector<char> left(static_cast<char*>(place), static_cast<char*>(place) + size);
    std::free(place);
    return left;
}

bool holds(const std::vector<char>& octets, std::string_view text) {
    return std::search(octets.begin(), octets.end(), text.begin(), text.end()) != octets.end();
}

// Fills a digest with an octet that tells where it went.
struct telling_hashes {
    unsigned char next = 0x80;
    bool sha1(text_parts, std::span<char, 20> out) {
        std::fill(out.begin(), out.end(), static_cast<char>(++next));
        return true;
    }
};

// K3: keys derived from a password. With hashes of the test that leave no copy themselves, each digest is recognised.
TEST(sasl_wiped, keys_are_gone_from_the_stack) {
    unsigned char last = 0;
    const auto left = stack_after([&] {
        telling_hashes hashes;
        scram_keys<sha_1> keys;
        ASSERT_TRUE(keys.derive(hashes, marker, "salt", 3));
        last = hashes.next;
    });
    EXPECT_EQ(last, 0x80 + 3 * 2 + 2 * 2 + 1);
    // The salted password is 0x82 ^ 0x84 ^ 0x86: 0x80.
    for (unsigned char digest = 0x80; digest <= last; ++digest)
        EXPECT_FALSE(holds(left, std::string(8, static_cast<char>(digest)))) << int{digest};
    EXPECT_FALSE(holds(left, marker));
    // The test sees what is left: a local that is not wiped.
    const auto seen = stack_after([] {
        char copy[16];
        volatile char* at = copy;
        for (std::size_t i = 0; i != marker.size(); ++i)
            at[i] = marker[i];
    });
    EXPECT_TRUE(holds(seen, marker));
}

// K3: an object that has done its work, in an arena.
template <typename M> struct arena {
    alignas(M) std::array<char, sizeof(M)> octets{};
    template <typename... Args> M& make(Args&&... args) { return *new (octets.data()) M(std::forward<Args>(args)...); }
    bool has(std::string_view text) const {
        return std::string_view(octets.data(), octets.size()).find(text) != std::string_view::npos;
    }
};

TEST(sasl_wiped, keys_are_gone_from_the_server) {
    openssl hashes;
    site s;
    scram_keys<sha_256> keys;
    ASSERT_TRUE(keys.derive(hashes, s.secret, s.salt, s.iterations));
    char lent[512];
    char kept[512];
    for (const std::string_view password : {"pencil", "wrong"}) {
        using server = scram_sha_256_server<openssl, site>;
        arena<server> place;
        server& m = place.make(hashes, s, nonce::from_text("2"), lent);
        scram_sha_256_client<openssl> c(hashes, {"user", password}, nonce::from_text("1"), kept);
        const auto first = say(m, say(c, "").text);
        EXPECT_TRUE(place.has(keys.stored.view()) && place.has(keys.server.view()));
        const auto final = say(m, say(c, first.text).text);
        EXPECT_EQ(final.step.status, password == "pencil" ? status::more : status::failed);
        EXPECT_FALSE(place.has(keys.stored.view()) || place.has(keys.server.view()));
        m.~server();
    }
}

// The record was found, and then there is no memory to go on with.
TEST(sasl_wiped, keys_are_gone_from_a_server_that_cannot_go_on) {
    openssl hashes;
    site s;
    scram_keys<sha_256> keys;
    ASSERT_TRUE(keys.derive(hashes, s.secret, s.salt, s.iterations));
    char lent[30];
    using server = scram_sha_256_server<openssl, site>;
    arena<server> place;
    server& m = place.make(hashes, s, nonce::from_text("2"), lent);
    EXPECT_EQ(say(m, "n,,n=user,r=1").step, failed(fault::too_long));
    EXPECT_EQ(s.asked, 1);
    EXPECT_FALSE(place.has(keys.stored.view()) || place.has(keys.server.view()));
    m.~server();
}

TEST(sasl_wiped, signature_is_gone_from_the_client) {
    openssl hashes;
    char lent[64];
    using client = scram_sha_1_client<openssl>;
    arena<client> place;
    client& m = place.make(hashes, credentials{"user", "pencil"}, nonce::from_text("fyko+d2lbbFgONRv9qkxdawL"), lent);
    say(m, "");
    say(m, "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096");
    // v=rmF9pqV8S7suAoZWja4dJRkFsKQ=
    const std::string_view signature(
        "\xae\x61\x7d\xa6\xa5\x7c\x4b\xbb\x2e\x02\x86\x56\x8d\xae\x1d\x25\x19\x05\xb0\xa4");
    EXPECT_TRUE(place.has(signature));
    EXPECT_EQ(say(m, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=").step, step{status::done});
    EXPECT_FALSE(place.has(signature));
    m.~client();
}

} // namespace
} // namespace mailwire::sasl
