// SPDX-License-Identifier: BSL-1.0
// What the other files of this folder are compared with: the whole of PEGTL, and nothing done with it.
#include <tao/pegtl.hpp>
