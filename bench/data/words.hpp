// SPDX-License-Identifier: BSL-1.0
// What the invented mail is made of.

#pragma once

#include <array>
#include <string_view>

namespace mailwire::bench::words {

using namespace std::string_view_literals;

inline constexpr std::array plain = {
    "a"sv,       "about"sv,    "after"sv,    "again"sv,   "agenda"sv,   "also"sv,   "an"sv,       "and"sv,
    "answer"sv,  "any"sv,      "are"sv,      "as"sv,      "at"sv,       "autumn"sv, "back"sv,     "basket"sv,
    "be"sv,      "because"sv,  "before"sv,   "bridge"sv,  "but"sv,      "by"sv,     "calendar"sv, "call"sv,
    "change"sv,  "coffee"sv,   "comments"sv, "copy"sv,    "customer"sv, "day"sv,    "delivery"sv, "desk"sv,
    "did"sv,     "draft"sv,    "early"sv,    "engine"sv,  "evening"sv,  "every"sv,  "figures"sv,  "first"sv,
    "for"sv,     "forecast"sv, "from"sv,     "garden"sv,  "good"sv,     "has"sv,    "have"sv,     "here"sv,
    "his"sv,     "hotel"sv,    "i"sv,        "if"sv,      "in"sv,       "index"sv,  "is"sv,       "it"sv,
    "kitchen"sv, "last"sv,     "letter"sv,   "list"sv,    "long"sv,     "lunch"sv,  "machine"sv,  "me"sv,
    "minutes"sv, "more"sv,     "morning"sv,  "my"sv,      "new"sv,      "next"sv,   "no"sv,       "not"sv,
    "notes"sv,   "number"sv,   "of"sv,       "offer"sv,   "office"sv,   "on"sv,     "one"sv,      "or"sv,
    "other"sv,   "our"sv,      "out"sv,      "page"sv,    "painting"sv, "please"sv, "printer"sv,  "question"sv,
    "quite"sv,   "rain"sv,     "reminder"sv, "reply"sv,   "river"sv,    "room"sv,   "same"sv,     "sent"sv,
    "she"sv,     "signed"sv,   "so"sv,       "spring"sv,  "station"sv,  "table"sv,  "talk"sv,     "thanks"sv,
    "that"sv,    "the"sv,      "their"sv,    "there"sv,   "they"sv,     "this"sv,   "three"sv,    "ticket"sv,
    "to"sv,      "tomorrow"sv, "train"sv,    "two"sv,     "until"sv,    "up"sv,     "version"sv,  "very"sv,
    "visit"sv,   "was"sv,      "we"sv,       "weather"sv, "week"sv,     "what"sv,   "when"sv,     "which"sv,
    "will"sv,    "window"sv,   "winter"sv,   "with"sv,    "workshop"sv, "would"sv,  "year"sv,     "you"sv};

inline constexpr std::array given_names = {"Ada"sv,   "Bela"sv,  "Camille"sv, "Daan"sv,  "Edda"sv,   "Fabio"sv,
                                           "Greta"sv, "Hanna"sv, "Iwan"sv,    "Jana"sv,  "Kofi"sv,   "Leonie"sv,
                                           "Milan"sv, "Nils"sv,  "Oona"sv,    "Paula"sv, "Rania"sv,  "Selma"sv,
                                           "Tomas"sv, "Ulla"sv,  "Viggo"sv,   "Wanda"sv, "Ximena"sv, "Yuki"sv};

inline constexpr std::array family_names = {
    "Abel"sv,   "Bakker"sv, "Castillo"sv, "Dahl"sv,      "Ekwueme"sv, "Fischer"sv, "Gruber"sv,   "Hansen"sv,
    "Imai"sv,   "Jensen"sv, "Kaya"sv,     "Lindqvist"sv, "Moreau"sv,  "Nagy"sv,    "Oliveira"sv, "Petrov"sv,
    "Quispe"sv, "Ricci"sv,  "Sato"sv,     "Toth"sv,      "Ueda"sv,    "Vogel"sv,   "Weaver"sv,   "Zimmermann"sv};

inline constexpr std::array hosts = {"example.com"sv,      "example.net"sv,          "example.org"sv,
                                     "post.example.com"sv, "lists.example.net"sv,    "mx.office.example.org"sv,
                                     "school.example"sv,   "xn--brse-5qa.example"sv, "dept.uni.example.edu"sv,
                                     "hub.example"sv};

inline constexpr std::array months = {"Jan"sv, "Feb"sv, "Mar"sv, "Apr"sv, "May"sv, "Jun"sv,
                                      "Jul"sv, "Aug"sv, "Sep"sv, "Oct"sv, "Nov"sv, "Dec"sv};

inline constexpr std::array weekdays = {"Mon"sv, "Tue"sv, "Wed"sv, "Thu"sv, "Fri"sv, "Sat"sv, "Sun"sv};

inline constexpr std::array zones = {"+0000"sv, "+0100"sv, "+0200"sv, "+0530"sv,
                                     "+0900"sv, "-0300"sv, "-0500"sv, "-0800"sv};

inline constexpr std::array keywords = {"$Forwarded"sv, "$MDNSent"sv, "$Junk"sv,     "$NotJunk"sv,    "$Phishing"sv,
                                        "todo"sv,       "private"sv,  "work-2024"sv, "receipt_kept"sv};

// RFC 2047 encoded-words.
inline constexpr std::array encoded_words = {"=?UTF-8?B?UsO8Y2tmcmFnZSB6dW0gQW5nZWJvdCB2b20gRnJlaXRhZw==?="sv,
                                             "=?UTF-8?B?Q29tcHRlIHJlbmR1IGRlIGxhIHPDqWFuY2U=?="sv,
                                             "=?utf-8?Q?Zaproszenie_na_=C5=9Bwi=C4=99ta?="sv,
                                             "=?UTF-8?B?5p2l6YCx44Gu5omT44Gh5ZCI44KP44Gb44Gr44Gk44GE44Gm?="sv,
                                             "=?utf-8?Q?P=C5=99ehled_=C3=BA=C4=8Dt=C5=AF?="sv,
                                             "=?UTF-8?B?7ZqM7J2YIOydvOyglSDrs4Dqsr0=?="sv};

// Texts in UTF-8 for literals; escaped in octal, because a digit may follow.
inline constexpr std::array eight_bit_texts = {
    "R\303\274ckfrage zum Angebot vom Freitag"sv, "Compte rendu de la s\303\251ance"sv,
    "Zaproszenie na \305\233wi\304\231ta"sv, "P\305\231ehled \303\272\304\215t\305\257"sv,
    "\355\232\214\354\235\230 \354\235\274\354\240\225 \353\263\200\352\262\275"sv};

// Mailbox names in modified UTF-7.
inline constexpr std::array mailbox_names = {"M&APw-ll"sv,      "Brouillons priv&AOk-s"sv, "Zdj&ARk-cia"sv,
                                             "&kAFP4W4IMH8-"sv, "&BBAEQARFBDgEMg-"sv,      "R&-D"sv,
                                             "&AQw-ek&AOE-"sv,  "Sparad f&APY-r senare"sv, "&vBvHQA- &uzjBHA-"sv};

struct file_type {
    std::string_view extension;
    std::string_view type;
    std::string_view subtype;
};

inline constexpr std::array file_types = {
    file_type{"pdf", "APPLICATION", "PDF"}, file_type{"odt", "APPLICATION", "VND.OASIS.OPENDOCUMENT.TEXT"},
    file_type{"zip", "APPLICATION", "ZIP"}, file_type{"png", "IMAGE", "PNG"},
    file_type{"jpg", "IMAGE", "JPEG"},      file_type{"ogg", "AUDIO", "OGG"}};

} // namespace mailwire::bench::words
