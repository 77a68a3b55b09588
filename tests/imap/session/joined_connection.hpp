// SPDX-License-Identifier: BSL-1.0
// A client and a server session, the programs behind them and the connection between them, which delays octets and cuts
// them as a seed says. What happens next is up to the seed too.

#pragma once

#include "imap/session/joined_answering.hpp"
#include "imap/session/joined_asking.hpp"
#include "imap/session/joined_line.hpp"

#include <gtest/gtest.h>

#include <array>

namespace mailwire::test {

class connection {
public:
    explicit connection(std::uint64_t seed)
        : random_(seed), setting_(setting_of(random_)), left_(setting_.client_sizes, setting_.client),
          right_(setting_.server_sizes, setting_.server), asking(left_.session, random_.next()),
          answering(right_.session, setting_, random_.next()) {
        static constexpr std::array<std::size_t, 6> pieces{1, 2, 7, 50, 700, 5000};
        largest_ = pieces[random_.below(pieces.size())];
    }

    // Some of what can happen now, in some order; false where nothing can.
    bool go_on() {
        bool moved = false;
        for (std::size_t i = random_.below(8); i != 0; --i)
            moved = do_one(random_.below(7)) || moved;
        if (moved) return true;
        // Twice: a session that passes over what it has refused makes room and has nothing to tell.
        for (std::size_t i = 0; i != 14; ++i)
            moved = do_one(i % 7) || moved;
        return moved;
    }

    imap::client& client() { return left_.session; }
    imap::server& server() { return right_.session; }
    line& upstream() { return up_; }
    line& downstream() { return down_; }
    instant now() const { return now_; }

    // Nothing is under way: both sides know the same.
    bool rests() const {
        return left_.session.in_flight_count() == 0 && left_.session.literal_missing() == 0 &&
               left_.session.mode() == imap::client_mode::lines && right_.session.mode() == imap::server_mode::lines &&
               up_.empty() && down_.empty() && left_.session.output().empty() && right_.session.output().empty();
    }

private:
    generator random_;
    joined_setting setting_;
    client_box left_;
    server_box right_;

public:
    asking_actor asking;
    answering_actor answering;

private:
    std::size_t piece() { return largest_ == 1 ? 1 : random_.below(largest_) + 1; }

    bool do_one(std::size_t what) {
        switch (what) {
        case 0:
            return up_.load(left_.session, piece());
        case 1:
            // Between the agreement and the layer nobody reads.
            return reads() && up_.unload(right_.session, piece());
        case 2:
            return down_.load(right_.session, piece());
        case 3:
            return left_.session.mode() != imap::client_mode::tls && down_.unload(left_.session, piece());
        case 4:
            return ask();
        case 5:
            return answer();
        default:
            pass_time();
            return shake_hands();
        }
    }

    bool reads() const {
        const imap::server_mode mode = right_.session.mode();
        return mode != imap::server_mode::tls && mode != imap::server_mode::compression;
    }

    bool ask() {
        const bool before = asking.compressed;
        const bool moved = asking.act();
        if (asking.compressed != before) {
            down_.layer_receiver();
            down_.give_back(asking.behind);
            up_.layer_sender();
        }
        return moved;
    }
    bool answer() {
        const bool before = answering.compressed;
        const bool moved = answering.act();
        if (answering.compressed && !before) {
            down_.layer_sender();
            up_.layer_receiver();
        }
        return moved;
    }

    void pass_time() {
        now_ += static_cast<instant>(random_.below(20));
        left_.session.at(now_);
        right_.session.at(random_.one_in(9) ? now_ / 2 : now_);
    }

    // Where both sides wait for it, TLS begins.
    bool shake_hands() {
        if (left_.session.mode() != imap::client_mode::tls || right_.session.mode() != imap::server_mode::tls)
            return false;
        if (!right_.session.output().empty()) return false;
        EXPECT_EQ(left_.session.tls_started(), misuse::none);
        EXPECT_EQ(right_.session.tls_started(), misuse::none);
        return true;
    }

    line up_;
    line down_;
    std::size_t largest_;
    instant now_ = 0;
};

} // namespace mailwire::test
