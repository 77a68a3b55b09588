// SPDX-License-Identifier: BSL-1.0
// Responses of an IMAP server, parsed and written. WHAT is one of
//   validate           the grammar judges; nothing is recorded
//   record             the grammar records on a tape
//   every_field        that, and every field is read through the typed views
//   frame_every_field  that, and the units are found first
//   write              every field is read off a tape and written again
// The units are found before the clock starts, but for frame_every_field.

#include "fields.hpp"
#include "run.hpp"
#include "units.hpp"

#include <mailwire/imap/parse.hpp>
#include <mailwire/imap/write.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace mailwire::bench {
namespace {

// More than any unit of the data needs; the numbers of SEARCH are one token.
constexpr std::size_t tape_size = 16'384;
std::array<token, tape_size> tape;

std::size_t validate(const data_set& set) {
    std::size_t octets = 0;
    for (const std::string_view unit : units_of(set)) {
        input_for<imap::everything, input> in(unit, {});
        require((run<imap::grammar::response, apply_mode::nothing>(in)), set.name, "a unit is refused");
        octets += in.offset();
    }
    require(octets == set.octets.size(), set.name, "not all octets were judged");
    return octets;
}

std::size_t tokens_of(const imap::response& r) {
    return static_cast<std::size_t>(r.tokens().end() - r.tokens().position());
}

std::size_t record(const data_set& set) {
    std::size_t tokens = 0;
    for (const std::string_view unit : units_of(set)) {
        const auto parsed = imap::parse_response(unit, tape);
        require(static_cast<bool>(parsed), set.name, "a unit is refused");
        tokens += tokens_of(parsed.value);
    }
    return tokens;
}

void visit_unit(const data_set& set, std::string_view unit, field_visitor& fields) {
    const auto parsed = imap::parse_response(unit, tape);
    require(static_cast<bool>(parsed), set.name, "a unit is refused");
    fields.response(parsed.value);
}

// Compares what the views showed with what a scan for tokens finds, and with what the generator says it made.
void check(const data_set& set, const field_totals& totals) {
    const token_counts& tokens = scanned_tokens(set);
    require(totals.unknown == 0, set.name, "an item is unknown");
    require(totals.words == tokens.atoms + tokens.quoted + tokens.literals, set.name, "not all fields were seen");
    if (set.name == "search") {
        require(totals.number_sum == set.number_sum, set.name, "a number was misread");
    } else if (set.name.starts_with("fetch")) {
        require(totals.number_sum == set.units * (set.units + 1) / 2, set.name, "a message number was misread");
    }
}

std::uint64_t every_field(const data_set& set) {
    field_visitor fields;
    for (const std::string_view unit : units_of(set)) {
        visit_unit(set, unit, fields);
    }
    check(set, fields.totals());
    return fields.totals().value_sum;
}

std::uint64_t frame_every_field(const data_set& set) {
    field_visitor fields;
    for_each_unit(set, [&](std::string_view unit) { visit_unit(set, unit, fields); });
    check(set, fields.totals());
    return fields.totals().value_sum;
}

// Every unit of the data, parsed once.
class parsed_units {
public:
    explicit parsed_units(const data_set& set) : tokens_(set.octets.size() / 2) {
        std::span<token> room = tokens_;
        for (const std::string_view unit : units_of(set)) {
            const auto parsed = imap::parse_response(unit, room);
            require(static_cast<bool>(parsed), set.name, "a unit is refused");
            responses_.push_back(parsed.value);
            room = room.subspan(tokens_of(parsed.value));
        }
    }
    const std::vector<imap::response>& responses() const { return responses_; }

private:
    std::vector<token> tokens_;
    std::vector<imap::response> responses_;
};

// Writes all responses behind one another and compares: a parse of what was written shows the same fields.
void check_written(const data_set& set, const std::vector<imap::response>& responses) {
    data_set written{.name = set.name, .kind = set.kind};
    string_sink to(written.octets);
    for (const imap::response& r : responses) {
        require(imap::write_response(to, r) == misuse::none, set.name, "a unit cannot be written");
    }
    field_visitor fields;
    for_each_unit(written, [&](std::string_view unit) { visit_unit(set, unit, fields); });
    check(set, fields.totals());
}

class write {
public:
    std::size_t operator()(const data_set& set) {
        if (!units_) {
            units_ = std::make_shared<parsed_units>(set);
            check_written(set, units_->responses());
        }
        std::size_t octets = 0;
        for (const imap::response& r : units_->responses()) {
            span_sink to(room_);
            require(imap::write_response(to, r) == misuse::none, set.name, "a unit cannot be written");
            octets += to.size();
        }
        return octets;
    }

private:
    std::shared_ptr<parsed_units> units_; // benchmarks are copied
    static inline std::array<char, 1'000'000> room_;
};

[[maybe_unused]] const bool registered = [] {
    for (const std::string_view data : {"fetch_flags", "fetch_flags_base", "fetch_envelope", "list_status", "search"}) {
        add_limits(data);
        add_bench(data, "validate", validate);
        add_bench(data, "record", record);
        add_bench(data, "every_field", every_field);
        add_bench(data, "frame_every_field", frame_every_field);
        if (data != "fetch_flags") { // a response is written as imap::everything knows it, which has no MODSEQ
            add_bench(data, "write", write());
        }
    }
    return true;
}();

} // namespace
} // namespace mailwire::bench
