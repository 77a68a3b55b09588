// SPDX-License-Identifier: BSL-1.0
// What IMAP clients send: commands that RFC 3501 and RFC 9051 share, and MOVE. Literals of up to 4096 octets are
// non-synchronizing in half of the cases (RFC 7888, LITERAL-); the lines with which a server answers the others are no
// part of the data.

#pragma once

#include "data_set.hpp"
#include "imap_responses.hpp"
#include "message.hpp"
#include "random.hpp"
#include "text.hpp"
#include "words.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailwire::bench {

class command_writer {
public:
    command_writer(data_set& set, random_source& random) noexcept : set_(set), out_(set.octets), random_(random) {}

    // Appends one command with its literals.
    void command() {
        put(out_) << (random_.chance(50) ? "A" : "mail.") << ++set_.units << ' ';
        const std::uint32_t choice = random_.below(100);
        if (choice < 32) {
            fetch();
        } else if (choice < 46) {
            store();
        } else if (choice < 62) {
            search();
        } else if (choice < 66) {
            append();
        } else if (choice < 86) {
            on_mailbox();
        } else if (choice < 90) {
            login();
        } else {
            put(out_) << random_.pick(words_alone);
        }
        put(out_) << "\r\n";
    }

private:
    static constexpr std::array<std::string_view, 7> words_alone = {
        "NOOP", "CAPABILITY", "CLOSE", "EXPUNGE", "LOGOUT", "LIST \"\" \"*\"", "LIST \"\" %"};

    void literal(std::string_view text) {
        put(out_) << '{' << text.size() << (text.size() <= 4096 && random_.chance(50) ? "+}\r\n" : "}\r\n") << text;
        ++set_.literals;
        set_.literal_octets += text.size();
    }

    void mailbox() {
        constexpr std::array<std::string_view, 5> names = {"INBOX", "Drafts", "\"Sent mail\"", "Lists/bridge", "Trash"};
        if (random_.chance(70)) {
            put(out_) << random_.pick(names);
        } else {
            put(out_) << quoted_text(random_.pick(words::mailbox_names));
        }
    }

    void fetch() {
        constexpr std::array<std::string_view, 8> items = {
            "(FLAGS)",
            "(UID FLAGS)",
            "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)",
            "BODY.PEEK[]",
            "(UID BODY.PEEK[HEADER.FIELDS (DATE FROM TO CC SUBJECT MESSAGE-ID REFERENCES)])",
            "(BODY.PEEK[1.MIME] BODY.PEEK[1]<0.32768>)",
            "(BODY[HEADER] BODY[TEXT])",
            "FAST"};
        put(out_) << (random_.chance(80) ? "UID FETCH " : "FETCH ") << number_set(random_, 12) << ' '
                  << random_.pick(items);
    }

    void store() {
        constexpr std::array<std::string_view, 4> items = {"+FLAGS", "-FLAGS", "FLAGS.SILENT", "+FLAGS.SILENT"};
        put(out_) << (random_.chance(80) ? "UID STORE " : "STORE ") << number_set(random_, 12) << ' '
                  << random_.pick(items) << " (" << message_flags(random_) << ')';
    }

    void search() {
        put(out_) << (random_.chance(60) ? "UID SEARCH " : "SEARCH ");
        if (random_.chance(8)) {
            put(out_) << "CHARSET UTF-8 SUBJECT ";
            literal(random_.pick(words::eight_bit_texts));
            return;
        }
        search_key();
        for (std::uint32_t more = random_.below(3); more != 0; --more) {
            put(out_) << ' ';
            search_key();
        }
    }

    // Keys in keys, three levels deep at most.
    void search_key(unsigned level = 0) {
        const std::uint32_t choice = random_.below(level < 3 ? 9 : 6);
        if (choice < 6) {
            simple_search_key(choice);
        } else if (choice == 6) {
            put(out_) << "NOT ";
            search_key(level + 1);
        } else if (choice == 7) {
            put(out_) << "OR ";
            two_search_keys(level + 1);
        } else {
            put(out_) << '(';
            two_search_keys(level + 1);
            put(out_) << ')';
        }
    }

    void simple_search_key(std::uint32_t choice) {
        constexpr std::array<std::string_view, 6> bare = {"ALL",       "UNSEEN", "FLAGGED",
                                                          "UNDELETED", "DRAFT",  "KEYWORD todo"};
        constexpr std::array<std::string_view, 4> dated = {"SINCE ", "BEFORE ", "ON ", "SENTSINCE "};
        constexpr std::array<std::string_view, 5> texts = {"FROM ", "TO ", "SUBJECT ", "BODY ", "TEXT "};
        if (choice == 0) {
            put(out_) << random_.pick(bare);
        } else if (choice == 1) {
            put(out_) << random_.pick(dated) << random_.between(1, 28) << '-' << random_.pick(words::months) << '-'
                      << random_.between(2000, 2030);
        } else if (choice == 2) {
            put(out_) << random_.pick(texts) << quoted_text(some_words(random_, 1, 3));
        } else if (choice == 3) {
            put(out_) << (random_.chance(50) ? "LARGER " : "SMALLER ") << random_.doubling_between(100, 9'000'000);
        } else if (choice == 4) {
            put(out_) << (random_.chance(50) ? "UID " : "") << number_set(random_, 5);
        } else {
            put(out_) << "HEADER Message-ID " << quoted_text(message_id(random_));
        }
    }

    void two_search_keys(unsigned level) {
        search_key(level);
        put(out_) << ' ';
        search_key(level);
    }

    void append() {
        put(out_) << "APPEND ";
        mailbox();
        if (random_.chance(70)) {
            put(out_) << " (" << message_flags(random_) << ')';
        }
        if (random_.chance(60)) {
            put(out_) << ' ' << date_time(random_);
        }
        put(out_) << ' ';
        literal(message(random_, random_.doubling_between(500, 10'000), dots::few));
    }

    void on_mailbox() {
        constexpr std::array<std::string_view, 6> verbs = {"SELECT ", "SELECT ", "EXAMINE ",
                                                           "CREATE ", "DELETE ", "RENAME "};
        const std::uint32_t choice = random_.below(100);
        if (choice < 30) {
            put(out_) << (random_.chance(50) ? "UID COPY " : "UID MOVE ") << number_set(random_, 12) << ' ';
            mailbox();
        } else if (choice < 55) {
            put(out_) << "STATUS ";
            mailbox();
            put(out_) << " (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)";
        } else {
            const std::string_view verb = random_.pick(verbs);
            put(out_) << verb;
            mailbox();
            put(out_) << (verb == "RENAME " ? " \"Old mail/2019\"" : "");
        }
    }

    void login() {
        std::string user(random_.pick(words::given_names));
        put(user) << "@" << random_.pick(words::hosts);
        const std::string password = "\"\\ " + hexadecimal(random_.next());
        put(out_) << "LOGIN ";
        if (random_.chance(60)) {
            put(out_) << quoted_text(user) << ' ' << quoted_text(password);
        } else {
            literal(user);
            put(out_) << ' ';
            literal(password);
        }
    }

    data_set& set_;
    std::string& out_;
    random_source& random_;
};

// Client commands, one in twenty-five an APPEND.
inline data_set commands(std::size_t octets, std::uint64_t seed) {
    data_set set{.name = "commands", .kind = data_kind::imap_commands};
    random_source random(seed);
    command_writer writer(set, random);
    while (set.octets.size() < octets) {
        writer.command();
    }
    return set;
}

} // namespace mailwire::bench
