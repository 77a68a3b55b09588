// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <deque>
#include <functional>
#include <stdexcept>
#include <utility>

#include "mailwire/core/error.hpp"

namespace mail_server {

// How far a step of an answer has come.
enum class progress {
    done,
    blocked, // it has to be taken again when output has been sent
    again    // it has to be taken again, and others may have their turn before
};

// A response that can never be sent: the send buffer is too small for it.
class response_too_large : public std::runtime_error {
public:
    response_too_large() : std::runtime_error("a response does not fit the send buffer") {}
};

// What a call of a session means for the step that has made it. Throws response_too_large if there was no room although
// nothing waits to be sent, std::logic_error if the call was wrong.
template <typename Session> progress progress_of(mailwire::misuse found, const Session& session) {
    switch (found) {
    case mailwire::misuse::none:
        return progress::done;
    case mailwire::misuse::busy:
        return progress::blocked;
    case mailwire::misuse::no_room:
        if (session.output().empty()) {
            throw response_too_large();
        }
        return progress::blocked;
    default:
        throw std::logic_error(mailwire::name_of(found));
    }
}

// The answer to a command, as steps that are taken one after the other, each as soon as the output has room for it.
// So an answer of any size needs no more than the session's buffer and what its steps remember.
class answer {
public:
    using step = std::function<progress()>;

    void add(step next) { steps_.push_back(std::move(next)); }
    void forget() { steps_.clear(); }

    // Takes steps until one is not done, or none is left.
    progress go_on() {
        while (!steps_.empty()) {
            const progress reached = steps_.front()();
            if (reached != progress::done) {
                return reached;
            }
            steps_.pop_front();
        }
        return progress::done;
    }

private:
    std::deque<step> steps_;
};

} // namespace mail_server
