// SPDX-License-Identifier: BSL-1.0
#include "mail_server/service.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

namespace mail_server {
namespace {

timespec until(connection::clock::time_point deadline) {
    using namespace std::chrono;
    const auto left = std::max(deadline - connection::clock::now(), connection::clock::duration::zero());
    const auto whole = duration_cast<seconds>(left);
    timespec result{};
    result.tv_sec = static_cast<std::time_t>(whole.count());
    result.tv_nsec = static_cast<long>(duration_cast<nanoseconds>(left - whole).count());
    return result;
}

// ppoll lets no signal in where something is ready at once, and so none at all as long as clients keep the server busy.
void let_in(const sigset_t& while_idle) {
    sigset_t before;
    sigprocmask(SIG_SETMASK, &while_idle, &before);
    sigprocmask(SIG_SETMASK, &before, nullptr);
}

} // namespace

std::uint16_t service::listen(std::uint16_t number, security secured, make_handler handler) {
    ports_.push_back({tcp_listener(number), secured, std::move(handler)});
    return ports_.back().listener.port();
}

void service::run(const volatile std::sig_atomic_t& stop, const sigset_t& while_idle) {
    while (stop == 0) {
        wait(while_idle);
        let_in(while_idle);
        serve();
        accept();
    }
    for (auto& each : connections_) {
        each.say_goodbye();
    }
    connections_.clear();
}

void service::wait(const sigset_t& while_idle) {
    watched_.clear();
    bool idle = true;
    auto deadline = connection::clock::time_point::max();
    for (const auto& each : connections_) {
        watched_.push_back({each.descriptor(), each.events(), 0});
        idle = idle && !each.has_work();
        deadline = std::min(deadline, each.deadline());
    }
    const bool full = connections_.size() >= most_connections_;
    for (const auto& each : ports_) {
        watched_.push_back({each.listener.descriptor(), static_cast<short>(full ? 0 : POLLIN), 0});
    }
    const timespec longest = idle && !connections_.empty() ? until(deadline) : timespec{};
    const timespec* limit = connections_.empty() ? nullptr : &longest;
    if (ppoll(watched_.data(), watched_.size(), limit, &while_idle) < 0) {
        if (errno != EINTR) {
            throw std::system_error(errno, std::generic_category(), "ppoll");
        }
        for (auto& each : watched_) {
            each.revents = 0;
        }
    }
}

void service::serve() {
    const auto now = connection::clock::now();
    auto found = watched_.begin();
    for (auto each = connections_.begin(); each != connections_.end(); ++found) {
        if (found->revents != 0 || each->has_work() || each->deadline() <= now) {
            each->take_turn(found->revents, now);
        }
        // A handler that knows that it is late has ended in its turn.
        const bool too_late = !each->is_over() && each->deadline() <= now;
        if (too_late) {
            each->say_goodbye();
        }
        each = each->is_over() || too_late ? connections_.erase(each) : std::next(each);
    }
}

void service::accept() {
    const auto now = connection::clock::now();
    for (auto& each : ports_) {
        while (connections_.size() < most_connections_) {
            auto accepted = each.listener.accept();
            if (!accepted) {
                break;
            }
            connections_.emplace_back(std::move(*accepted), each.secured, tls_, each.handler(), now);
        }
    }
}

} // namespace mail_server
