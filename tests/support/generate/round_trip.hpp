// SPDX-License-Identifier: BSL-1.0
// One sentence: parsed, copied into values of its own, its unit and its tape overwritten, written from the copy, parsed
// again and compared with the copy field by field.

#pragma once

#include "said.hpp"

#include "support/copy_values.hpp"
#include "support/fields.hpp"
#include "support/frames.hpp"
#include "support/same_values.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {

// Keeps octets, and where the output has to wait for the peer. Any number of stops has room.
class waiting_sink {
public:
    void put(std::string_view octets) { octets_ += octets; }
    void put_ref(std::string_view octets) { put(octets); }
    void stop(std::uint64_t octets, bool wait) {
        if (octets != 0 || wait) waits_.push_back(octets_.size());
    }
    bool ok() const { return true; }
    std::size_t size() const { return octets_.size(); }

    const std::string& octets() const { return octets_; }
    const std::vector<std::size_t>& waits() const { return waits_; }
    void clear() {
        octets_.clear();
        waits_.clear();
    }

private:
    std::string octets_;
    std::vector<std::size_t> waits_;
};

// What became of a sentence. `problem` is empty where all was well.
struct round_trip_result {
    std::string problem = {};
    bool refused_to_write = false; // the writer says that a value has no place on the wire
};

// How the units of one side are read, and written from a copy.
template <typename Profile> struct response_language {
    using view = imap::response;
    static constexpr side from = side::server;

    static imap::parsed<view> parse(std::string_view unit, std::span<token> tape, const dialect& rules) {
        return imap::parse_response<Profile>(unit, tape, {.dialect = rules});
    }
};
template <typename Profile> struct greeting_language : response_language<Profile> {
    static imap::parsed<imap::response> parse(std::string_view unit, std::span<token> tape, const dialect& rules) {
        return imap::parse_greeting<Profile>(unit, tape, {.dialect = rules});
    }
};
template <typename Profile> struct command_language {
    using view = imap::command;
    static constexpr side from = side::client;

    static imap::parsed<view> parse(std::string_view unit, std::span<token> tape, const dialect& rules) {
        return imap::parse_command<Profile>(unit, tape, {.dialect = rules});
    }
};

// The values of a unit, whatever it is.
template <typename Profile, typename Language> struct unit_values;

template <typename Profile, typename Language>
requires std::is_same_v<typename Language::view, imap::response>
struct unit_values<Profile, Language> {
    imap::response_kind kind = imap::response_kind::data;
    std::string_view tag = {};
    std::string_view continuation = {};
    imap::status_response status = {};
    item<imap::slot::response_data> data = {};
    item<imap::slot::counted_data> count = {};
    item<imap::slot::message_data> message = {};

    static unit_values of(const imap::response& r) {
        unit_values u;
        u.kind = r.kind();
        u.tag = r.tag();
        if (u.kind == imap::response_kind::continuation) u.continuation = r.continuation();
        if (u.kind == imap::response_kind::status || u.kind == imap::response_kind::tagged) u.status = r.status();
        if (u.kind != imap::response_kind::data) return u;
        if (!r.has_number()) {
            u.data = r.template data<imap::slot::response_data>();
        } else if (is_count(r, alternatives_of<imap::slot::counted_data, Profile>{})) {
            u.count = r.template data<imap::slot::counted_data>();
        } else {
            u.message = r.template data<imap::slot::message_data>();
        }
        return u;
    }

    // RFC 9051 7.1 wants a text behind every status, so the writer puts one where there is none: that one, or nothing.
    std::string_view add_what_is_written() {
        const bool has_status = kind == imap::response_kind::status || kind == imap::response_kind::tagged;
        if (!has_status || !status.text.empty()) return {};
        return status.text = "-";
    }

    template <typename Sink> misuse write(Sink& to, const imap::write_options& options) const {
        switch (kind) {
        case imap::response_kind::continuation:
            return imap::write_continuation(to, continuation, options);
        case imap::response_kind::tagged:
            return imap::write_tagged<Profile>(to, tag, status, options);
        case imap::response_kind::status:
            return imap::write_status<Profile>(to, status, options);
        case imap::response_kind::data:
            break;
        }
        return imap::detail::write_unit<Profile>(to, imap::detail::from_server(options), [&](imap::writer& out) {
            out.raw("* ");
            if (data) out.put(data);
            if (count) out.put(count);
            if (message) out.put(message);
        });
    }

private:
    template <typename... Counts> static bool is_count(const imap::response& r, pegtl::type_list<Counts...>) {
        return (r.template is<Counts>() || ...);
    }
};

template <typename Profile, typename Language>
requires std::is_same_v<typename Language::view, imap::command>
struct unit_values<Profile, Language> {
    std::string_view tag = {};
    item<imap::slot::command> command = {};

    static unit_values of(const imap::command& c) { return {c.tag(), c.value()}; }
    std::string_view add_what_is_written() { return {}; }

    template <typename Sink> misuse write(Sink& to, const imap::write_options& options) const {
        return imap::detail::write_unit<Profile>(to, options,
                                                 [&](imap::writer& out) { out.tag(tag).sp().put(command); });
    }
};

template <typename Profile, typename Language> class round_trip {
public:
    explicit round_trip(const dialect& rules) : rules_(rules) { rules_.from = Language::from; }

    round_trip_result run(std::string_view sentence) {
        round_trip_result result;
        unit_.assign(sentence);
        if (!is_one_unit(unit_)) return {"it is not framed as one unit"};
        tape_.resize(unit_.size() + 1);
        const auto first = Language::parse(unit_, tape_, rules_);
        if (first.error) return {"refused with " + std::string(name_of(first.error.code)) + at(first.error.offset)};
        storage_.clear();
        value_copier<Profile> copier(storage_);
        const auto original = values::of(first.value);
        values fresh = copier.copy(original);
        if (!copier.left_over().empty()) return {"read() leaves tokens of " + copier.left_over()};
        value_comparer<Profile> copied;
        if (!copied.same(original, fresh)) return {"the copy differs" + copied.where()};
        said_ = what_is_said(first.value.tokens());
        std::fill(unit_.begin(), unit_.end(), '\xff');
        std::fill(tape_.begin(), tape_.end(), token(token_kind::absent, 0xfffffff0U, 0));
        const std::string_view added = fresh.add_what_is_written();
        if (!added.empty()) said_.emplace_back(added);
        written_.clear();
        const imap::write_options options{
            .from = rules_.from, .literals = literal_form_for_writing(), .utf8 = rules_.utf8};
        const misuse fault = fresh.write(written_, options);
        if (fault != misuse::none) return {{}, true};
        return read_again(fresh);
    }

    const std::string& written() const { return written_.octets(); }

private:
    using values = unit_values<Profile, Language>;

    static std::string at(std::uint64_t offset) { return " at " + std::to_string(offset); }

    literal_form literal_form_for_writing() {
        ++runs_;
        if (rules_.from == side::server || runs_ % 2 == 0) return literal_form::synchronizing;
        return rules_.literals;
    }

    round_trip_result read_again(const values& fresh) {
        std::vector<std::size_t> waits;
        if (!is_one_unit(written(), &waits)) return {"what is written of it is not framed as one unit"};
        if (waits != written_.waits()) return {"what is written of it does not wait where it announces a literal"};
        tape_.resize(written_.size() + 1);
        const auto second = Language::parse(written(), tape_, rules_);
        if (second.error) {
            return {"what is written of it is refused with " + std::string(name_of(second.error.code)) +
                    at(second.error.offset)};
        }
        value_comparer<Profile> comparer;
        if (!comparer.same(fresh, values::of(second.value))) return {"read again it differs" + comparer.where()};
        return difference(said_, what_is_said(second.value.tokens()));
    }

    static round_trip_result difference(const std::vector<std::string>& read, const std::vector<std::string>& written) {
        const auto [r, w] = std::mismatch(read.begin(), read.end(), written.begin(), written.end());
        if (r == read.end() && w == written.end()) return {};
        return {"what is written of it says " + (w == written.end() ? "no more" : *w) + " where it said " +
                (r == read.end() ? "no more" : *r)};
    }

    // All literals are kept. `waits`: behind the headers of those whose octets a client may not send at once.
    static bool is_one_unit(std::string_view octets, std::vector<std::size_t>* waits = nullptr) {
        imap::framer framer(Language::from);
        for (;;) {
            const imap::frame f = framer.scan(octets);
            if (f.kind == imap::frame_kind::unit) return f.size == octets.size();
            if (f.kind != imap::frame_kind::literal || f.octets > octets.size() - f.size) return false;
            if (waits != nullptr && Language::from == side::client && !f.non_synchronizing) waits->push_back(f.size);
            framer.literal_kept(f.octets);
        }
    }

    dialect rules_;
    copy_storage storage_;
    std::string unit_;
    waiting_sink written_;
    std::vector<std::string> said_;
    std::vector<token> tape_;
    std::size_t runs_ = 0;
};

} // namespace mailwire::test
