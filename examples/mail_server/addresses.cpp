// SPDX-License-Identifier: BSL-1.0
#include "mail_server/addresses.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>
#include <utility>

#include "mail_server/header_fields.hpp"

namespace mail_server {
namespace {

constexpr std::string_view white_space = " \t\r\n";

// An atom, a run of dots and atoms, or a quoted string without its quotes.
struct word {
    std::string text;
    bool spaced = false; // white space or a comment stands before it
};

std::string with_spaces(std::span<const word> words) {
    std::string phrase;
    for (const auto& each : words) {
        if (each.spaced && !phrase.empty()) {
            phrase += ' ';
        }
        phrase += each.text;
    }
    return phrase;
}

// RFC 5322 4.4, obs-local-part and obs-domain: the spaces around a dot do not count.
std::string with_dots(std::span<const word> words) {
    std::string dotted;
    for (const auto& each : words) {
        if (each.spaced && !dotted.empty() && !dotted.ends_with('.') && !each.text.starts_with('.')) {
            dotted += ' ';
        }
        dotted += each.text;
    }
    return dotted;
}

class address_reader {
public:
    explicit address_reader(std::string_view value) : rest_(value) {}

    address_list read_all();

private:
    char next() const { return rest_.empty() ? '\0' : rest_.front(); }
    bool take(char c);
    bool skip_space();
    std::optional<std::string> enclosed(char open, char close);
    bool take_comment();
    bool take_quoted(word& out);
    std::string take_atom();
    std::vector<word> words(std::string_view stops);
    void skip_to_separator();
    void read_one();
    std::string read_route();
    void read_angle(std::string name);
    void read_group(std::span<const word> name);
    void end_group();
    void add(std::string name, std::string adl, std::string mailbox, std::string host);

    std::string_view rest_;
    address_list list_;
    std::string comment_; // the last one of the address at hand
    bool in_group_ = false;
    // Once a quote or a parenthesis has been found to have no end, later ones are plain octets too. So each octet is
    // looked at a fixed number of times, however many of them there are.
    bool quotes_end_ = true;
    bool comments_end_ = true;
};

bool address_reader::take(char c) {
    if (rest_.empty() || rest_.front() != c) {
        return false;
    }
    rest_.remove_prefix(1);
    return true;
}

// The text between `open`, which is next, and the `close` that belongs to it, without its backslashes and line ends.
// None, and nothing taken, if there is no such `close`.
std::optional<std::string> address_reader::enclosed(char open, char close) {
    std::string text;
    int depth = 1;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
        char c = rest_[i];
        if (c == '\\' && i + 1 < rest_.size()) {
            c = rest_[++i];
        } else if (c == close && --depth == 0) {
            rest_.remove_prefix(i + 1);
            return text;
        } else if (c == open) {
            ++depth;
        }
        if (c != '\r' && c != '\n') {
            text += c;
        }
    }
    return std::nullopt;
}

bool address_reader::take_comment() {
    if (!comments_end_ || next() != '(') {
        return false;
    }
    const auto text = enclosed('(', ')');
    comments_end_ = text.has_value();
    comment_ = text ? std::string(trimmed(*text)) : comment_;
    return comments_end_;
}

bool address_reader::take_quoted(word& out) {
    if (!quotes_end_ || next() != '"') {
        return false;
    }
    auto text = enclosed('"', '"');
    quotes_end_ = text.has_value();
    out.text = std::move(text).value_or("");
    return quotes_end_;
}

// Skips white space and comments; whether there were any.
bool address_reader::skip_space() {
    const auto before = rest_.size();
    do {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(white_space), rest_.size()));
    } while (take_comment());
    return rest_.size() != before;
}

// Takes at least one octet, whatever it is. A domain literal, "[IPv6:::1]", is one atom if it is on one line and no
// longer than a domain may be.
std::string address_reader::take_atom() {
    constexpr std::string_view specials = "()<>@,;:\" \t\r\n";
    const auto bracket = next() == '[' ? rest_.substr(0, 255).find_first_of("]\r\n") : std::string_view::npos;
    const bool literal = bracket != std::string_view::npos && rest_[bracket] == ']';
    const auto end = literal ? bracket + 1 : rest_.find_first_of(specials, 1);
    const auto atom = rest_.substr(0, end);
    rest_.remove_prefix(atom.size());
    // A quote or a parenthesis is here only if it has no end.
    return std::string(atom.front() == '"' || atom.front() == '(' ? atom.substr(1) : atom);
}

// The words up to one of `stops`, or to the end.
std::vector<word> address_reader::words(std::string_view stops) {
    std::vector<word> found;
    for (;;) {
        word each;
        each.spaced = skip_space();
        if (rest_.empty() || stops.find(next()) != std::string_view::npos) {
            return found;
        }
        if (!take_quoted(each)) {
            each.text = take_atom();
        }
        if (!each.text.empty()) {
            found.push_back(std::move(each));
        }
    }
}

// Skips what an address has behind its end, and keeps the comments among it.
void address_reader::skip_to_separator() { words(",;"); }

void address_reader::add(std::string name, std::string adl, std::string mailbox, std::string host) {
    skip_to_separator();
    address one;
    if (name.empty()) {
        name = comment_;
    }
    if (!name.empty()) {
        one.name = std::move(name);
    }
    if (!adl.empty()) {
        one.adl = std::move(adl);
    }
    one.mailbox = mailbox.empty() ? std::string(missing_mailbox) : std::move(mailbox);
    one.host = host.empty() ? std::string(missing_domain) : std::move(host);
    list_.push_back(std::move(one));
}

// obs-route without its colon; empty, and nothing taken, if there is none. It goes no further than the next "<", so
// that a list of beginnings without an end takes no more than two looks at each.
std::string address_reader::read_route() {
    const auto before = rest_;
    std::string route;
    while (next() == '@' || (next() == ',' && !route.empty())) {
        route += next();
        rest_.remove_prefix(1);
        route += with_dots(words("<@>,:;"));
    }
    if (!route.empty() && take(':')) {
        return route;
    }
    rest_ = before;
    return {};
}

// angle-addr, from behind its "<".
void address_reader::read_angle(std::string name) {
    skip_space();
    auto route = read_route();
    const auto local = words("@>,;");
    std::string host;
    if (take('@')) {
        host = with_dots(words(">,;"));
    }
    add(std::move(name), std::move(route), with_dots(local), std::move(host));
}

void address_reader::read_group(std::span<const word> name) {
    if (in_group_ || name.empty()) {
        return; // A group within a group, or one without a name: its members are read all the same.
    }
    in_group_ = true;
    list_.push_back({{}, {}, with_spaces(name), {}});
}

void address_reader::end_group() {
    if (in_group_) {
        list_.emplace_back();
    }
    in_group_ = false;
}

void address_reader::read_one() {
    const auto before = words("<@,;:");
    if (take('<')) {
        read_angle(with_spaces(before));
    } else if (take('@')) {
        const auto domain = words("<@,;:");
        // A space that is not beside a dot ends the domain: "a@b c@d" is "a@b" and something that is no address.
        std::size_t size = domain.empty() ? 0 : 1;
        while (size < domain.size() &&
               (!domain[size].spaced || domain[size].text.starts_with('.') || domain[size - 1].text.ends_with('.'))) {
            ++size;
        }
        add({}, {}, with_dots(before), with_dots(std::span(domain).first(size)));
    } else if (take(':')) {
        read_group(before);
    } else if (!before.empty()) {
        add({}, {}, with_dots(before), {});
    }
}

address_list address_reader::read_all() {
    while (!rest_.empty()) {
        comment_.clear();
        read_one();
        if (take(';')) {
            end_group();
        } else {
            take(',');
        }
    }
    end_group();
    return std::move(list_);
}

address_list all_addresses(std::span<const header_field> fields, std::string_view name) {
    address_list all;
    for (const auto& field : fields) {
        if (equal_ignoring_case(field.name, name)) {
            auto some = parse_addresses(field.value);
            all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
        }
    }
    return all;
}

} // namespace

address_list parse_addresses(std::string_view value) { return address_reader(value).read_all(); }

envelope read_envelope(std::string_view header) {
    const auto fields = header_fields(header);
    envelope result;
    result.date = field_value(fields, "Date");
    result.subject = field_value(fields, "Subject");
    result.from = all_addresses(fields, "From");
    result.sender = all_addresses(fields, "Sender");
    result.reply_to = all_addresses(fields, "Reply-To");
    result.to = all_addresses(fields, "To");
    result.cc = all_addresses(fields, "Cc");
    result.bcc = all_addresses(fields, "Bcc");
    result.in_reply_to = field_value(fields, "In-Reply-To");
    result.message_id = field_value(fields, "Message-ID");
    if (result.sender.empty()) {
        result.sender = result.from;
    }
    if (result.reply_to.empty()) {
        result.reply_to = result.from;
    }
    return result;
}

} // namespace mail_server
