// SPDX-License-Identifier: BSL-1.0
#include "inspect/walk.hpp"

#include <cstddef>

#include "inspect/escape.hpp"

namespace inspect {
namespace {

// The commands of a client as contexts: without their line ends.
std::vector<std::string> commands_of(std::string_view from_client) {
    std::vector<std::string> result;
    const settings reading(protocol::pop3, mailwire::side::client);
    walk(from_client, reading, [&result](const unit& command) {
        const std::string_view line = command.octets;
        result.emplace_back(line.substr(0, line.find_last_not_of("\r\n") + 1));
    });
    return result;
}

} // namespace

void walk(std::string_view stream, const settings& reading, const std::function<void(const unit&)>& visit) {
    for (std::size_t at = 0; at < stream.size();) {
        const unit read = reading.read(stream, at);
        at += read.octets.size();
        visit(read);
    }
}

void walk_answers(std::string_view stream, std::string_view from_client, settings reading,
                  const std::function<void(const unit&)>& visit) {
    const std::vector<std::string> commands = commands_of(from_client);
    std::string context = "greeting";
    std::string note;
    std::size_t next = 0;
    for (std::size_t at = 0; at < stream.size();) {
        if (!reading.set_context(context).empty()) {
            note = "to " + escaped(context.substr(0, context.find(' '))) + ", which is not known: read as one line";
            reading.set_context("single");
        }
        unit read = reading.read(stream, at);
        at += read.octets.size();
        if (!note.empty()) read.note = note;
        visit(read);
        note = next == commands.size() ? "to no command: read as one line" : "";
        context = next == commands.size() ? "single" : commands[next++];
    }
}

} // namespace inspect
