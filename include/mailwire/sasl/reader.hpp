// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/core/utf8.hpp"
#include "mailwire/sasl/fault.hpp"

namespace mailwire::sasl {

// The first octet from which on a text is no UTF-8, or its size.
inline std::size_t utf8_until(std::string_view text) {
    const char* end = text.data() + text.size();
    return text.size() - static_cast<std::size_t>(end - find_invalid_utf8(text.data(), end));
}

// A name or a password: no control characters (SASLprep prohibits them, RFC 4013 2.3). `start` is added to the offset.
inline finding check_controls(std::string_view text, std::size_t start = 0) {
    for (std::size_t i = 0; i != text.size(); ++i) {
        if (ctl(text[i])) return {fault::control_character, start + i};
    }
    return {};
}

// The same, and UTF-8. The fault is the one further to the left.
inline finding check_text(std::string_view text, std::size_t start = 0) {
    const std::size_t good = utf8_until(text);
    if (const finding found = check_controls(head_of(text, good), start)) return found;
    return good == text.size() ? finding{} : finding{fault::bad_encoding, start + good};
}

// Goes through a message from left to right. The first fault stays: afterwards nothing is taken any more, so that a
// sequence of calls needs one look at the end.
class reader {
public:
    explicit reader(std::string_view message) : text_(message) {}

    std::size_t offset() const { return at_; }
    std::string_view rest() const { return tail_of(text_, at_); }
    bool at_end() const { return at_ == text_.size(); }
    bool ok() const { return !found_; }
    const finding& found() const { return found_; }

    void fail(const finding& found) {
        if (ok()) found_ = found;
    }
    void fail(fault f) { fail({f, at_}); }

    // Whether this octet is next.
    bool sees(char c) const { return ok() && !at_end() && text_[at_] == c; }

    // Passes over the octet if it is next.
    bool take(char c) {
        if (!sees(c)) return false;
        ++at_;
        return true;
    }

    // The octet has to be next.
    bool expect(char c) {
        if (take(c)) return true;
        fail(fault::bad_syntax);
        return false;
    }

    // The word has to be next, in this case.
    void expect(std::string_view word) {
        for (const char c : word) {
            if (!expect(c)) return;
        }
    }

    // The word has to be next, in any case.
    void expect_in_any_case(std::string_view word) {
        for (const char c : word) {
            if (!ok() || at_end() || to_upper(text_[at_]) != to_upper(c)) return fail(fault::bad_syntax);
            ++at_;
        }
    }

    // As many octets of a class as there are, at least one.
    std::string_view some(const char_class& set) {
        const std::string_view taken = any(set);
        if (taken.empty()) fail(fault::bad_syntax);
        return taken;
    }

    // As many octets of a class as there are.
    std::string_view any(const char_class& set) {
        if (!ok()) return {};
        const std::size_t start = at_;
        while (!at_end() && set(text_[at_]))
            ++at_;
        return head_of(tail_of(text_, start), at_ - start);
    }

    void expect_end() {
        if (!at_end()) fail(fault::bad_syntax);
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    finding found_;
};

} // namespace mailwire::sasl
