// SPDX-License-Identifier: BSL-1.0
// Reads a folder of real wire data: units cut from other programs' tests, and the vectors of a protocol checklist
// (recordings.hpp reads the recorded sessions beside them). The folder is no part of the project: the compile
// definition MAILWIRE_CORPUS_DIR names it, and the environment variable of the same name takes precedence. Tests skip
// where corpus_available() is false.
//
// What cannot be read is a failure of the current test that names the file and the line; the rest is still read.

#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {

// Where the data is; empty where no folder was named.
[[nodiscard]] std::filesystem::path corpus_folder();

// Whether the folder exists and holds an index of units.
[[nodiscard]] bool corpus_available();

// One complete response or command with its literals, or a fragment of one.
struct corpus_unit {
    std::string id;
    std::string side;    // imap-response, imap-command, imap-fragment, pop3-response, pop3-command
    std::string kind;    // unit, greeting, sasl-response, idle-done, ..., of a fragment its production
    std::string class_;  // valid, invalid, quirk, prefix, unspecified
    std::string verdict; // of the program it came from: accept, reject, incomplete, "-" where it does not say
    std::string flavour; // the server it came from, if known
    std::string context; // POP3: the command that is answered
    std::string rfc;     // of a strict recogniser: ok, ext, utf8, "no:" and why
    std::string note;
    std::string octets;
};

// All units of corpus/index.tsv, in its order.
[[nodiscard]] std::vector<corpus_unit> read_corpus_units(const std::filesystem::path& folder = corpus_folder());

// One line of the protocol checklist: octets and what strict mode has to say about them.
struct protocol_vector {
    std::string id;   // Vnnnn
    std::string side; // IMAP-C, IMAP-S, POP3-C, POP3-S, IMAP-URL, POP-URL; C is from the client, S from the server
    std::string rfc;
    std::string wire; // unescaped
    bool accept = false;
    std::map<std::string, std::string> mode; // "mode=ctx=retr,sender" is {ctx: retr, sender: ""}
    std::string note;                        // without the id and the mode

    [[nodiscard]] bool has_mode(const std::string& name) const { return mode.contains(name); }
    // The value of a mode; empty where the vector does not set it.
    [[nodiscard]] std::string mode_value(const std::string& name) const;
};

// All vectors of protocol/vectors.tsv, in its order.
[[nodiscard]] std::vector<protocol_vector> read_protocol_vectors(const std::filesystem::path& folder = corpus_folder());

// Replaces \r \n \t \\ \xHH \ooo by what they stand for. False for any other use of the backslash.
[[nodiscard]] bool unescape_wire(std::string_view escaped, std::string& wire);

} // namespace mailwire::test
