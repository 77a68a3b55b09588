// SPDX-License-Identifier: BSL-1.0
// ENVELOPE and BODYSTRUCTURE, RFC 9051 section 9 (envelope, body).

#pragma once

#include "data_set.hpp"
#include "random.hpp"
#include "text.hpp"
#include "words.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace mailwire::bench {

// Appends envelopes and body structures to the octets of a set, and counts the literals it makes there.
class envelope_writer {
public:
    envelope_writer(data_set& set, random_source& random) noexcept : set_(set), out_(set.octets), random_(random) {}

    void envelope() {
        put(out_) << '(' << quoted_text(header_date(random_)) << ' ';
        subject();
        const std::string from = '(' + address() + ')';
        put(out_) << ' ' << from << ' ' << (random_.chance(90) ? from : '(' + address() + ')') << ' '
                  << (random_.chance(80) ? from : '(' + address() + ')') << ' ';
        addresses(random_.doubling_between(1, 4));
        put(out_) << ' ';
        addresses(random_.chance(82) ? 0 : random_.doubling_between(1, 12));
        put(out_) << " NIL " << (random_.chance(55) ? "NIL" : quoted_text(message_id(random_))) << ' '
                  << quoted_text(message_id(random_)) << ')';
    }

    // A body structure with extension data. `level` is how many multiparts and messages are around it; there are never
    // more than deepest.
    void body(unsigned level = 0) {
        const std::uint32_t choice = random_.below(100);
        if (level == deepest || choice < 30) {
            text_part(random_.chance(80) ? "PLAIN" : "HTML");
        } else if (choice < 65) {
            alternative();
        } else if (choice < 89) {
            mixed(level);
        } else if (choice < 93) {
            forwarded(level);
        } else if (choice < 95) {
            report(level);
        } else {
            multipart("MIXED", [this, level] {
                body(level + 1);
                text_part("PLAIN");
            });
        }
    }

    static constexpr unsigned deepest = 4;

private:
    // Text as a literal. It may hold octets above 127.
    void literal(std::string_view text) {
        put(out_) << '{' << text.size() << "}\r\n" << text;
        ++set_.literals;
        set_.literal_octets += text.size();
    }

    void subject() {
        const std::uint32_t choice = random_.below(1000);
        if (choice < 5) {
            literal(random_.pick(words::eight_bit_texts));
        } else if (choice < 10) {
            literal(some_words(random_, 3, 8));
        } else if (choice < 600) {
            put(out_) << quoted_text(some_words(random_, 2, 9));
        } else if (choice < 700) {
            std::string text = "[";
            put(text) << some_words(random_, 1, 1) << "] \"" << some_words(random_, 1, 3) << "\" C:\\"
                      << some_words(random_, 1, 1);
            put(out_) << quoted_text(text);
        } else if (choice < 970) {
            put(out_) << quoted_text(random_.pick(words::encoded_words));
        } else {
            put(out_) << (random_.chance(50) ? "NIL" : "\"\"");
        }
    }

    std::string address() {
        const std::string_view given = random_.pick(words::given_names);
        const std::string_view family = random_.pick(words::family_names);
        const std::uint32_t choice = random_.below(100);
        std::string name;
        if (choice < 60) {
            put(name) << given << ' ' << family;
        } else if (choice < 70) {
            put(name) << family << ", " << given << " (" << random_.pick(words::plain) << ')';
        } else if (choice < 75) {
            put(name) << '"' << given << "\" " << family;
        } else if (choice < 83) {
            put(name) << random_.pick(words::encoded_words);
        }
        std::string out = "(";
        put(out) << (name.empty() ? "NIL" : quoted_text(name)) << " NIL \"" << given << '.' << family << "\" \""
                 << random_.pick(words::hosts) << "\")";
        return out;
    }

    // NIL for none. One list in a hundred is a group, which RFC 5322 brackets with two addresses that have no host.
    void addresses(std::uint32_t count) {
        if (count == 0) {
            put(out_) << "NIL";
            return;
        }
        const bool group = random_.below(100) == 0;
        put(out_) << (group ? "((NIL NIL \"committee\" NIL)" : "(");
        for (; count != 0; --count) {
            put(out_) << address();
        }
        put(out_) << (group ? "(NIL NIL NIL NIL))" : ")");
    }

    // body-ext-1part: MD5, disposition, language, location.
    void extension(std::string_view disposition = "NIL") {
        put(out_) << (random_.chance(4) ? " \"Q2hlY2sgSW50ZWdyaXR5IQ==\" " : " NIL ") << disposition << ' '
                  << (random_.chance(94)   ? "NIL"
                      : random_.chance(50) ? "\"en\""
                                           : "(\"de\" \"fr\")")
                  << (random_.chance(97) ? " NIL" : " \"http://example.org/part\"");
    }

    void text_part(std::string_view subtype) {
        const std::uint32_t size = random_.doubling_between(80, 60'000);
        put(out_) << "(\"TEXT\" \"" << subtype << "\" (\"CHARSET\" "
                  << (random_.chance(70) ? "\"utf-8\"" : "\"us-ascii\"")
                  << (random_.chance(8) ? " \"FORMAT\" \"flowed\"" : "") << ") NIL NIL "
                  << (random_.chance(50) ? "\"QUOTED-PRINTABLE\" " : "\"7BIT\" ") << size << ' ' << size / 64 + 1;
        extension();
        put(out_) << ')';
    }

    void file_part() {
        const words::file_type& type = random_.pick(words::file_types);
        std::string name =
            random_.chance(10) ? std::string(random_.pick(words::encoded_words)) : some_words(random_, 1, 3);
        put(name) << '.' << type.extension;
        const bool is_inline = type.type == "IMAGE" && random_.chance(50);
        put(out_) << "(\"" << type.type << "\" \"" << type.subtype << "\" (\"NAME\" " << quoted_text(name) << ") "
                  << (is_inline ? quoted_text(message_id(random_)) : "NIL") << ' '
                  << (random_.chance(90) ? "NIL" : quoted_text(name)) << " \"BASE64\" "
                  << random_.doubling_between(1'000, 6'000'000);
        std::string disposition = is_inline ? "(\"INLINE\" " : "(\"ATTACHMENT\" ";
        put(disposition) << "(\"FILENAME\" " << quoted_text(name) << "))";
        extension(disposition);
        put(out_) << ')';
    }

    template <typename Parts> void multipart(std::string_view subtype, Parts parts) {
        put(out_) << '(';
        parts();
        put(out_) << " \"" << subtype << "\" (\"BOUNDARY\" \"=_" << hexadecimal(random_.next()) << "\") NIL NIL NIL)";
    }

    void alternative() {
        multipart("ALTERNATIVE", [this] {
            text_part("PLAIN");
            text_part("HTML");
        });
    }

    void mixed(unsigned level) {
        multipart("MIXED", [this, level] {
            if (level + 1 < deepest && random_.chance(60)) {
                alternative();
            } else {
                text_part("PLAIN");
            }
            for (std::uint32_t files = random_.doubling_between(1, 5); files != 0; --files) {
                file_part();
            }
        });
    }

    // body-type-msg. It is one level itself.
    void message_part(unsigned level) {
        const std::uint32_t size = random_.doubling_between(900, 900'000);
        put(out_) << "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"8BIT\" " << size << ' ';
        envelope();
        put(out_) << ' ';
        body(level + 1);
        put(out_) << ' ' << size / 64 + 1;
        extension();
        put(out_) << ')';
    }

    // A multipart and the message in it are two levels.
    void forwarded(unsigned level) {
        if (level + 2 > deepest) {
            text_part("PLAIN");
            return;
        }
        multipart("MIXED", [this, level] {
            text_part("PLAIN");
            message_part(level + 1);
        });
    }

    void report(unsigned level) {
        if (level + 2 > deepest) {
            text_part("PLAIN");
            return;
        }
        multipart("REPORT", [this, level] {
            text_part("PLAIN");
            put(out_) << "(\"MESSAGE\" \"DELIVERY-STATUS\" NIL NIL NIL \"7BIT\" " << random_.between(200, 800);
            extension();
            put(out_) << ')';
            message_part(level + 1);
        });
    }

    data_set& set_;
    std::string& out_;
    random_source& random_;
};

} // namespace mailwire::bench
