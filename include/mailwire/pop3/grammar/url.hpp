// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/rules.hpp"
#include "mailwire/core/scan.hpp"

// RFC 2384 8: a mailbox as a URL. The parts of it that come from RFC 1738 5 stand before those that use them.
namespace mailwire::pop3::grammar::url {

using pegtl::plus;
using pegtl::seq;
using pegtl::sor;
using pegtl::star;

// RFC 1738 5:
//   unreserved = alpha / digit / safe / extra
//   safe       = "$" / "-" / "_" / "." / "+"
//   extra      = "!" / "*" / "'" / "(" / ")" / ","
inline constexpr char_class unreserved = alpha | digit | octets("$-_.+") | octets("!*'(),");

// escape = "%" hex hex
inline constexpr char_class hex = digit | octet_range('A', 'F') | octet_range('a', 'f');
struct escape : seq<ch<'%'>, exactly_of<hex, 2>> {};

// domainlabel = alphadigit / alphadigit *(alphadigit / "-") alphadigit
inline constexpr char_class alphadigit = alpha | digit;
struct domainlabel : seq<run_of<alphadigit>, star<run_of<octets("-")>, run_of<alphadigit>>> {};

// toplabel = alpha / alpha *(alphadigit / "-") alphadigit
struct toplabel : seq<mailwire::at<one_of<alpha>>, domainlabel> {};

// hostname = *(domainlabel ".") toplabel
struct hostname : seq<star<domainlabel, ch<'.'>>, toplabel> {};

// hostnumber = digits "." digits "." digits "." digits
struct digits : number_up_to<255> {};
struct hostnumber : seq<digits, ch<'.'>, digits, ch<'.'>, digits, ch<'.'>, digits> {};

// RFC 3986 3.2.2, which updates RFC 1738; an address is not judged further.
//   IP-literal = "[" 1*(HEXDIG / ":" / ".") "]"
struct ip_literal : seq<ch<'['>, run_of<hex | octets(":.")>, ch<']'>> {};

// host = hostname / hostnumber
struct host : sor<hostname, hostnumber, ip_literal> {};

// port = digits ; of RFC 1738. There is no port 0.
struct port : number_up_to<65535, octet_range('1', '9')> {};

// hostport = host [":" port]
struct hostport : seq<tok<token_kind::raw, host>,
                      sor<seq<ch<':'>, run_of<octets("0"), 0>, tok<token_kind::number, port>>, absent_tok>> {};

// achar = uchar / "&" / "=" / "~"
// uchar = unreserved / escape
inline constexpr char_class plain_achar = unreserved | octets("&=~");
struct achars : plus<sor<run_of<plain_achar>, escape>> {};

// enc-user = 1*achar
struct enc_user : achars {};

// enc-sasl = 1*achar
struct enc_sasl : achars {};

// enc-ext = "+" ("APOP" / 1*achar)
struct enc_ext : seq<ch<'+'>, achars> {};

// enc-auth-type = enc-sasl / enc-ext
// PEG: what begins with "+" would be taken for the former, of which it is a part.
struct enc_auth_type : sor<enc_ext, enc_sasl> {};

// auth = ";AUTH=" ("*" / enc-auth-type)
// "*" is an achar.
struct auth : seq<kw<";AUTH=">, tok<token_kind::raw, enc_auth_type>> {};

// user-auth = enc-user [auth]
struct user_auth : seq<tok<token_kind::raw, enc_user>, maybe<auth>> {};

// server = [user-auth "@"] hostport
struct server : seq<sor<seq<user_auth, ch<'@'>>, seq<absent_tok, absent_tok>>, hostport> {};

// pop-url = "pop://" server
struct pop_url : seq<kw<"pop://">, server> {};

} // namespace mailwire::pop3::grammar::url
