// SPDX-License-Identifier: BSL-1.0
#include "inspect/pop3_context.hpp"

#include <array>
#include <string>

#include "mailwire/core/chars.hpp"
#include "mailwire/pop3/parse.hpp"

namespace inspect {
namespace {

namespace pop3 = mailwire::pop3;
using pop3::answer_form;

// The form of the answer to a keyword without its arguments.
std::optional<answer_form> form_of_keyword(std::string_view keyword) {
    return []<typename... Commands>(std::string_view wanted, tao::pegtl::type_list<Commands...>) {
        std::optional<answer_form> found;
        (void)((mailwire::equal_ignoring_case(wanted, Commands::word::text) &&
                (found = Commands{}.answer()).has_value()) ||
               ...);
        return found;
    }(keyword, mailwire::alternatives_of<pop3::slot::command, pop3::everything>{});
}

std::optional<answer_form> form_of_command(std::string_view words) {
    std::array<mailwire::token, pop3::tokens_of_a_line> tape;
    const std::string line = std::string(words) + "\r\n";
    const auto parsed = pop3::parse_command(line, tape, {.utf8 = true});
    std::optional<answer_form> found;
    if (parsed) {
        mailwire::visit<pop3::everything>(parsed.value, [&found](const auto& command) { found = command.answer(); });
    }
    return found ? found : form_of_keyword(words.substr(0, words.find(' ')));
}

} // namespace

std::optional<pop3_context> pop3_context_of(std::string_view words) {
    struct known {
        std::string_view name;
        pop3_context context;
    };
    constexpr std::array<known, 8> names{{{"", {false, answer_form::text}},
                                          {"single", {false, answer_form::text}},
                                          {"greeting", {true, answer_form::text}},
                                          {"(greeting)", {true, answer_form::text}},
                                          {"challenge", {false, answer_form::sasl}},
                                          {"auth", {false, answer_form::sasl}},
                                          {"list1", {false, answer_form::scan_listing}},
                                          {"uidl1", {false, answer_form::unique_id}}}};
    for (const known& one : names) {
        if (mailwire::equal_ignoring_case(words, one.name)) return one.context;
    }
    const auto form = form_of_command(words);
    if (!form) return std::nullopt;
    return pop3_context{false, *form};
}

} // namespace inspect
