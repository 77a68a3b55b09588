// SPDX-License-Identifier: BSL-1.0
#include "inspect/tree.hpp"

#include <algorithm>

#include "mailwire/core/chars.hpp"

namespace inspect {
namespace {

using mailwire::token_kind;

std::string_view name_of_kind(token_kind kind) {
    switch (kind) {
    case token_kind::absent:
        return "absent";
    case token_kind::nil:
        return "nil";
    case token_kind::atom:
        return "atom";
    case token_kind::quoted:
        return "quoted";
    case token_kind::escaped:
        return "escaped";
    case token_kind::literal:
        return "literal";
    case token_kind::streamed:
        return "streamed";
    case token_kind::number:
        return "number";
    case token_kind::raw:
        return "raw";
    case token_kind::list:
        return "list";
    case token_kind::item:
        return "item";
    }
    return "token";
}

class builder {
public:
    builder(std::string_view unit, std::string_view (*word_of)(std::uint32_t), std::size_t base)
        : unit_(unit), word_of_(word_of), base_(base) {}

    std::vector<node> read_all(mailwire::cursor tokens) {
        std::vector<node> result;
        while (tokens.more())
            result.push_back(read(tokens));
        return result;
    }

private:
    node read(mailwire::cursor& tokens) {
        node result;
        result.kind = name_of_kind(tokens.kind());
        const std::uint32_t offset = tokens.position()->offset;
        if (tokens.at_item()) {
            read_item(result, offset, tokens.enter());
        } else if (tokens.at_list()) {
            place_ = std::max<std::size_t>(place_, offset);
            result.offset = base_ + offset;
            result.fields = read_all(tokens.enter());
        } else {
            result.offset = base_ + offset;
            result.octets = tokens.raw();
            place_ = std::max(place_, offset + result.octets.size());
        }
        return result;
    }

    // An item token has an id in the place of its offset. The item begins where its word stands, which is the first such
    // word behind the token before; or at what stands before the word and belongs to it, like the number of a message.
    void read_item(node& result, std::uint32_t id, const mailwire::cursor& inside) {
        result.word = word_of_(id);
        std::size_t begin = unit_.size();
        if (!result.word.empty()) {
            begin = find_word(result.word);
            place_ = std::min(unit_.size(), begin + result.word.size());
        }
        if (inside.more() && !inside.at_item()) begin = std::min<std::size_t>(begin, inside.position()->offset);
        result.offset = base_ + begin;
        result.fields = read_all(inside);
    }

    std::size_t find_word(std::string_view word) const {
        const auto same = [](char a, char b) { return mailwire::to_upper(a) == mailwire::to_upper(b); };
        const std::string_view rest = unit_.substr(std::min(place_, unit_.size()));
        const auto found = std::search(rest.begin(), rest.end(), word.begin(), word.end(), same);
        return static_cast<std::size_t>(found - rest.begin()) + (unit_.size() - rest.size());
    }

    std::string_view unit_;
    std::string_view (*word_of_)(std::uint32_t);
    std::size_t base_;
    std::size_t place_ = 0; // behind the last token that was read
};

} // namespace

std::vector<node> tree_of(std::string_view unit, mailwire::cursor tokens, std::string_view (*word_of)(std::uint32_t),
                          std::size_t base) {
    return builder(unit, word_of, base).read_all(tokens);
}

} // namespace inspect
