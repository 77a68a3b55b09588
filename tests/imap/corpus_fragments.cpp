// SPDX-License-Identifier: BSL-1.0
// Judges parts of units, each by the rule that it is, and the lines of clients that are no commands.
#include "support/corpus.hpp"

#include "corpus_judge.hpp"
#include "not_covered.hpp"
#include "productions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <string>
#include <string_view>

namespace mailwire::test {
namespace {

namespace grammar = imap::grammar;

struct fragment_kind {
    std::string_view name;
    bool (*takes)(const std::string&, std::string_view, const dialect&);
};
template <typename Rule> constexpr fragment_kind as(std::string_view name) {
    return {name, &imap::productions::takes_whole<Rule>};
}

// A command without tag and CRLF.
std::string as_unit(const std::string& command) { return "a " + command + "\r\n"; }
bool is_command(const std::string& text, std::string_view, const dialect& rules) {
    return judge_unit(side::client, false, as_unit(text), rules).says == verdict::accept;
}

constexpr fragment_kind kinds[] = {
    as<grammar::astring>("swift:AString"),
    as<grammar::atom>("swift:Atom"),
    as<grammar::body_fld_dsp>("swift:BodyFieldDsp"),
    as<grammar::body_fld_param>("swift:BodyFieldParam"),
    as<grammar::body_fields>("swift:BodyFields"),
    as<grammar::charset>("swift:Charset"),
    {"swift:Command", &is_command},
    as<grammar::lsub>("swift:CommandSuffix_LSUB"),
    as<grammar::authenticate>("swift:CommandSuffix_authenticate"),
    as<grammar::copy>("swift:CommandSuffix_copy"),
    as<grammar::delete_>("swift:CommandSuffix_delete"),
    as<grammar::enable>("swift:CommandSuffix_enable"),
    as<grammar::fetch>("swift:CommandSuffix_fetch"),
    as<grammar::list>("swift:CommandSuffix_list"),
    as<grammar::login>("swift:CommandSuffix_login"),
    as<grammar::move>("swift:CommandSuffix_move"),
    as<grammar::rename>("swift:CommandSuffix_rename"),
    as<grammar::search>("swift:CommandSuffix_search"),
    as<grammar::select>("swift:CommandSuffix_select"),
    as<grammar::status>("swift:CommandSuffix_status"),
    as<grammar::store>("swift:CommandSuffix_store"),
    as<grammar::subscribe>("swift:CommandSuffix_subscribe"),
    as<grammar::unsubscribe>("swift:CommandSuffix_unsubscribe"),
    as<grammar::continue_req>("swift:ContinuationRequest"),
    as<grammar::date>("swift:Date"),
    as<grammar::date_day>("swift:DateDay"),
    as<grammar::date_month>("swift:DateMonth"),
    as<grammar::date_text>("swift:DateText"),
    as<grammar::envelope>("swift:Envelope"),
    as<grammar::env_from>("swift:OptionalEnvelopeEmailAddresses"),
    as<grammar::esearch_response>("swift:ExtendedSearchResponse"),
    as<grammar::flag_fetch>("swift:Flag"),
    as<grammar::flag_extension>("swift:FlagExtension"),
    as<grammar::flag_list>("swift:FlagList"),
    as<grammar::header_list>("swift:HeaderList"),
    as<grammar::initial_resp>("swift:InitialResponse"),
    as<grammar::status_att_list>("swift:MailboxStatus"),
    as<slot_rule<imap::slot::msg_att>>("swift:MessageAttribute"),
    as<grammar::namespace_>("swift:Namespace"),
    as<grammar::namespace_descr>("swift:NamespaceDescription"),
    as<grammar::namespace_response>("swift:NamespaceResponse"),
    as<grammar::nil>("swift:Nil"),
    as<grammar::nstring>("swift:NString"),
    as<grammar::number>("swift:Number"),
    as<grammar::nz_number>("swift:NZNumber"),
    as<grammar::option_extension>("swift:OptionExtension"),
    as<grammar::option_value>("swift:OptionValue"),
    as<grammar::resp_text_code>("swift:ResponseTextCode"),
    as<grammar::search_correlator>("swift:SearchCorrelator"),
    as<grammar::search_program>("swift:SearchCriteria"),
    as<grammar::search_return_opt>("swift:SearchReturnOption"),
    as<grammar::search_return_opts>("swift:SearchReturnOptions"),
    as<grammar::search_ret_opt_ext>("swift:SearchReturnOptionExtension"),
    as<grammar::store_att_flags>("swift:StoreFlags"),
    as<grammar::tag>("swift:Tag"),
    as<grammar::tagged_ext_comp>("swift:TaggedExtensionComplex"),
    as<grammar::resp_cond_state>("swift:TaggedResponseState"),
    as<grammar::text>("swift:Text"),
    as<grammar::userid>("swift:UserId"),
    as<grammar::date_year>("swift:fourDigit"),
    as<grammar::authenticate_line>("sasl-response"),
    as<grammar::idle_done>("idle-done"),
};

// Where another verdict than the data's own is right, and the text that says so.
struct decision {
    std::string_view id;
    std::string_view why;
};
constexpr decision decisions[] = {
    {"v-swift-nio-imap-00388", "RFC 4466 2.1: a parameter of EXAMINE that nobody knows is a value without a meaning"},
    {"v-swift-nio-imap-00544", "RFC 9051 9: date-day is any one or two digits"},
    {"v-swift-nio-imap-00602", "RFC 9051 9: env-cc is NIL or has an address"},
    {"v-swift-nio-imap-00604", "RFC 9051 9: env-to has no space between two addresses"},
    {"v-swift-nio-imap-00611", "RFC 9051 9: env-from is NIL or has an address"},
    {"v-swift-nio-imap-00656", "RFC 9051 9: a flag-keyword is an atom, which has no \"]\""},
    {"v-swift-nio-imap-00663", "RFC 9051 9: a space stands between two flags of flag-list alone"},
    {"v-swift-nio-imap-00740", "RFC 7889, APPENDLIMIT, is not covered"},
    {"v-swift-nio-imap-00744", "RFC 9051 9, note 2: SP is exactly one space"},
    {"v-swift-nio-imap-00822", "RFC 9051 9: a day of one digit has a space before it in date-time"},
    {"v-swift-nio-imap-00832", "RFC 9051 9: body-type-1part has a subtype and body-fields"},
    {"v-swift-nio-imap-00996", "RFC 9051 9: continue-req has a space behind its \"+\""},
    {"v-swift-nio-imap-01251", "RFC 9051 9: resp-cond-state has a space behind its word, or ends the line"},
    {"v-swift-nio-imap-01305", "RFC 7377, MULTISEARCH, is not covered"},
    {"v-swift-nio-imap-01306", "RFC 7377, MULTISEARCH, is not covered"},
    {"v-swift-nio-imap-01352", "RFC 9394, PARTIAL, is not covered"},
};

TEST(corpus, fragments) {
    if (!corpus_available()) GTEST_SKIP() << "no corpus";
    tally counts;
    std::size_t judged = 0;
    for (const auto& unit : read_corpus_units()) {
        const auto* kind = std::find_if(std::begin(kinds), std::end(kinds),
                                        [&](const fragment_kind& k) { return k.name == unit.kind; });
        if (kind == std::end(kinds) || unit.class_ == "unspecified" || unit.class_ == "quirk") continue;
        // What may go on is a whole to a rule that knows no line end.
        if (unit.class_ == "prefix" && unit.side == "imap-fragment") continue;
        ++judged;
        const bool taken = kind->takes(unit.octets, "", {.from = side::client});
        if (kind->takes == &is_command && !extension_not_covered(as_unit(unit.octets)).empty()) {
            EXPECT_FALSE(taken) << unit.id;
            counts.add("not covered");
            continue;
        }
        const bool expected = unit.class_ == "valid";
        const auto* d = std::find_if(std::begin(decisions), std::end(decisions),
                                     [&](const decision& each) { return each.id == unit.id; });
        counts.add(unit.class_ + (d != std::end(decisions) ? ": decided otherwise" : taken ? ": taken" : ": refused"));
        EXPECT_NE(taken == expected, d != std::end(decisions))
            << unit.id << ' ' << unit.kind << ' ' << unit.class_ << ' ' << spelled(unit.octets);
    }
    counts.print("corpus fragments and lines");
    EXPECT_GT(judged, 400U);
}

} // namespace
} // namespace mailwire::test
