// SPDX-License-Identifier: BSL-1.0
// The other end of a connection for the programs of the documentation: what it has to hear, and what it then says.

#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace mailwire::test {

struct turn {
    std::string_view heard; // all that has to come
    std::string_view said;
};

// Octets go by in pieces of `piece` octets at the most.
class script {
public:
    script(std::vector<turn> turns, std::size_t piece) : turns_(std::move(turns)), piece_(piece) { answer(); }

    std::size_t write(std::string_view octets) {
        const std::size_t n = std::min(octets.size(), piece_);
        heard_ += octets.substr(0, n);
        answer();
        return n;
    }
    // 0 when it has nothing to say any more.
    std::size_t read(std::span<char> room) {
        const std::size_t n = std::min({room.size(), said_.size(), piece_});
        std::copy_n(said_.begin(), n, room.begin());
        said_.erase(0, n);
        return n;
    }

    // Checks that it heard all that it had to, and nothing else.
    void expect_all_heard() const {
        EXPECT_EQ(heard_, "");
        EXPECT_EQ(turns_.size(), at_) << "still to come: " << (at_ == turns_.size() ? "" : turns_[at_].heard);
    }

private:
    void answer() {
        while (at_ != turns_.size() && heard_ == turns_[at_].heard) {
            said_ += turns_[at_++].said;
            heard_.clear();
        }
    }

    std::vector<turn> turns_;
    std::size_t piece_;
    std::size_t at_ = 0;
    std::string heard_;
    std::string said_;
};

} // namespace mailwire::test
