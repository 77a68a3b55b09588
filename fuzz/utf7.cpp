// SPDX-License-Identifier: BSL-1.0
// Mailbox names in modified UTF-7. The first octet says how much room is too little; the rest is taken as a name to
// decode, as UTF-8 to encode, and as code points that are made UTF-8 first. Whatever it is:
//   - nothing is read or written that is not there (sanitizers), and nothing comes from the heap
//   - a name that decodes encodes to its own octets: one spelling for each name
//   - UTF-8 without NUL encodes, in the canonical form, and decodes to its own octets
//   - room too small is refused with the size that is wanted, and what is behind the room stays as it was
//   - an error is where it is whatever follows

#include <mailwire/core/utf7.hpp>
#include <mailwire/core/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "operations.hpp"

using namespace mailwire;
using namespace mailwire::fuzz;

namespace {

using conversion = mutf7_result (*)(std::string_view, std::span<char>);

struct converted {
    mutf7_error error;
    std::size_t offset;
    std::string text;
};

mutf7_result convert_into(conversion how, std::string_view text, std::span<char> room) {
    return without_heap([&] { return how(text, room); });
}

void check_error(conversion how, std::string_view text, const mutf7_result& asked) {
    require(asked.size == 0 && asked.offset <= text.size(), "an error is inside the text");
    std::string room(text.size() * 6, '?');
    const mutf7_result roomy = convert_into(how, text, room);
    require(roomy.error == asked.error && roomy.offset == asked.offset && roomy.size == 0, "room changes no error");
    const mutf7_result cut = convert_into(how, text.substr(0, asked.offset + 1), room);
    require(cut.error == asked.error && cut.offset == asked.offset, "what is behind an error does not matter");
}

// Octets that are too few take what fits and leave what is behind them alone.
void check_small_room(conversion how, std::string_view text, std::string_view all, std::size_t room) {
    std::string small(all.size(), '!');
    const mutf7_result narrow = convert_into(how, text, {small.data(), room});
    require(narrow.error == mutf7_error::room && narrow.size == all.size(), "room that is too small is refused");
    require(narrow.offset == text.size(), "the text is read to its end");
    require(small.substr(0, room) == all.substr(0, room), "what fits is written");
    require(small.find_first_not_of('!', room) == small.npos, "nothing is written behind the room");
    std::vector<char> exact(room);
    require(convert_into(how, text, exact).size == all.size(), "the same into memory of just this size");
}

converted convert(conversion how, std::string_view octets, unsigned share) {
    edge memory;
    const std::string_view text = memory.put(octets);
    const mutf7_result asked = convert_into(how, text, {});
    if (asked.error != mutf7_error::none && asked.error != mutf7_error::room) {
        check_error(how, text, asked);
        return {asked.error, asked.offset, {}};
    }
    require((asked.error == mutf7_error::room) == (asked.size != 0), "no room is room for nothing");
    std::vector<char> out(asked.size);
    const mutf7_result result = convert_into(how, text, out);
    require(bool(result) && result.size == out.size() && result.offset == text.size(), "the size asked for is enough");
    const std::string all(out.begin(), out.end());
    if (!all.empty()) {
        check_small_room(how, text, all, all.size() * share / 256);
        check_small_room(how, text, all, all.size() - 1);
    }
    return {mutf7_error::none, text.size(), all};
}

// Whether octets look as RFC 3501 5.1.3 has them: printable, runs of modified base64 with an end and of a size that
// whole units have, and no run just behind another.
bool looks_canonical(std::string_view name) {
    bool after_run = false;
    while (!name.empty()) {
        const char c = name.front();
        if (c < 0x20 || c > 0x7e) return false;
        name.remove_prefix(1);
        if (c != '&') {
            after_run = false;
            continue;
        }
        const std::size_t digits = name.find('-');
        if (digits == name.npos || (digits != 0 && after_run)) return false;
        const auto is_digit = [](char d) { return base64_modified.value(d) != base64_alphabet::none; };
        if (!std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(digits), is_digit)) return false;
        if (digits * 6 % 16 >= 6) return false;
        after_run = digits != 0;
        name.remove_prefix(digits + 1);
    }
    return true;
}

void check_decode(std::string_view name, unsigned share) {
    const converted text = convert(mutf7_decode, name, share);
    if (text.error != mutf7_error::none) {
        require(text.error != mutf7_error::utf8, "a name is no UTF-8 that could be wrong");
        return;
    }
    require(looks_canonical(name), "what is decoded is canonical");
    const char* end = text.text.data() + text.text.size();
    require(find_invalid_utf8(text.text.data(), end) == end, "what is decoded is UTF-8");
    require(text.text.find('\0') == text.text.npos, "no name holds NUL");
    const converted again = convert(mutf7_encode, text.text, share);
    require(again.error == mutf7_error::none && again.text == name, "a name has one spelling");
}

void check_encode(std::string_view utf8, unsigned share) {
    const converted name = convert(mutf7_encode, utf8, share);
    const char* bad = find_invalid_utf8(utf8.data(), utf8.data() + utf8.size());
    const auto good = static_cast<std::size_t>(bad - utf8.data());
    const std::size_t nul = utf8.find('\0');
    if (nul < good) return require(name.error == mutf7_error::nul && name.offset == nul, "the first NUL is refused");
    if (good != utf8.size()) {
        return require(name.error == mutf7_error::utf8 && name.offset == good, "the first octet that is no UTF-8 is");
    }
    require(name.error == mutf7_error::none && looks_canonical(name.text), "UTF-8 has a canonical name");
    const converted again = convert(mutf7_decode, name.text, share);
    require(again.error == mutf7_error::none && again.text == utf8, "a name reads as what it was made of");
}

// Three octets make a code point each, so that nearly all of them are met.
std::string utf8_made_of(std::string_view octets) {
    std::string utf8;
    while (octets.size() >= 3) {
        const char32_t high = take(octets) % 17;
        const char32_t middle = take(octets);
        const char32_t code_point = high << 16 | middle << 8 | take(octets);
        char room[4] = {};
        if (code_point == 0 || is_surrogate(code_point)) continue;
        utf8.append(room, utf8_encode_one(code_point, room));
    }
    return utf8;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view octets = octets_of(data, size);
    const unsigned share = take(octets);
    check_decode(octets, share);
    check_encode(octets, share);
    check_encode(utf8_made_of(octets), share);
    return 0;
}
