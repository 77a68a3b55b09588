// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <iosfwd>

#include "inspect/unit.hpp"

namespace inspect {

// A line for the unit, then one for each of its fields, indented by depth:
//
//   at 120, 14 octets: data EXISTS
//        122      2  item EXISTS
//        122      2    number "23"
//
// The columns are the offset in the stream and the offset in the unit. Under the line of a refused unit stand
// the octets around the fault, a caret under the first one that does not fit, and the sentence that explains it.
void print_tree(std::ostream& out, const unit& read);

// The unit as one line of JSON. Octets are escaped as in the tree, so that every octet can be told, but never cut.
//   unit    offset, size, verdict, what; error, where it was refused; note, where there is one; fields, where it was not
//   field   kind, offset, in_unit; fields or octets; of an item its word, null where it is unknown
//   error   code, offset, in_unit; of a limit actual and maximum
// `offset` counts from the start of the stream, `in_unit` from the start of the unit.
void print_json(std::ostream& out, const unit& read);

} // namespace inspect
