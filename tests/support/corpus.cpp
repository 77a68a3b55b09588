// SPDX-License-Identifier: BSL-1.0
#include "corpus.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#ifndef MAILWIRE_CORPUS_DIR
#define MAILWIRE_CORPUS_DIR ""
#endif

namespace mailwire::test {
namespace {

std::optional<std::string> file_content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        ADD_FAILURE() << "cannot open " << path;
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<std::string_view> split_at(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == text.npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

// A file of lines of fields, with the names of the fields in its first line.
class table {
public:
    explicit table(std::filesystem::path path) : path_(std::move(path)), text_(file_content(path_).value_or("")) {
        std::string_view rest = text_;
        if (rest.ends_with('\n')) {
            rest.remove_suffix(1);
        }
        lines_ = split_at(rest, '\n');
        names_ = split_at(lines_[0], '\t');
    }
    table(const table&) = delete; // the views point into the text
    table& operator=(const table&) = delete;

    // Goes on to the next line; false behind the last one. Lines with the wrong number of fields fail and are left out.
    [[nodiscard]] bool next() {
        while (++line_ < lines_.size()) {
            fields_ = split_at(lines_[line_], '\t');
            if (fields_.size() == names_.size()) {
                return true;
            }
            ADD_FAILURE() << where() << ": " << fields_.size() << " fields, expected " << names_.size();
        }
        return false;
    }

    // A field of the current line; empty, and a failure, where the file has no column of that name.
    [[nodiscard]] std::string operator[](std::string_view name) const {
        const auto found = std::find(names_.begin(), names_.end(), name);
        if (found == names_.end()) {
            ADD_FAILURE() << path_ << " has no column " << name;
            return {};
        }
        return std::string(fields_[static_cast<std::size_t>(found - names_.begin())]);
    }

    [[nodiscard]] std::optional<std::size_t> number(std::string_view name) const {
        const std::string text = (*this)[name];
        std::size_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size()) {
            ADD_FAILURE() << where() << ": " << name << " is no number: " << text;
            return std::nullopt;
        }
        return value;
    }

    [[nodiscard]] std::string where() const { return path_.string() + ':' + std::to_string(line_ + 1); }

private:
    std::filesystem::path path_;
    std::string text_;
    std::vector<std::string_view> lines_;
    std::vector<std::string_view> names_;
    std::vector<std::string_view> fields_;
    std::size_t line_ = 0;
};

// The files that hold the octets of the units; each is read once.
class packs {
public:
    explicit packs(std::filesystem::path folder) : folder_(std::move(folder)) {}

    [[nodiscard]] const std::string& operator[](const std::string& name) {
        const auto [found, is_new] = texts_.try_emplace(name);
        if (is_new) {
            found->second = file_content(folder_ / name).value_or("");
        }
        return found->second;
    }

private:
    std::filesystem::path folder_;
    std::map<std::string, std::string> texts_;
};

// Takes "[Vnnnn] " and "mode=..." off the front of a note.
void read_note(std::string_view note, protocol_vector& vector) {
    if (const auto end = note.find(']'); note.starts_with('[') && end != note.npos) {
        vector.id = note.substr(1, end - 1);
        note.remove_prefix(end + 1);
        note.remove_prefix(note.starts_with(' ') ? 1 : 0);
    }
    constexpr std::string_view prefix = "mode=";
    if (note.starts_with(prefix)) {
        const auto end = note.find(' ');
        for (const auto mode : split_at(note.substr(prefix.size(), end - prefix.size()), ',')) {
            const auto equals = mode.find('=');
            vector.mode.emplace(mode.substr(0, equals), equals == mode.npos ? "" : mode.substr(equals + 1));
        }
        note = end == note.npos ? "" : note.substr(end + 1);
    }
    vector.note = note;
}

// The octet that is written with the given number of digits to the given base.
std::optional<char> escaped_octet(std::string_view digits, std::size_t count, int base) {
    unsigned value = 0;
    if (digits.size() < count) {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + count, value, base);
    if (error != std::errc{} || end != digits.data() + count || value > 0xff) {
        return std::nullopt;
    }
    return static_cast<char>(static_cast<unsigned char>(value));
}

} // namespace

std::filesystem::path corpus_folder() {
    const char* const variable = std::getenv("MAILWIRE_CORPUS_DIR");
    return variable != nullptr ? variable : MAILWIRE_CORPUS_DIR;
}

bool corpus_available() {
    const auto folder = corpus_folder();
    std::error_code error;
    return !folder.empty() && std::filesystem::is_regular_file(folder / "corpus" / "index.tsv", error);
}

std::vector<corpus_unit> read_corpus_units(const std::filesystem::path& folder) {
    std::vector<corpus_unit> units;
    packs octets_of(folder / "corpus" / "packs");
    table index(folder / "corpus" / "index.tsv");
    while (index.next()) {
        const std::string& pack = octets_of[index["pack"]];
        const auto offset = index.number("offset");
        const auto size = index.number("bytes");
        if (!offset || !size) {
            continue;
        }
        if (*offset > pack.size() || *size > pack.size() - *offset) {
            ADD_FAILURE() << index.where() << ": the unit ends behind the end of its pack";
            continue;
        }
        units.push_back({index["id"], index["side"], index["kind"], index["class"], index["verdict"], index["flavour"],
                         index["context"], index["rfc"], index["note"], pack.substr(*offset, *size)});
    }
    return units;
}

std::vector<protocol_vector> read_protocol_vectors(const std::filesystem::path& folder) {
    std::vector<protocol_vector> vectors;
    table lines(folder / "protocol" / "vectors.tsv");
    while (lines.next()) {
        protocol_vector vector;
        vector.side = lines["side"];
        vector.rfc = lines["rfc"];
        const std::string verdict = lines["verdict"];
        vector.accept = verdict == "accept";
        read_note(lines["note"], vector);
        if (!unescape_wire(lines["wire"], vector.wire) || vector.id.empty() ||
            (!vector.accept && verdict != "reject")) {
            ADD_FAILURE() << lines.where() << " is malformed";
            continue;
        }
        vectors.push_back(std::move(vector));
    }
    return vectors;
}

std::string protocol_vector::mode_value(const std::string& name) const {
    const auto found = mode.find(name);
    return found == mode.end() ? std::string() : found->second;
}

bool unescape_wire(std::string_view escaped, std::string& wire) {
    constexpr std::string_view letters = "rnt\\";
    constexpr std::string_view meanings = "\r\n\t\\";
    wire.clear();
    while (!escaped.empty()) {
        if (escaped[0] != '\\') {
            const std::string_view plain = escaped.substr(0, escaped.find('\\'));
            wire += plain;
            escaped.remove_prefix(plain.size());
            continue;
        }
        const char letter = escaped.size() > 1 ? escaped[1] : '\0';
        std::size_t length = 2;
        std::optional<char> octet;
        if (const auto at = letters.find(letter); at != letters.npos) {
            octet = meanings[at];
        } else if (letter == 'x') {
            length = 4;
            octet = escaped_octet(escaped.substr(2), 2, 16);
        } else {
            length = 4;
            octet = escaped_octet(escaped.substr(1), 3, 8);
        }
        if (!octet) {
            return false;
        }
        wire += *octet;
        escaped.remove_prefix(length);
    }
    return true;
}

} // namespace mailwire::test
