// SPDX-License-Identifier: BSL-1.0
#include "recordings.hpp"

#include "scratch_folder.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mailwire::test {
namespace {

using json = nlohmann::json;

// Base64 with padding, RFC 4648 section 4. Not the library's: this data also tests the library.
std::optional<std::string> decode_base64(std::string_view text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string octets;
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    while (text.ends_with('=')) {
        text.remove_suffix(1);
    }
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const auto value = alphabet.find(c);
        if (value == alphabet.npos) {
            return std::nullopt;
        }
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            octets += static_cast<char>(static_cast<unsigned char>(bits >> count));
        }
    }
    return octets;
}

std::string string_at(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Adds what one line of a recording says; false where it is of no known form.
bool read_line(const std::string& line, recorded_session& session) {
    const json object = json::parse(line, nullptr, false);
    if (!object.is_object()) {
        return false;
    }
    if (object.contains("error")) {
        session.events.push_back({"error", string_at(object, "error"), session.pieces.size()});
        return true;
    }
    if (object.contains("event")) {
        session.events.push_back({string_at(object, "event"), string_at(object, "version"), session.pieces.size()});
        return true;
    }
    const std::string from = string_at(object, "dir");
    auto octets = decode_base64(string_at(object, "b64"));
    const auto time = object.find("t");
    if (!octets || time == object.end() || !time->is_number() || (from != "c2s" && from != "s2c")) {
        return false;
    }
    session.pieces.push_back(
        {from == "c2s" ? direction::from_client : direction::from_server, std::move(*octets), time->get<double>()});
    return true;
}

recorded_session read_session(const std::filesystem::path& path) {
    recorded_session session;
    session.client = path.parent_path().filename().string();
    session.name = path.stem().string();
    session.pop3 = session.name.starts_with("pop3");
    std::ifstream file(path, std::ios::binary);
    std::string line;
    for (std::size_t number = 1; std::getline(file, line); ++number) {
        if (!read_line(line, session)) {
            ADD_FAILURE() << path.string() << ':' << number << " is of no known form";
        }
    }
    std::ifstream inflated(path.parent_path() / (session.name + ".c2s.inflated"), std::ios::binary);
    if (inflated) {
        session.compressed = true;
        session.inflated_from_client.assign(std::istreambuf_iterator<char>(inflated), {});
    }
    return session;
}

// Runs a program found on the PATH; no shell sees the arguments. True when it exits with 0.
bool run_program(std::vector<std::string> arguments) {
    std::vector<char*> pointers;
    for (auto& argument : arguments) {
        pointers.push_back(argument.data());
    }
    pointers.push_back(nullptr);
    ::pid_t child = 0;
    if (::posix_spawnp(&child, pointers[0], nullptr, nullptr, pointers.data(), environ) != 0) {
        return false;
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace

std::string recorded_session::octets(direction from) const {
    std::string all;
    for (const auto& piece : pieces) {
        if (piece.from == from) {
            all += piece.octets;
        }
    }
    return all;
}

bool unpack_sessions(const std::filesystem::path& into, const std::filesystem::path& folder) {
    const auto archive = folder / "corpus" / "transcripts.tar.xz";
    std::error_code error;
    return std::filesystem::is_regular_file(archive, error) &&
           run_program({"tar", "-x", "-J", "-f", archive.string(), "-C", into.string()});
}

std::vector<recorded_session> read_sessions(const std::filesystem::path& unpacked) {
    std::vector<recorded_session> sessions;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator entry(unpacked, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().extension() == ".jsonl") {
            sessions.push_back(read_session(entry->path()));
        }
    }
    if (error) {
        ADD_FAILURE() << unpacked << ": " << error.message();
    }
    std::sort(sessions.begin(), sessions.end(), [](const recorded_session& a, const recorded_session& b) {
        return std::tie(a.client, a.name) < std::tie(b.client, b.name);
    });
    return sessions;
}

std::vector<recorded_session> read_recorded_sessions(const std::filesystem::path& folder) {
    const scratch_folder scratch;
    if (scratch.path().empty() || !unpack_sessions(scratch.path(), folder)) {
        ADD_FAILURE() << "cannot unpack the recorded sessions of " << folder;
        return {};
    }
    return read_sessions(scratch.path());
}

} // namespace mailwire::test
