// SPDX-License-Identifier: BSL-1.0
// The one translation unit that holds the grammars: without it the others of this program do not link.
#include <mailwire/src.hpp>
