// SPDX-License-Identifier: BSL-1.0
// What the programs at the two ends of a joined connection share: texts they make up, and commands they plan.

#pragma once

#include "imap/session/joined_setting.hpp"

#include <deque>
#include <functional>
#include <string>
#include <string_view>

namespace mailwire::test {

// Octets of a literal that depend on a seed alone.
inline std::string body_octets(std::uint64_t seed, std::size_t size) {
    generator random(seed);
    std::string text(size, '\0');
    for (char& c : text)
        c = "\r\n{}A1*+ ()\"\\xyz\x80\xff"[random.below(18)];
    return text;
}

// A program at one end: texts it has made up, which stay where they are.
class actor {
public:
    explicit actor(std::uint64_t seed) : random_(seed) {}

protected:
    std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

    // A name: mostly plain, sometimes empty, long, or with octets that need quotes or a literal.
    std::string_view name() {
        static constexpr std::string_view plain = "abcXYZ019./-_";
        static constexpr std::string_view odd = "ab \"\\%*(){}[]&~+\r\n\t\x80\xff";
        const std::string_view alphabet = random_.one_in(3) ? odd : plain;
        std::string text;
        for (std::size_t n = random_.one_in(9) ? random_.below(90) : random_.below(7); n != 0; --n)
            text += alphabet[random_.below(alphabet.size())];
        return keep(std::move(text));
    }
    imap::sequence_set set() {
        static constexpr std::string_view sets[] = {"1", "1:*", "2,4:7,9,12:*", "4294967295", "7:3", "*"};
        return *imap::sequence_set::parse(sets[random_.below(6)]);
    }

    generator random_;

private:
    std::deque<std::string> texts_;
};

// A command that is planned: puts it into a session, and writes it down.
struct planned {
    std::function<imap::sent_command(imap::client&)> send;
    std::function<std::string()> wire; // not set where only the session knows how it looks
    bool appends = false;
    std::string_view message = {}; // of an APPEND
};

// `make` calls the function it is given with the command.
template <typename Make> planned plan(Make make) {
    return {[make](imap::client& session) {
                imap::sent_command result;
                make([&](const auto& command) { result = session.send(command); });
                return result;
            },
            [make] {
                std::string text;
                make([&](const auto& command) { text = wire_of("T", command); });
                return text;
            }};
}

// The octets that a call has put out.
template <typename Session, typename Call> std::string put_by(Session& session, Call call) {
    const std::string before(session.output());
    call();
    const std::string_view now = session.output();
    return now.starts_with(before) ? std::string(now.substr(before.size())) : std::string();
}

} // namespace mailwire::test
