// SPDX-License-Identifier: BSL-1.0
#include "inspect/pop3.hpp"

#include <array>
#include <string>
#include <utility>

#include "inspect/tree.hpp"
#include "mailwire/core/control.hpp"
#include "mailwire/pop3/dots.hpp"
#include "mailwire/pop3/explain.hpp"
#include "mailwire/pop3/framer.hpp"
#include "mailwire/pop3/limits.hpp"

namespace inspect {
namespace {

namespace pop3 = mailwire::pop3;
namespace grammar = pop3::grammar;
using mailwire::errc;
using mailwire::error;
using mailwire::side;
using pop3::answer_form;

class reader {
public:
    reader(std::string_view rest, const pop3_options& options) : rest_(rest), options_(options) {}

    unit command() {
        result_.what = "command";
        const std::string_view line = take_line(pop3::longest_command);
        if (line.empty() || !parse<grammar::command>(line, result_.fields)) return finish();
        const node& item = result_.fields.at(0);
        result_.what = "command " + std::string(name_of(item));
        if (item.word.empty()) result_.judged = verdict::unknown;
        return finish();
    }

    unit sasl_line() {
        result_.what = "response";
        const std::string_view line = take_line(longest_sasl_line);
        if (!line.empty()) parse<grammar::client_response>(line, result_.fields);
        return finish();
    }

    unit greeting() {
        result_.what = "greeting";
        const std::string_view line = take_line(pop3::longest_response_line);
        if (!line.empty()) parse<grammar::greeting>(line, result_.fields);
        return finish();
    }

    unit answer(answer_form form) {
        result_.what = "answer";
        const bool exchange = form == answer_form::sasl;
        const std::string_view line = take_line(exchange ? longest_sasl_line : pop3::longest_response_line);
        if (exchange && line.starts_with('+') && !line.starts_with("+OK")) {
            result_.what = "challenge";
            parse<grammar::continue_req>(line, result_.fields);
            return finish();
        }
        if (line.empty() || !parse_first_line(line, form)) return finish();
        const std::string_view status = result_.fields.at(0).octets;
        result_.what = "answer " + std::string(status);
        if (status != "+OK" || !pop3::is_multi_line(form)) return finish();
        if (form == answer_form::body) {
            read_message();
        } else {
            read_lines(form);
        }
        return finish();
    }

private:
    static constexpr std::size_t longest_sasl_line = pop3::limits().sasl_line;

    unit finish() {
        result_.octets = rest_.substr(0, at_);
        if (result_.fault) result_.fields.clear();
        return std::move(result_);
    }

    // Notes why the unit is no sound one; the first reason counts.
    void refuse(error fault, std::size_t base) {
        if (result_.fault) return;
        fault.offset += base;
        result_.judged = fault.code == errc::truncated ? verdict::incomplete : verdict::reject;
        result_.fault = fault;
    }

    // The next line with its CRLF. Empty where there is none; the fault is noted, and what was in its place is passed.
    std::string_view take_line(std::size_t most) {
        pop3::line_scanner scanner(most);
        const std::size_t begin = at_;
        for (;;) {
            const pop3::framed_line found = scanner.scan(rest_.substr(at_));
            at_ += found.size;
            switch (found.kind) {
            case pop3::line_kind::line:
                return rest_.substr(begin, found.size);
            case pop3::line_kind::bad:
                refuse(found.fault, begin);
                break;
            case pop3::line_kind::rest:
                if (!scanner.refusing()) return {};
                break;
            case pop3::line_kind::more:
                at_ = rest_.size();
                refuse({errc::truncated, at_, 0, 0}, 0);
                return {};
            }
        }
    }

    // What LANG is answered with is in UTF-8, whatever was agreed on (RFC 6856 3.2).
    bool speaks_utf8() const {
        const answer_form form = options_.context.form;
        const bool languages = form == answer_form::language || form == answer_form::languages;
        return options_.rules.utf8 || (options_.from == side::server && languages);
    }

    template <typename Rule>
    std::string explained(std::string_view line, const mailwire::dialect& rules, std::size_t base) const {
        pop3::parse_options options = options_.rules;
        options.utf8 = rules.utf8;
        auto why = pop3::detail::explain_line<Rule, pop3::everything>(line, rules.from, options, "RFC 1939 3");
        why.error.offset += base;
        return sentence_of(why);
    }

    // Appends what the rule records of the line.
    template <typename Rule> bool parse(std::string_view line, std::vector<node>& fields) {
        std::array<mailwire::token, pop3::tokens_of_a_line> tape;
        mailwire::dialect rules;
        rules.from = options_.from;
        rules.utf8 = speaks_utf8();
        rules.quirks = options_.rules.quirks;
        mailwire::input_for<pop3::everything, pop3::response_input> in(line, tape, rules);
        in.codes = options_.rules.codes;
        const auto base = static_cast<std::size_t>(line.data() - rest_.data());
        if (!mailwire::run<Rule>(in)) {
            const bool first = !result_.fault;
            refuse(in.fault(), base);
            if (first) result_.why = explained<Rule>(line, rules, base);
            return false;
        }
        const mailwire::cursor tokens(line, in.tape().tokens());
        for (node& field : tree_of(line, tokens, word_of<pop3::everything>, base))
            fields.push_back(std::move(field));
        return true;
    }

    bool parse_first_line(std::string_view line, answer_form form) {
        switch (form) {
        case answer_form::drop_listing:
            return parse<grammar::data_line<grammar::drop_listing>>(line, result_.fields);
        case answer_form::scan_listing:
            return parse<grammar::data_line<grammar::scan_listing>>(line, result_.fields);
        case answer_form::unique_id:
            return parse<grammar::data_line<grammar::unique_id_answer>>(line, result_.fields);
        case answer_form::language:
            return parse<grammar::data_line<grammar::language>>(line, result_.fields);
        case answer_form::text:
        case answer_form::sasl:
        case answer_form::languages:
        case answer_form::mechanisms:
        case answer_form::scan_listings:
        case answer_form::unique_ids:
        case answer_form::capabilities:
        case answer_form::body:
            break;
        }
        return parse<grammar::single_line>(line, result_.fields);
    }

    bool parse_listed(std::string_view line, answer_form form, std::vector<node>& fields) {
        switch (form) {
        case answer_form::scan_listings:
            return parse<grammar::scan_listing_line>(line, fields);
        case answer_form::unique_ids:
            return parse<grammar::unique_id_line>(line, fields);
        case answer_form::languages:
            return parse<grammar::language_line>(line, fields);
        case answer_form::mechanisms:
            return parse<grammar::mechanism_line>(line, fields);
        default:
            return parse<grammar::capability>(line, fields);
        }
    }

    // All lines up to the one with the dot, also behind a bad one.
    void read_lines(answer_form form) {
        while (at_ != rest_.size()) {
            const std::string_view line = take_line(pop3::longest_response_line);
            if (line == ".\r\n") return add_end();
            if (line.empty()) continue;
            node read;
            read.kind = "line";
            read.offset = static_cast<std::size_t>(line.data() - rest_.data());
            if (parse_listed(line, form, read.fields)) result_.fields.push_back(std::move(read));
        }
        refuse({errc::truncated, at_, 0, 0}, 0);
    }

    void read_message() {
        pop3::dot_unstuffer dots;
        const std::size_t begin = at_;
        std::size_t octets = 0;
        for (bool ended = false; !ended;) {
            const pop3::unstuffed piece = dots.next(rest_.substr(at_));
            if (dots.bare_line_feed()) refuse({errc::bare_line_feed, first_bare_line_feed(begin), 0, 0}, 0);
            octets += piece.piece.size();
            at_ += piece.used;
            ended = piece.ended;
            if (!ended && at_ == rest_.size()) return refuse({errc::truncated, at_, 0, 0}, 0);
        }
        node read;
        read.kind = "message";
        read.offset = begin;
        read.octets = rest_.substr(begin, at_ - 3 - begin);
        result_.fields.push_back(std::move(read));
        result_.note = "a message of " + std::to_string(octets) + " octets";
        add_end();
    }

    // Requires: there is one at or behind `begin`.
    std::size_t first_bare_line_feed(std::size_t begin) const {
        std::size_t feed = rest_.find('\n', begin);
        while (feed != begin && rest_[feed - 1] == '\r')
            feed = rest_.find('\n', feed + 1);
        return feed;
    }

    void add_end() {
        node end;
        end.kind = "end";
        end.offset = at_ - 3;
        end.octets = rest_.substr(at_ - 3, 3);
        result_.fields.push_back(std::move(end));
    }

    std::string_view rest_;
    const pop3_options& options_;
    unit result_;
    std::size_t at_ = 0; // octets that were taken
};

} // namespace

unit read_pop3_unit(std::string_view stream, std::size_t offset, const pop3_options& options) {
    reader from(stream.substr(offset), options);
    unit result = options.from == side::client ? (options.sasl_line ? from.sasl_line() : from.command())
                  : options.context.greeting   ? from.greeting()
                                               : from.answer(options.context.form);
    result.offset = offset;
    return result;
}

} // namespace inspect
