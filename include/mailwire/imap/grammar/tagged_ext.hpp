// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/imap/grammar/sets.hpp"

// RFC 9051 9 and RFC 4466: the form that options, parameters and results nobody knows yet will have. A name is one
// token, a value another one, whose text is judged here and read where it is wanted.
namespace mailwire::imap::grammar {

// tagged-ext-label  = tagged-label-fchar *tagged-label-char
// tagged-label-char = tagged-label-fchar / DIGIT / ":"
inline constexpr char_class tagged_label_fchar = alpha | octets("-_.");
inline constexpr char_class tagged_label_char = tagged_label_fchar | digit | octets(":");
struct tagged_ext_label : tok<token_kind::atom, seq<one_of<tagged_label_fchar>, run_of<tagged_label_char, 0>>> {};

// tagged-ext-comp = astring / tagged-ext-comp *(SP tagged-ext-comp) / "(" tagged-ext-comp ")"
// PEG: written without the left recursion.
struct tagged_ext_comp;
namespace detail {
struct tagged_ext_item : sor<astring, nested<'(', seq<lp, tagged_ext_comp, rp>>> {
    using island = void;
};
} // namespace detail
struct tagged_ext_comp : separated<detail::tagged_ext_item, sp> {};

// tagged-ext-simple = sequence-set / number / number64
// PEG: a number64 that is no sequence-set is longer than one, so the numbers are asked first.
struct tagged_ext_simple : sor<seq<number_up_to<9223372036854775807U>, not_at<one_of<octets(":,*")>>>, sequence_set> {};

// tagged-ext-val = tagged-ext-simple / "(" [tagged-ext-comp] ")"
struct tagged_ext_val : sor<tagged_ext_simple, seq<lp, opt<tagged_ext_comp>, rp>> {};

namespace detail {

// A value as one token.
struct tagged_ext_text : tok<token_kind::raw, tagged_ext_val> {
    using island = void;
};

// select-param   = select-param-name [SP select-param-value]
// fetch-modifier = fetch-modifier-name [SP fetch-modif-params]
// store-modifier = store-modifier-name [SP store-modif-params]
// RFC 4466: each name is a tagged-ext-label, each value a tagged-ext-val. A value begins with what no name begins with.
struct tagged_param : seq<tagged_ext_label, maybe<seq<sp, tagged_ext_text>>> {};

} // namespace detail

using detail::tagged_param;

// search-modifier-name = tagged-ext-label
struct search_modifier_name : detail::same_as<tagged_ext_label> {};

// search-mod-params = tagged-ext-val
struct search_mod_params : detail::same_as<detail::tagged_ext_text> {};

// search-ret-opt-ext = search-modifier-name [SP search-mod-params]
struct search_ret_opt_ext : seq<search_modifier_name, maybe<seq<sp, search_mod_params>>> {};

// search-return-value = tagged-ext-val
struct search_return_value : detail::same_as<detail::tagged_ext_text> {};

// search-ret-data-ext = search-modifier-name SP search-return-value
struct search_ret_data_ext : seq<search_modifier_name, sp, search_return_value> {};

// vendor-token   = "vendor." name-component
// name-component = 1*UTF8-CHAR ; not ".", "/", "%" or "*"
// PEG: of a name-component only what an atom can hold is taken, and no "-" but at its start: what follows one is the
// atom of the tag.
inline constexpr char_class name_component_char = atom_char - octets("./%*");
struct name_component : seq<one_of<name_component_char>, run_of<name_component_char - octets("-"), 0>> {};
struct vendor_token : seq<kw<"vendor.">, name_component> {};

// option-vendor-tag = vendor-token "-" atom
struct option_vendor_tag : tok<token_kind::atom, seq<vendor_token, ch<'-'>, run_of<atom_char>>> {};

// option-standard-tag = atom
struct option_standard_tag : detail::same_as<atom> {};

// option-val-comp = astring / option-val-comp *(SP option-val-comp) / "(" option-val-comp ")"
// PEG: the same as tagged-ext-comp, without the left recursion.
struct option_val_comp : detail::same_as<tagged_ext_comp> {};

// option-value = "(" option-val-comp ")"
struct option_value : tok<token_kind::raw, seq<lp, option_val_comp, rp>> {};

// option-extension = (option-standard-tag / option-vendor-tag) [SP option-value]
// PEG: every vendor tag is an atom, so it is asked first.
struct option_extension : seq<sor<option_vendor_tag, option_standard_tag>, maybe<seq<sp, option_value>>> {};

// eitem-standard-tag = atom
struct eitem_standard_tag : detail::same_as<atom> {};

// eitem-vendor-tag = vendor-token "-" atom
struct eitem_vendor_tag : detail::same_as<option_vendor_tag> {};

namespace detail {

// PEG: every vendor tag is an atom, so it is asked first.
struct eitem_tag : sor<eitem_vendor_tag, eitem_standard_tag> {};

} // namespace detail

// mbox-list-extended-item-tag = astring ; The content MUST conform to either "eitem-vendor-tag" or "eitem-standard-tag"
// PEG: a literal is not taken: no tag needs one.
struct mbox_list_extended_item_tag
    : when_next<'"', seq<ch<'"'>, tok<token_kind::quoted, detail::eitem_tag>, ch<'"'>>, detail::eitem_tag> {};

namespace detail {

// mbox-list-extended-item = mbox-list-extended-item-tag SP tagged-ext-val, where the tag is none of those known
struct unknown_extended_item : seq<mbox_list_extended_item_tag, sp, tagged_ext_text> {};

// A value of STATUS nobody knows: "Extensions should use the generic syntax defined by tagged-ext".
struct unknown_status : seq<atom, sp, tagged_ext_text> {};

} // namespace detail

using detail::unknown_extended_item;
using detail::unknown_status;

} // namespace mailwire::imap::grammar
