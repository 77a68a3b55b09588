// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "mailwire/core/parts_of.hpp"
#include "mailwire/core/slot.hpp"
#include "mailwire/core/text.hpp"
#include "mailwire/imap/grammar/delimiter.hpp"
#include "mailwire/imap/grammar/flags.hpp"
#include "mailwire/imap/grammar/slots.hpp"
#include "mailwire/imap/grammar/status.hpp"

// RFC 9051 9 and RFC 5258 6: the LIST command and the LIST response.
namespace mailwire::imap::grammar {

// list-select-base-opt = "SUBSCRIBED" / option-extension
// PEG: of an option-extension its name alone; the one place this stands in has no values.
struct list_select_base_opt : sor<keyword<"SUBSCRIBED">, option_vendor_tag, option_standard_tag> {};

// list-select-base-opt-quoted = DQUOTE list-select-base-opt DQUOTE
struct list_select_base_opt_quoted : seq<ch<'"'>, tok<token_kind::quoted, list_select_base_opt>, ch<'"'>> {};

// childinfo-extended-item = "CHILDINFO" SP "(" list-select-base-opt-quoted *(SP list-select-base-opt-quoted) ")"
// PEG: the slot takes the word.
struct childinfo_extended_item : seq<sp, list_tok<seq<lp, separated<list_select_base_opt_quoted, sp>, rp>>> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.6";
};

// child-mbox-flag = "\HasChildren" / "\HasNoChildren"
struct child_mbox_flag : seq<ch<'\\'>, sor<keyword<"HasChildren">, keyword<"HasNoChildren">>> {};

// list-select-independent-opt = "REMOTE" / option-extension
// RFC 6154 6: list-select-independent-opt =/ "SPECIAL-USE"
// PEG: the options that are known not to be base options; any other may be one.
struct list_select_independent_opt : sor<keyword<"REMOTE">, keyword<"SPECIAL-USE">> {};

// list-select-mod-opt = "RECURSIVEMATCH" / option-extension
struct list_select_mod_opt : keyword<"RECURSIVEMATCH"> {};

// list-select-opt = list-select-base-opt / list-select-independent-opt / list-select-mod-opt
struct list_select_opt : slot_rule<slot::list_select_opt> {};

namespace detail {

// Options of which one modifies base options, and none is a base option.
struct modified_without_base : seq<lp, star<list_select_independent_opt, sp>, list_select_mod_opt,
                                   star<sp, sor<list_select_independent_opt, list_select_mod_opt>>, rp> {};

} // namespace detail

// list-select-opts = "(" [(*(list-select-opt SP) list-select-base-opt *(SP list-select-opt)) /
//                    (list-select-independent-opt *(SP list-select-independent-opt))] ")"
// PEG: what the two forms leave out is refused beforehand.
struct list_select_opts
    : seq<not_at<detail::modified_without_base>, list_tok<seq<lp, opt<separated<list_select_opt, sp>>, rp>>> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.1";
};

// return-option = "SUBSCRIBED" / "CHILDREN" / status-option / option-extension
struct return_option : slot_rule<slot::return_option> {};

// list-return-opt = return-option
struct list_return_opt : detail::same_as<return_option> {};

// list-return-opts = "RETURN" SP "(" [list-return-opt *(SP list-return-opt)] ")"
struct list_return_opts : seq<keyword<"RETURN">, sp, list_tok<seq<lp, opt<separated<list_return_opt, sp>>, rp>>> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.2";
};

// patterns = "(" list-mailbox *(SP list-mailbox) ")" ; RFC 5258 6, RFC 9051 has one list-mailbox here
struct patterns : list_tok<seq<lp, separated<list_mailbox, sp>, rp>> {};

// mbox-or-pat = list-mailbox / patterns
struct mbox_or_pat : sor<list_mailbox, patterns> {};

// list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]
// PEG: the slot takes the word. A mailbox begins with no parenthesis.
struct list : seq<maybe<seq<sp, list_select_opts>>, sp, mailbox, sp, mbox_or_pat, maybe<seq<sp, list_return_opts>>> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.9";
};

// oldname-extended-item = "OLDNAME" SP "(" mailbox ")"
// PEG: the slot takes the word.
struct oldname_extended_item : seq<sp, lp, mailbox, rp> {
    static constexpr std::string_view rfc = "RFC 9051 6.3.9.7";
};

// mbox-list-extended-item = mbox-list-extended-item-tag SP tagged-ext-val
struct mbox_list_extended_item : slot_rule<slot::mbox_list_extended_item> {};

// mbox-list-extended = "(" [mbox-list-extended-item *(SP mbox-list-extended-item)] ")"
struct mbox_list_extended : list_tok<seq<lp, opt<separated<mbox_list_extended_item, sp>>, rp>> {};

// mbx-list-sflag = "\NonExistent" / "\Noselect" / "\Marked" / "\Unmarked"
struct mbx_list_sflag
    : tok<token_kind::atom,
          seq<ch<'\\'>, sor<keyword<"NonExistent">, keyword<"Noselect">, keyword<"Marked">, keyword<"Unmarked">>>> {};

// mbx-list-oflag = "\Noinferiors" / child-mbox-flag / "\Subscribed" / "\Remote" / flag-extension
// PEG: those that are spelled out, but for child-mbox-flag, have the form of a flag-extension.
struct mbx_list_oflag : tok<token_kind::atom, seq<not_at<mbx_list_sflag>, sor<child_mbox_flag, flag_extension>>> {};

namespace detail {

// The attributes of a mailbox, as they come in: which of them excludes one before it?
class attributes_so_far {
public:
    // Adds one; false where it was there already, or is the second of child-mbox-flag or of mbx-list-sflag. Each is
    // compared with the first 64: there are not half as many, and a list without end is not to cost more than its length.
    bool add(const mailwire::text& one) {
        for (std::size_t i = 0; i != count_; ++i) {
            if (one.equal_ignoring_case(seen_[i])) return false;
        }
        if (count_ != seen_.size()) seen_[count_++] = one;
        return first_of(one, {"\\HasChildren", "\\HasNoChildren"}, has_child_flag_) &&
               first_of(one, {"\\NonExistent", "\\Noselect", "\\Marked", "\\Unmarked"}, has_sflag_);
    }

private:
    static bool first_of(const mailwire::text& one, std::initializer_list<std::string_view> group, bool& has) {
        for (const std::string_view name : group) {
            if (one.equal_ignoring_case(name)) return !std::exchange(has, true);
        }
        return true;
    }

    std::array<mailwire::text, 64> seen_;
    std::size_t count_ = 0;
    bool has_child_flag_ = false;
    bool has_sflag_ = false;
};

// The same of attributes on the wire, one space between each two.
inline bool are_consistent(std::string_view attributes) {
    attributes_so_far before;
    while (!attributes.empty()) {
        const std::string_view one = head_of(attributes, attributes.find(' '));
        if (!before.add(one)) return false;
        attributes.remove_prefix(std::min(one.size() + 1, attributes.size()));
    }
    return true;
}

// R, which matches attributes, where none of them excludes another.
template <typename R> struct consistent {
    using rule_t = consistent;
    using subs_t = pegtl::type_list<R>;

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) {
        const char* begin = in.current();
        if (!Control<R>::template match<A, M, Action, Control>(in)) return false;
        return are_consistent({begin, static_cast<std::size_t>(in.current() - begin)});
    }
};

} // namespace detail

// mbx-list-flags = *(mbx-list-oflag SP) mbx-list-sflag *(SP mbx-list-oflag) / mbx-list-oflag *(SP mbx-list-oflag)
//                ; each flag once, child-mbox-flag at most once
// Lenient: any attributes together (quirks::contradicting_attributes).
struct mbx_list_flags
    : sor<seq<detail::consistent<sor<seq<star<mbx_list_oflag, sp>, mbx_list_sflag, star<sp, mbx_list_oflag>>,
                                     separated<mbx_list_oflag, sp>>>,
              at<rp>>,
          quirk<quirks::contradicting_attributes, separated<tok<token_kind::atom, flag_extension>, sp>>> {
    static constexpr std::string_view rfc = "RFC 9051 7.3.1";
};

// mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox [SP mbox-list-extended]
struct mailbox_list : seq<list_tok<seq<lp, opt<mbx_list_flags>, rp>>, sp, detail::delimiter, sp, mailbox,
                          maybe<seq<sp, mbox_list_extended>>> {
    using island = void;
    static constexpr std::string_view rfc = "RFC 9051 7.3.1";
};

} // namespace mailwire::imap::grammar
