// SPDX-License-Identifier: BSL-1.0
// What the runs of a client and of a server session have in common: octets that come in, output that goes out, time.

#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/instant.hpp"
#include "operations.hpp"

namespace mailwire::fuzz {

// `Run` derives from this and has next().
template <typename Run, typename Session> class session_driver {
public:
    const story& told() const { return told_; }

protected:
    // `pumped`: after every operation all octets are moved and all events are read.
    session_driver(cutter pieces, bool pumped) : pieces_(pieces), pumped_(pumped) {}

    // a receive, b receive a line, c next, d sent, e close, f time goes on, g time goes back
    void move(Session& session, const operation& op, std::span<const std::string_view> lines, instant step) {
        if (op.code == 0) wire_ += op.text;
        if (op.code == 1) wire_ += lines[op.argument % lines.size()];
        if (op.code <= 2 && !pumped_) (void)receive(session);
        if (op.code == 2 && !pumped_) (void)static_cast<Run*>(this)->next();
        if (op.code == 3) without_heap([&] { session.sent(op.argument); });
        if (op.code == 4) closing_ = true;
        if (op.code == 4 && !pumped_) session.closed();
        if (op.code == 5) now_ += op.argument % 16 * step;
        if (op.code == 5) without_heap([&] { session.at(now_); });
        if (op.code == 6) without_heap([&] { session.at(now_ / 2); });
    }

    // Moves a piece of what the peer has sent; false where none can be moved.
    bool receive(Session& session) {
        if (wire_.empty() || (closing_ && !pumped_)) return false;
        const auto room = without_heap([&] { return session.prepare(); });
        const std::size_t n = std::min(pieces_.next(wire_.size()), room.size());
        std::copy_n(wire_.begin(), n, room.begin());
        without_heap([&] { session.commit(n); });
        wire_.erase(0, n);
        return n != 0;
    }

    // Sends all there is; false where there is nothing.
    bool flush(Session& session) {
        if (session.output().empty()) return false;
        told_.add_run("sent", session.output());
        without_heap([&] { session.sent(session.output().size()); });
        return true;
    }

    // Whether the peer closes and all it has sent is with the session.
    bool at_end() const { return closing_ && wire_.empty(); }

    // The output behind what it was before.
    static std::string_view grown(const Session& session, const std::string& before) {
        require(session.output().starts_with(before), "what waits to be sent stays");
        return session.output().substr(before.size());
    }

    // Nothing that came before TLS is read behind it. `in`: the size of the receive buffer.
    static void check_silence(Session& session, std::size_t in) {
        require(without_heap([&] { return session.prepare(); }).size() == in, "nothing comes before TLS");
    }

    void check_deadline(const Session& session) {
        const instant due = session.deadline();
        if (due == never) return;
        require(due >= latest_ && !over(), "a deadline never moves back");
        latest_ = due;
    }

    // Another wait begins, which may be shorter.
    void forget_deadline() { latest_ = 0; }

    // What ends a session stays what it is.
    void note_end(const error& fault, bool closed) {
        require(!fatal_ || fault == fatal_, "a fatal error stays");
        require(!closed_ || closed, "a close stays");
        if (is_fatal(fault.code)) fatal_ = fault;
        closed_ = closed;
    }
    bool over() const { return fatal_ || closed_; }

    cutter pieces_;
    bool pumped_;
    std::string wire_;
    story told_;
    bool closing_ = false;
    bool closed_ = false;
    error fatal_;
    instant now_ = 0;
    instant latest_ = 0;
};

} // namespace mailwire::fuzz
