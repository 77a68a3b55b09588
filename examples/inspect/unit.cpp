// SPDX-License-Identifier: BSL-1.0
#include "inspect/unit.hpp"

#include "inspect/escape.hpp"
#include "mailwire/core/sink.hpp"

namespace inspect {
namespace {

std::vector<std::string_view> unknown_names(const std::vector<node>& fields) {
    std::vector<std::string_view> result;
    for (const node& field : fields) {
        if (field.kind == "item" && field.word.empty()) result.push_back(name_of(field));
        const auto inside = unknown_names(field.fields);
        result.insert(result.end(), inside.begin(), inside.end());
    }
    return result;
}

} // namespace

std::string_view name_of(verdict judged) {
    switch (judged) {
    case verdict::accept:
        return "accept";
    case verdict::unknown:
        return "unknown";
    case verdict::reject:
        return "reject";
    case verdict::incomplete:
        return "incomplete";
    }
    return "reject";
}

std::string describe(const mailwire::error& fault) {
    std::string numbers = fault.actual == 0 ? "" : std::to_string(fault.actual);
    if (fault.maximum != 0) numbers += (numbers.empty() ? "at most " : ", at most ") + std::to_string(fault.maximum);
    const std::string name = mailwire::name_of(fault.code);
    return numbers.empty() ? name : name + " (" + numbers + ")";
}

std::string sentence_of(const mailwire::explanation& why) {
    std::string result;
    mailwire::string_sink out(result);
    why.write(out);
    return result;
}

std::string_view name_of(const node& item) {
    if (!item.word.empty()) return item.word;
    for (const node& field : item.fields) {
        if (field.kind == "atom") return field.octets;
    }
    return {};
}

std::string remarks(const unit& read) {
    std::string result = read.note;
    if (read.judged != verdict::accept) return result;
    bool first = true;
    for (const std::string_view name : unknown_names(read.fields)) {
        result += (result.empty() ? "" : ", ") + std::string(first ? "unknown inside: " : "") + escaped(name);
        first = false;
    }
    return result;
}

} // namespace inspect
