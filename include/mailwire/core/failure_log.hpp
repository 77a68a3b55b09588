// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/explanation.hpp"

// What an explaining run remembers: the named rules it is in, and what failed at the furthest octet.
namespace mailwire::detail {

class failure_log;

// A rule that is being matched and has a name.
class rule_frame {
public:
    struct names {
        std::string_view rule;     // what is said to be in: "UID of msg-att"
        std::string_view expected; // what is said to be missing where it would begin; empty: what it begins with
        std::string_view rfc;      // empty: that of the rule around it
    };
    static constexpr std::int64_t before_all = -1;

    rule_frame(failure_log& log, const names& n, std::int64_t begin);
    rule_frame(const rule_frame&) = delete;
    rule_frame& operator=(const rule_frame&) = delete;
    ~rule_frame();

private:
    friend class failure_log;

    failure_log& log_;
    rule_frame* parent_;
    names names_;
    std::int64_t begin_;
    std::int64_t tail_ = before_all; // of an alternative: where what follows its word begins
    std::uint32_t depth_;
};

// What is known of the failures at the furthest octet so far.
class failure_log {
public:
    // Where a rule that begins at `at` is said to begin: the rule of a tail begins with the word before it.
    std::int64_t begin_of(std::int64_t at) const { return top_ != nullptr && top_->tail_ == at ? top_->begin_ : at; }
    void tail_begins(std::int64_t at) {
        if (top_ != nullptr) top_->tail_ = at;
    }

    void look_ahead() { ++looking_ahead_; }
    void stop_looking() { --looking_ahead_; }

    // A terminal did not match. The outermost rule that begins at the same octet is what was expected, unless `alone`;
    // the terminal itself where there is none.
    void missed(std::string_view terminal, std::int64_t at, bool alone = false) {
        if (looking_ahead_ != 0 || !reaches(at)) return;
        const rule_frame* around = begun_before(at);
        std::string_view outermost;
        for (const rule_frame* inner = top_; inner != around; inner = inner->parent_) {
            if (!inner->names_.expected.empty()) outermost = inner->names_.expected;
        }
        expected_.add(alone || outermost.empty() ? terminal : outermost);
        failed_in(around);
    }

    // Something stands where it must not: behind a word, which then is no whole one; or something that a rule refuses
    // beforehand, however far it goes.
    void missed_end(std::int64_t at) {
        if (looking_ahead_ == 0 && word_end_.empty()) refused_ = rule_of(top_);
        missed(word_end_, at, !word_end_.empty());
    }
    void word_begins(std::string_view end) { word_end_ = end; }

    // A terminal had begun to match, and found something that it cannot hold.
    void wrong(std::string_view what, std::int64_t at) {
        if (looking_ahead_ != 0 || !reaches(at)) return;
        if (wrong_.empty()) wrong_ = what;
        failed_in(begun_before(at));
    }

    // A fault with a name of its own. The furthest one counts, and of two at one octet the first.
    void named(std::int64_t at) {
        if (at <= named_at_) return;
        named_at_ = at;
        named_rule_ = rule_of(begun_before(at));
    }

    explanation explain(const error& fault, std::string_view default_rfc) const {
        explanation result{.error = fault};
        const auto at = static_cast<std::int64_t>(fault.offset);
        if (fault.code != errc::syntax) {
            if (at == named_at_) set_rule(result, named_rule_);
        } else if (at == at_) {
            set_rule(result, rule_);
            result.wrong = wrong_;
            result.expected = expected_;
        } else if (!refused_.rule.empty()) {
            set_rule(result, refused_);
            result.wrong = "a combination that is not allowed";
        }
        if (result.rfc.empty()) result.rfc = default_rfc;
        return result;
    }

private:
    friend class rule_frame;

    struct place {
        std::string_view rule;
        std::string_view rfc;
    };

    static void set_rule(explanation& result, const place& p) {
        result.rule = p.rule;
        result.rfc = p.rfc;
    }

    static place rule_of(const rule_frame* frame) {
        place result;
        if (frame != nullptr) result.rule = frame->names_.rule;
        for (; frame != nullptr && result.rfc.empty(); frame = frame->parent_)
            result.rfc = frame->names_.rfc;
        return result;
    }

    // The innermost rule that was begun before an octet.
    const rule_frame* begun_before(std::int64_t at) const {
        const rule_frame* frame = top_;
        while (frame != nullptr && (frame->begin_ >= at || frame->names_.rule.empty()))
            frame = frame->parent_;
        return frame;
    }

    // Whether a failure counts. One that is further on makes all before it forgotten.
    bool reaches(std::int64_t at) {
        if (at < at_) return false;
        if (at > at_) {
            at_ = at;
            expected_ = {};
            wrong_ = {};
            first_ = true;
        }
        return true;
    }

    // Keeps the innermost rule that all failures at the furthest octet have in common. The rule of the first of them
    // may have ended since: then the one around it is where others can still be.
    void failed_in(const rule_frame* around) {
        if (first_) {
            first_ = false;
            common_ = around;
            rule_ = rule_of(around);
            return;
        }
        const bool further_out = depth_of(around) < depth_of(common_);
        if (further_out) common_ = around;
        if (further_out || common_ended_) rule_ = rule_of(common_);
        common_ended_ = false;
    }
    static std::uint32_t depth_of(const rule_frame* frame) { return frame == nullptr ? 0 : frame->depth_; }

    rule_frame* top_ = nullptr;
    const rule_frame* common_ = nullptr;
    place rule_;
    place named_rule_;
    place refused_;
    expected_things expected_;
    std::string_view wrong_;
    std::string_view word_end_;
    std::int64_t at_ = -1;
    std::int64_t named_at_ = -1;
    std::uint32_t looking_ahead_ = 0;
    bool first_ = true;
    bool common_ended_ = false;
};

inline rule_frame::rule_frame(failure_log& log, const names& n, std::int64_t begin)
    : log_(log), parent_(log.top_), names_(n), begin_(begin), depth_(failure_log::depth_of(log.top_) + 1) {
    log.top_ = this;
}

inline rule_frame::~rule_frame() {
    log_.top_ = parent_;
    if (log_.common_ != this) return;
    log_.common_ = parent_;
    log_.common_ended_ = true;
}

} // namespace mailwire::detail
