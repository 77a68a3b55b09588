// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/slots.hpp"
#include "mailwire/imap/grammar/strings.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/writer.hpp"

// RFC 4978: what follows is compressed. The sessions say when; the program lays deflate between them and the connection.
namespace mailwire::imap {

namespace grammar {

// algorithm = "DEFLATE"
struct algorithm : tok<token_kind::raw, kw<"DEFLATE">> {};

// compress = "COMPRESS" SP algorithm
// PEG: the slot takes the word.
struct compress : seq<sp, algorithm> {
    static constexpr std::string_view rfc = "RFC 4978 3";
};

} // namespace grammar

// compress = "COMPRESS" SP algorithm. There is one algorithm: raw deflate (RFC 1951), without a header of zlib.
struct compress {
    using word = mailwire::word<slot::command, "COMPRESS">;
    using tail = grammar::compress;
    static constexpr std::string_view rfc = "RFC 4978 3";
    static constexpr legal_in legal = legal_in::authenticated;
    static constexpr command_effect effect = command_effect::compresses;

    static compress read(cursor& c) {
        c.skip();
        return {};
    }
    void write(auto& out) const { out.raw(" DEFLATE"); }
    friend bool operator==(const compress&, const compress&) = default;
};

// resp-text-code =/ "COMPRESSIONACTIVE": another layer compresses already
using code_compressionactive = bare_word<slot::resp_text_code, "COMPRESSIONACTIVE">;

struct compress_extension : extension<compress, code_compressionactive> {
    static constexpr std::string_view capability = "COMPRESS=DEFLATE";
};

} // namespace mailwire::imap
