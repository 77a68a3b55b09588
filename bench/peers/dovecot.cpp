// SPDX-License-Identifier: BSL-1.0
// Dovecot's dot stream, which takes the dots out of RETR bodies as its POP3 client does (Debian: dovecot-dev).

#include "answers.hpp"
#include "run.hpp"

extern "C" {
#include <config.h>

#include <lib.h>

#include <istream-dot.h>
#include <istream.h>
}

#include <cstddef>
#include <string_view>

namespace mailwire::bench {
namespace {

// The stream copies the body into blocks of its own, so that nothing is copied here.
std::size_t take_out_dots(std::string_view body) {
    istream* wire = i_stream_create_from_data(body.data(), body.size());
    istream* message = i_stream_create_dot(wire, true);
    std::size_t octets = 0;
    const unsigned char* piece = nullptr;
    std::size_t size = 0;
    while (i_stream_read_more(message, &piece, &size) > 0) {
        octets += size;
        i_stream_skip(message, size);
    }
    const bool ended = message->stream_errno == 0 && wire->v_offset == body.size();
    i_stream_unref(&message);
    i_stream_unref(&wire);
    require(ended, "dovecot", "a message has no end");
    return octets;
}

std::size_t unstuff(const data_set& set) {
    [[maybe_unused]] static const bool begun = (lib_init(), true);
    std::size_t octets = 0;
    for (const answer& retrieved : answers_of(set)) {
        octets += take_out_dots(retrieved.lines);
    }
    require(octets == set.message_octets, set.name, "not all octets were seen");
    return octets;
}

[[maybe_unused]] const bool registered = [] {
    add_bench("pop3_retr", "peer_dovecot", unstuff);
    add_bench("pop3_retr_dots", "peer_dovecot", unstuff);
    return true;
}();

} // namespace
} // namespace mailwire::bench
