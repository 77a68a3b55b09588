// SPDX-License-Identifier: BSL-1.0
// Octets of a client. The first four say how they are read: what is tolerated and in force (1: UTF-8, 2 and 4: the form
// of literals, 8, 16, 32: quirks), which forms of the grammar are not in force (one bit each), the levels of nesting and
// the number of literals (four bits each, 0 is the default), and in what pieces the octets come. The rest is the stream.
// Whatever it is:
//   - nothing is read or written that is not there (sanitizers), and nothing comes from the heap
//   - the pieces give the frames that the whole gives
//   - judging without a tape says what recording says, and so does an explanation
//   - what was read is written, and what was written is one unit that reads, strictly, and is written the same again;
//     copied into values of its own, it reads as these values
//   - a command that is accepted is so with its literals handed on, and none of its literals is refused on the way

#include <mailwire/imap/explain.hpp>
#include <mailwire/imap/grammar/forms.hpp>
#include <mailwire/imap/grammar/quirks.hpp>
#include <mailwire/imap/parse.hpp>
#include <mailwire/imap/write.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "operations.hpp"
#include "support/fields.hpp"
#include "support/frames.hpp"
#include "support/generate/round_trip.hpp"

using namespace mailwire;
using namespace mailwire::fuzz;
using imap::frame_kind;
using commands = test::command_language<imap::everything>;

namespace {

dialect dialect_of(std::string_view& octets) {
    const unsigned tolerated = take(octets);
    const unsigned forms = take(octets);
    const unsigned limits = take(octets);
    dialect d{.from = side::client, .utf8 = (tolerated & 1U) != 0, .literals = literal_form::synchronizing};
    if ((tolerated & 2U) != 0) d.literals = literal_form::minus;
    if ((tolerated & 4U) != 0) d.literals = literal_form::plus;
    if ((tolerated & 8U) != 0) d.quirks |= imap::quirks::command_trailing_space;
    if ((tolerated & 16U) != 0) d.quirks |= imap::quirks::eight_bit | imap::quirks::stray_backslash;
    if ((tolerated & 32U) != 0) d.quirks |= imap::quirks::flag_octets;
    d.forms = ~(forms & 15U);
    if ((limits & 15U) != 0) d.depth = limits & 15U;
    if ((limits >> 4U & 15U) != 0) d.most_literals = limits >> 4U & 15U;
    return d;
}

// Writes into storage it has been given, with as many stops as it takes.
class storage_sink {
public:
    explicit storage_sink(std::span<char> storage) : storage_(storage) {}

    void put(std::string_view octets) {
        require(octets.size() <= storage_.size() - size_, "a unit is as long as it was counted to be");
        std::copy(octets.begin(), octets.end(), storage_.begin() + static_cast<std::ptrdiff_t>(size_));
        size_ += octets.size();
    }
    void put_ref(std::string_view octets) { put(octets); }
    void stop(std::uint64_t octets, bool) { require(octets == 0, "no octets of a literal are elsewhere"); }

    bool ok() const { return true; }
    std::size_t size() const { return size_; }

private:
    std::span<char> storage_;
    std::size_t size_ = 0;
};

// The octets of a command, or nothing where the writer refuses it.
std::string written(const imap::command& value, const dialect& rules) {
    const imap::write_options options{.literals = rules.literals, .utf8 = rules.utf8};
    size_sink count;
    const misuse counted = without_heap([&] { return imap::write_command(count, value, options); });
    std::string text(count.size(), '?');
    storage_sink sink(text);
    const misuse result = without_heap([&] { return imap::write_command(sink, value, options); });
    require(result == counted && sink.size() == text.size(), "counting says what writing says");
    return result == misuse::none ? text : std::string();
}

std::vector<test::framed> frames_of(std::string_view octets, cutter pieces) {
    std::vector<std::string_view> cut;
    for (; !octets.empty(); octets.remove_prefix(cut.back().size()))
        cut.push_back(octets.substr(0, pieces.next(octets.size())));
    return test::frames_of(side::client, cut);
}

imap::parsed<imap::command> parse(std::string_view unit, std::span<token> tape, const imap::parse_options& options) {
    return without_heap([&] { return imap::parse_command(unit, tape, options); });
}

// What judging without a tape and an explanation say of a unit of which is known what recording says.
void check_verdict(std::string_view unit, const imap::parse_options& options,
                   const imap::parsed<imap::command>& recorded) {
    const auto judged = parse(unit, {}, options);
    const auto why = imap::explain_command(unit, options);
    require(judged.quirks == recorded.quirks, "judging tolerates what recording tolerates");
    require(why.error.code == recorded.error.code && why.error.offset == recorded.error.offset,
            "an explanation is of the same error");
    if (recorded.error) {
        require(recorded.error.code != errc::tape_full, "as many tokens as octets are enough");
        require(recorded.error.offset <= unit.size(), "an error is inside its unit");
        return require(judged.error == recorded.error, "judging refuses what recording refuses");
    }
    const std::size_t count =
        static_cast<std::size_t>(recorded.value.tokens().end() - recorded.value.tokens().position());
    require(judged.error == error{errc::tape_full, 0, count, 0}, "judging counts what recording records");
    std::vector<token> tape(count);
    require(bool(parse(unit, tape, options)), "the tape may be full");
    tape.pop_back();
    require(parse(unit, tape, options).error == error{errc::tape_full, 0, count, count - 1}, "it may not be too small");
}

// Up to each literal the unit says that one may stand there, and without their octets it has the same fields.
void check_literals(std::string_view whole, const std::vector<test::framed>& frames, imap::parse_options options,
                    const error& fault) {
    const auto literals = std::ranges::count(frames, frame_kind::literal, &test::framed::kind);
    require(fault.code != errc::too_many_literals || literals > options.dialect.most_literals,
            "all literals are framed");
    if (fault) return;
    std::string unit;
    std::vector<std::uint32_t> headers;
    std::vector<token> tape(whole.size());
    std::size_t from = 0;
    for (const test::framed& f : frames) {
        unit.append(whole, from, f.size - from);
        options.elided = headers;
        if (f.kind != frame_kind::literal) break;
        const auto prefix = without_heap([&] { return imap::parse_command_prefix(unit, tape, options); });
        require(bool(prefix), "a literal may stand where one stands");
        headers.push_back(static_cast<std::uint32_t>(unit.size() - (f.size - f.header)));
        from = f.size + static_cast<std::size_t>(f.octets);
    }
    const auto all = parse(whole, tape, {options.dialect});
    std::vector<token> other(whole.size());
    const auto without = parse(unit, other, options);
    require(bool(all) && bool(without), "a unit reads without the octets of its literals");
    const cursor a = all.value.tokens();
    const cursor b = without.value.tokens();
    require(a.end() - a.position() == b.end() - b.position(), "it has as many fields");
}

void check_command(const imap::parsed<imap::command>& first, imap::parse_options options) {
    const std::string text = written(first.value, options.dialect);
    // Some of what is tolerated cannot be sent.
    if (text.empty()) return require(first.quirks != 0, "what was read can be written");
    // What is tolerated in a quoted string may have become a literal.
    if (first.quirks != 0) options.dialect.most_literals = 0xffff;
    options.dialect.quirks = 0;
    std::vector<token> tape(text.size());
    const auto second = parse(text, tape, options);
    require(bool(second), "what was written can be read, and strictly");
    const bool same = second.value.value().id() == first.value.value().id() && second.value.tag() == first.value.tag();
    require(same, "it is the same command");
    require(written(second.value, options.dialect) == text, "it is written the same again");
    const auto frames = frames_of(text, cutter::whole());
    require(!frames.empty() && frames.back().kind == frame_kind::unit && frames.back().offset == 0 &&
                frames.back().size == text.size(),
            "it is one unit");
}

void judge(std::string_view octets, const dialect& rules, bool framed) {
    edge memory;
    const std::string_view unit = memory.put(octets);
    const imap::parse_options options{rules};
    std::vector<token> tape(unit.size());
    const auto first = parse(unit, tape, options);
    check_verdict(unit, options, first);
    if (framed) check_literals(unit, frames_of(unit, cutter::whole()), options, first.error);
    if (!first) return;
    const cursor tokens = first.value.tokens();
    require(test::inside(unit, {tokens.position(), tokens.end()}), "a token is inside its unit");
    if (framed) check_command(first, options);
    if (!framed || first.quirks != 0) return;
    const std::string problem = test::round_trip<imap::everything, commands>(rules).run(unit).problem;
    require(problem.empty(), problem.c_str());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view octets = octets_of(data, std::min<std::size_t>(size, 4000));
    const dialect rules = dialect_of(octets);
    const unsigned seed = take(octets);
    const auto frames = frames_of(octets, cutter::whole());
    require(frames_of(octets, cutter::single()) == frames, "single octets give the frames of the whole");
    require(frames_of(octets, cutter::seeded(seed)) == frames, "pieces give the frames of the whole");
    for (const test::framed& f : frames) {
        if (f.kind == frame_kind::unit) judge(octets.substr(f.offset, f.size), rules, true);
    }
    judge(octets, rules, false); // the parser needs no framer not to fall
    return 0;
}
