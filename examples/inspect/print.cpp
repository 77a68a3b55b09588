// SPDX-License-Identifier: BSL-1.0
#include "inspect/print.hpp"

#include <algorithm>
#include <iomanip>
#include <ostream>
#include <string>

#include <nlohmann/json.hpp>

#include "inspect/escape.hpp"

namespace inspect {
namespace {

using json = nlohmann::ordered_json;

// A field longer than this is cut in the tree; JSON has all of it.
constexpr std::size_t most_octets_of_a_field = 160;
constexpr std::size_t most_octets_of_a_fault = 24;

std::string summary(const unit& read) {
    switch (read.judged) {
    case verdict::accept:
        return read.what;
    case verdict::unknown:
        return "unknown " + read.what;
    case verdict::reject:
        return "error in " + read.what + ": " + describe(read.fault);
    case verdict::incomplete:
        return "incomplete " + read.what;
    }
    return read.what;
}

std::string place_of_fault(const unit& read) {
    const auto in_unit = static_cast<std::size_t>(read.fault.offset);
    std::string result = " at " + std::to_string(read.offset + in_unit) + ", octet " + std::to_string(in_unit);
    if (in_unit >= read.octets.size()) return result + ", its end";
    return result + ", before " + quoted(read.octets.substr(in_unit), most_octets_of_a_fault);
}

// The octets around the fault on one line, and under it a caret that points to the octet.
void print_caret(std::ostream& out, const unit& read) {
    constexpr std::size_t most_before = 40;
    constexpr std::size_t most_behind = 24;
    const std::size_t at = std::min(static_cast<std::size_t>(read.fault.offset), read.octets.size());
    const std::size_t begin = at > most_before ? at - most_before : 0;
    const std::string before = (begin == 0 ? "" : "...") + escaped(read.octets.substr(begin, at - begin));
    const std::string_view behind = read.octets.substr(at);
    out << "  " << before << escaped(behind.substr(0, most_behind)) << (behind.size() > most_behind ? "..." : "")
        << '\n'
        << std::string(before.size() + 2, ' ') << "^ " << read.why << '\n';
}

void print_node(std::ostream& out, const node& field, std::size_t unit_offset, int depth) {
    out << std::setw(9) << unit_offset + field.offset << std::setw(7) << field.offset << "  "
        << std::string(static_cast<std::size_t>(depth) * 2, ' ') << field.kind;
    if (field.kind == "item") {
        out << ' ' << (field.word.empty() ? "(unknown)" : field.word);
    } else if (field.kind == "list") {
        out << " of " << field.fields.size();
    } else if (field.kind != "absent" && !field.holds_fields()) {
        out << ' ' << quoted(field.octets, most_octets_of_a_field);
    }
    out << '\n';
    for (const node& inner : field.fields)
        print_node(out, inner, unit_offset, depth + 1);
}

json json_of(const node& field, std::size_t unit_offset) {
    json result{{"kind", field.kind}, {"offset", unit_offset + field.offset}, {"in_unit", field.offset}};
    if (field.kind == "item") result["word"] = field.word.empty() ? json(nullptr) : json(field.word);
    if (!field.holds_fields()) {
        if (field.kind != "absent") result["octets"] = escaped(field.octets);
        return result;
    }
    result["fields"] = json::array();
    for (const node& inner : field.fields)
        result["fields"].push_back(json_of(inner, unit_offset));
    return result;
}

json json_of(const mailwire::error& fault, std::size_t unit_offset) {
    json result{{"code", mailwire::name_of(fault.code)},
                {"offset", unit_offset + static_cast<std::size_t>(fault.offset)},
                {"in_unit", fault.offset}};
    if (fault.actual != 0) result["actual"] = fault.actual;
    if (fault.maximum != 0) result["maximum"] = fault.maximum;
    return result;
}

} // namespace

void print_tree(std::ostream& out, const unit& read) {
    out << "at " << read.offset << ", " << read.octets.size() << " octets: " << escaped(summary(read));
    if (read.fault) out << place_of_fault(read);
    if (const std::string more = remarks(read); !more.empty()) out << " (" << more << ')';
    out << '\n';
    if (!read.why.empty()) print_caret(out, read);
    for (const node& field : read.fields)
        print_node(out, field, read.offset, 0);
}

void print_json(std::ostream& out, const unit& read) {
    json result{{"offset", read.offset},
                {"size", read.octets.size()},
                {"verdict", name_of(read.judged)},
                {"what", escaped(read.what)}};
    if (read.fault) result["error"] = json_of(read.fault, read.offset);
    if (const std::string more = remarks(read); !more.empty()) result["note"] = more;
    if (!read.fault) {
        result["fields"] = json::array();
        for (const node& field : read.fields)
            result["fields"].push_back(json_of(field, read.offset));
    }
    out << result.dump() << '\n';
}

} // namespace inspect
