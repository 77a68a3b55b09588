// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/tagged_ext.hpp"

namespace mailwire::imap {

class writer;

namespace grammar {

// Whatever stands between here and the CRLF that ends the unit, literals included: what an unknown response carries.
struct rest_of_unit {
    using rule_t = rest_of_unit;
    using subs_t = pegtl::type_list<>;

    template <apply_mode A, rewind_mode, template <typename...> class, template <typename...> class, typename In>
    static bool match(In& in) {
        if (in.size() < 2) return false;
        const char* begin = in.current();
        const char* end = in.end() - 2;
        if (in.prefix()) {
            in.stop_at_literal();
            return false;
        }
        if constexpr (A == apply_mode::action) {
            in.tape().push(token_kind::raw, in.offset_of(begin), static_cast<std::uint32_t>(end - begin));
        }
        in.advance_to(end);
        return true;
    }
};

namespace detail {

// A word nobody knows and whatever follows it in the unit. A word begins with a letter: "-1" is a number gone wrong.
struct unknown_data : seq<at<one_of<alpha>>, atom, sor<seq<sp, rest_of_unit>, absent_tok>> {};

// atom [SP 1*<any TEXT-CHAR except "]">], the last line of resp-text-code
struct unknown_code : seq<atom, sor<seq<sp, tok<token_kind::raw, run_of<text_char - octets("]")>>>, absent_tok>> {};

// The value of an item nobody knows: one string, atom, flag or list of them.
struct unknown_value : sor<string, literal8, seq<opt<ch<'\\'>>, run_of<astring_char>>,
                           nested<'(', seq<lp, opt<separated<unknown_value, sp>>, rp>>> {
    using island = void;
};
struct unknown_item : seq<atom, sp, tok<token_kind::raw, unknown_value>> {};

} // namespace detail
} // namespace grammar

// The productions of RFC 9051 9 that RFCs extend with "=/" lines. `other` is what an unknown word looks like.
namespace slot {

// command-any, command-auth, command-nonauth, command-select. A unit whose command is unknown is refused by name, so
// its arguments are not judged. "UID" is no command: it belongs to the words of those that exist in two forms.
struct command {
    using writer = imap::writer;
    using other = grammar::seq<not_at<grammar::keyword<"UID">>, grammar::detail::unknown_data>;
};

// response-data without the status responses and without those that begin with a number.
struct response_data {
    using writer = imap::writer;
    using other = grammar::detail::unknown_data;
};

// The part of mailbox-data that begins with a number: number SP "EXISTS" / number SP "RECENT"
struct counted_data {
    using writer = imap::writer;
    using lead = grammar::seq<grammar::number, grammar::sp>;
    using other = void; // message_data takes a word that neither knows
};

// message-data = nz-number SP ("EXPUNGE" / ("FETCH" SP msg-att))
struct message_data {
    using writer = imap::writer;
    using lead = grammar::seq<grammar::nz_number, grammar::sp>;
    using other = grammar::seq<no_word_of<counted_data>, grammar::detail::unknown_data>;
};

// msg-att-dynamic, msg-att-static. An unknown item is followed by exactly one value: with an optional value the next
// word could not be told from it.
struct msg_att {
    using writer = imap::writer;
    using other = grammar::detail::unknown_item;
};

// fetch-att. The macros ALL, FULL and FAST are no items: they stand alone.
struct fetch_att {
    using writer = imap::writer;
    using other = void;
};

// resp-text-code; the last line of the production is the unknown code: atom [SP 1*<any TEXT-CHAR except "]">]
struct resp_text_code {
    using writer = imap::writer;
    using other = grammar::detail::unknown_code;
};

// search-key, where it begins with a word
struct search_key {
    using writer = imap::writer;
    using other = void;
};

// status-att
struct status_att {
    using writer = imap::writer;
    using other = void;
};

// status-att-val; extensions have the generic form of tagged-ext
struct status_att_val {
    using writer = imap::writer;
    using other = grammar::unknown_status;
};

// list-select-opt: list-select-base-opt, list-select-independent-opt, list-select-mod-opt
struct list_select_opt {
    using writer = imap::writer;
    using other = grammar::option_extension;
};

// return-option, which is list-return-opt
struct return_option {
    using writer = imap::writer;
    using other = grammar::option_extension;
};

// mbox-list-extended-item. Its tag may stand between quotes.
struct mbox_list_extended_item {
    using writer = imap::writer;
    using maybe_quoted = void;
    using other = grammar::unknown_extended_item;
};

// search-return-opt
struct search_return_opt {
    using writer = imap::writer;
    using other = grammar::search_ret_opt_ext;
};

// search-return-data
struct search_return_data {
    using writer = imap::writer;
    using other = grammar::search_ret_data_ext;
};

// select-param of RFC 4466
struct select_param {
    using writer = imap::writer;
    using other = grammar::tagged_param;
};

// fetch-modifier of RFC 4466
struct fetch_modifier {
    using writer = imap::writer;
    using other = grammar::tagged_param;
};

// store-modifier of RFC 4466
struct store_modifier {
    using writer = imap::writer;
    using other = grammar::tagged_param;
};

} // namespace slot
} // namespace mailwire::imap
