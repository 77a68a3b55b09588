// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "mailwire/core/instant.hpp"

namespace mailwire {

// How long nothing has happened, by the instants the caller has named. Before it has named one, nothing is ever due.
class idle_timer {
public:
    // It is this time now. An instant before the last one is taken for the last one.
    void at(instant now) {
        if (!started_) since_ = now_ = now;
        started_ = true;
        if (now > now_) now_ = now;
    }

    // Something has happened, at the last instant that was named.
    void restart() { since_ = now_; }

    // When it will have been so many seconds.
    instant due(std::uint64_t seconds) const { return started_ ? seconds_after(since_, seconds) : never; }

    bool is_past(instant due) const { return started_ && now_ >= due; }

private:
    instant now_ = 0;
    instant since_ = 0;
    bool started_ = false;
};

} // namespace mailwire
