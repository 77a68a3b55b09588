// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tao/pegtl/apply_mode.hpp>
#include <tao/pegtl/internal/at.hpp>
#include <tao/pegtl/internal/not_at.hpp>
#include <tao/pegtl/internal/opt.hpp>
#include <tao/pegtl/internal/plus.hpp>
#include <tao/pegtl/internal/seq.hpp>
#include <tao/pegtl/internal/sor.hpp>
#include <tao/pegtl/internal/star.hpp>
#include <tao/pegtl/internal/success.hpp>
#include <tao/pegtl/nothing.hpp>
#include <tao/pegtl/rewind_mode.hpp>
#include <tao/pegtl/type_list.hpp>

// What the grammars are made of. PEGTL's header of all its rules brings strings and streams along, which cost a small
// translation unit a third of its time; so the combinators that are used here get their names once more.
namespace mailwire::pegtl {

using tao::pegtl::apply_mode;
using tao::pegtl::nothing;
using tao::pegtl::rewind_mode;
using tao::pegtl::type_list;

template <typename... Rules> struct seq : tao::pegtl::internal::seq<Rules...> {};
template <typename... Rules> struct sor : tao::pegtl::internal::sor<Rules...> {};
template <typename Rule, typename... Rules> struct star : tao::pegtl::internal::star<Rule, Rules...> {};
template <typename Rule, typename... Rules> struct plus : tao::pegtl::internal::plus<Rule, Rules...> {};
template <typename... Rules> struct opt : tao::pegtl::internal::opt<Rules...> {};
template <typename... Rules> struct at : tao::pegtl::internal::at<Rules...> {};
template <typename... Rules> struct not_at : tao::pegtl::internal::not_at<Rules...> {};
struct success : tao::pegtl::internal::success {};

} // namespace mailwire::pegtl
