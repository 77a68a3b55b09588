// SPDX-License-Identifier: BSL-1.0
#include "inspect/judge.hpp"

#include <algorithm>
#include <charconv>
#include <istream>
#include <ostream>
#include <stdexcept>

#include "inspect/escape.hpp"

namespace inspect {
namespace {

std::vector<std::string> split(std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    std::vector<std::string> result;
    for (;;) {
        const std::size_t tab = line.find('\t');
        result.emplace_back(line.substr(0, tab));
        if (tab == std::string_view::npos) return result;
        line.remove_prefix(tab + 1);
    }
}

// The columns of an index by their names.
class columns {
public:
    explicit columns(std::vector<std::string> names) : names_(std::move(names)) {
        for (const std::string_view needed : {"id", "offset", "bytes"}) {
            if (std::find(names_.begin(), names_.end(), needed) == names_.end()) {
                throw std::runtime_error("line 1 of the index has no column " + std::string(needed));
            }
        }
    }

    // Empty where the line or the index has no such column.
    std::string text(const std::vector<std::string>& fields, std::string_view name) const {
        const auto column = static_cast<std::size_t>(std::find(names_.begin(), names_.end(), name) - names_.begin());
        return column < names_.size() && column < fields.size() ? fields[column] : std::string();
    }

    std::size_t number(const std::vector<std::string>& fields, std::string_view name) const {
        const std::string digits = text(fields, name);
        std::size_t value = 0;
        const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (failure != std::errc() || end != digits.data() + digits.size()) {
            throw std::runtime_error("column " + std::string(name) + " holds no number");
        }
        return value;
    }

private:
    std::vector<std::string> names_;
};

index_row read_row(const columns& names, const std::vector<std::string>& fields, std::size_t octets_of_pack) {
    index_row row{names.text(fields, "id"),      names.number(fields, "offset"), names.number(fields, "bytes"),
                  names.text(fields, "context"), names.text(fields, "mode"),     names.text(fields, "kind")};
    if (row.offset > octets_of_pack || row.octets > octets_of_pack - row.offset) {
        throw std::runtime_error("the unit is not in the pack, which has " + std::to_string(octets_of_pack) +
                                 " octets");
    }
    return row;
}

// What the row says; what it leaves open stays as it is. Answers what is not supported.
std::string set_up(settings& reading, const index_row& row) {
    std::string refusal = row.context.empty() ? std::string() : reading.set_context(row.context);
    if (refusal.empty()) refusal = reading.set_mode(row.mode);
    if (refusal.empty()) refusal = reading.set_kind(row.kind);
    return refusal;
}

std::string detail_of(const unit& read) {
    std::string result = read.what;
    if (read.judged == verdict::reject) {
        result += ": " + describe(read.fault) + " at " + std::to_string(read.fault.offset);
    } else if (read.judged == verdict::incomplete) {
        result += ": breaks off at " + std::to_string(read.fault.offset);
    }
    if (const std::string more = remarks(read); !more.empty()) result += " (" + more + ")";
    return result;
}

} // namespace

std::vector<index_row> read_index(std::istream& in, std::size_t octets_of_pack) {
    std::string line;
    std::getline(in, line);
    const columns names(split(line));
    std::vector<index_row> rows;
    for (std::size_t number = 2; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        try {
            rows.push_back(read_row(names, split(line), octets_of_pack));
        } catch (const std::runtime_error& why) {
            throw std::runtime_error("line " + std::to_string(number) + " of the index: " + why.what());
        }
    }
    return rows;
}

judgement judge(std::string_view octets, const index_row& row, settings reading) {
    if (const std::string refusal = set_up(reading, row); !refusal.empty()) return {verdict::unknown, refusal};
    if (octets.empty()) return {verdict::incomplete, "no octets"};
    const unit read = reading.read(octets, 0);
    const std::size_t behind = octets.size() - read.octets.size();
    if (behind == 0 || read.judged == verdict::reject) return {read.judged, detail_of(read)};
    const std::string note = std::to_string(behind) + " octets behind the unit";
    // What belongs to a command that nobody knows, nobody knows either.
    if (read.judged == verdict::unknown) return {verdict::unknown, detail_of(read) + ", " + note};
    return {verdict::reject, note};
}

void print_judgements(std::ostream& out, std::string_view pack, const std::vector<index_row>& rows,
                      const settings& reading) {
    for (const index_row& row : rows) {
        const judgement result = judge(pack.substr(row.offset, row.octets), row, reading);
        out << row.id << '\t' << name_of(result.judged) << '\t' << escaped(result.detail) << '\n';
    }
}

} // namespace inspect
