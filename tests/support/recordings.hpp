// SPDX-License-Identifier: BSL-1.0
// Reads the recorded sessions of the corpus: what real clients and servers said, in the pieces in which it came.
// Failures are reported as in corpus.hpp.

#pragma once

#include "corpus.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace mailwire::test {

enum class direction { from_client, from_server };

// What one read of the recording proxy returned.
struct session_piece {
    direction from;
    std::string octets;
    double seconds; // since the connection was made
};

// Something that happened between two pieces: "tls-established", or "error" with its text.
struct session_event {
    std::string name;
    std::string detail;
    std::size_t before_piece; // the index of the piece that follows, or the number of pieces
};

// A conversation of a real client with a real server.
struct recorded_session {
    std::string client;
    std::string name;        // listener and number: imap-01, pop3s-02
    bool pop3 = false;       // otherwise IMAP
    bool compressed = false; // from some point on both directions are deflated (RFC 4978)
    std::vector<session_piece> pieces;
    std::vector<session_event> events;
    std::string inflated_from_client; // of a compressed session: all octets of the client as it meant them

    // All octets of one direction.
    [[nodiscard]] std::string octets(direction from) const;
};

// Unpacks corpus/transcripts.tar.xz into a folder of the caller; needs the programs tar and xz. False when it fails.
[[nodiscard]] bool unpack_sessions(const std::filesystem::path& into,
                                   const std::filesystem::path& folder = corpus_folder());

// All sessions below a folder that unpack_sessions filled, sorted by client and name.
[[nodiscard]] std::vector<recorded_session> read_sessions(const std::filesystem::path& unpacked);

// Both of the above through a scratch folder.
[[nodiscard]] std::vector<recorded_session>
read_recorded_sessions(const std::filesystem::path& folder = corpus_folder());

} // namespace mailwire::test
