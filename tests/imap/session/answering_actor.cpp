// SPDX-License-Identifier: BSL-1.0
// What the program of a joined server has to say.
#include "imap/session/joined_answering.hpp"

namespace mailwire::test {

using namespace imap;

void answering_actor::say_something() {
    const auto n = static_cast<std::uint32_t>(random_.below(1000) + 1);
    switch (random_.below(6)) {
    case 0:
        reply([](auto use) { use(status_response{condition::no, {}, "disk is nearly full {5}"}); });
        break;
    case 1:
        reply([n](auto use) {
            const code_uidnext code{n};
            use(status_response{condition::ok, code, "predicted"});
        });
        break;
    case 2:
        announce();
        break;
    default:
        if (session_.state() == server_state::selected) say_change();
    }
}

// Of the mailbox: more messages, less, other flags; or it is gone.
void answering_actor::say_change() {
    const auto n = static_cast<std::uint32_t>(random_.below(9) + 1);
    const bool by_uid = (session_.modes() & modes::uidonly) != 0;
    replies_.push_back([=, this, how = random_.below(16)] {
        if (session_.state() != server_state::selected) return misuse::none;
        const auto send = [this](const auto& value) {
            const misuse fault = session_.send(value);
            if (fault == misuse::none) said.push_back("response " + wire_of_value(value));
            return fault;
        };
        if (how < 5) {
            const misuse fault = send(imap::exists{exists + n});
            if (fault == misuse::none) exists += n;
            return fault;
        }
        if (how < 11 && exists != 0) {
            const misuse fault =
                by_uid ? send(vanished_data{sequence_set(n)}) : send(expunge_data{std::min(n, exists)});
            if (fault == misuse::none) --exists;
            return fault;
        }
        if (how != 15) return misuse::none;
        const code_closed code;
        const misuse fault = send(status_response{condition::ok, code, "gone"});
        if (fault == misuse::none) exists = 0;
        return fault;
    });
    if (random_.one_in(2)) fetch_small();
}

void answering_actor::announce() {
    replies_.push_back([this] {
        const std::vector<text> all = setting_.announced(session_.secure(), compressed);
        const capability_data data{std::span<const text>(all)};
        const misuse fault = session_.send(data);
        if (fault == misuse::none) said.push_back("response " + wire_of_value(data));
        return fault;
    });
}

void answering_actor::data_for(const command& command) {
    if (effect_ == command_effect::selects) {
        select_data();
        return;
    }
    if (effect_ != command_effect::none || random_.one_in(5)) return;
    on(
        command, [&](const fetch&) { random_.one_in(2) ? fetch_bodies() : fetch_small(); }, //
        [&](const uid_fetch&) { fetch_bodies(); },                                          //
        [&](const store&) { fetch_small(); },                                               //
        [&](const list&) { list_and_status(); }, [&](const status&) { list_and_status(); },
        [&](const search&) {
            reply([](auto use) {
                static constexpr std::uint32_t found[] = {2, 84, 882};
                use(search_data{.numbers = found});
            });
        },
        [&](const imap::enable& e) { enable(e); }, //
        [&](const capability&) { announce(); }, [&](const item<slot::command>&) {});
}

// What of it is announced.
void answering_actor::enable(const imap::enable& command) {
    std::vector<std::string_view> names;
    for (const text& name : command.capabilities) {
        if (setting_.has(name.spelled())) names.push_back(keep(std::string(name.spelled())));
    }
    reply([names](auto use) {
        const std::vector<text> all(names.begin(), names.end());
        use(enabled_data{std::span<const text>(all)});
    });
}

// The old mailbox is closed first, where clients may count on being told so, and sometimes where not.
void answering_actor::select_data() {
    const bool told = (session_.modes() & (modes::rev2 | modes::qresync)) != 0 || random_.one_in(2);
    if (told && session_.state() == server_state::selected) {
        reply([](auto use) {
            const code_closed code;
            use(status_response{condition::ok, code, "the old one"});
        });
    }
    reply([](auto use) { use(flags_data{{"\\Answered", "\\Seen", "$x"}}); });
    exists = static_cast<std::uint32_t>(random_.below(20));
    reply([n = exists](auto use) { use(imap::exists{n}); });
}

void answering_actor::list_and_status() {
    const auto box = name();
    const bool flat = random_.one_in(3);
    reply([=](auto use) {
        use(list_data{.attributes = {"\\HasNoChildren"}, .delimiter = flat ? text::nil() : text("/"), .mailbox = box});
    });
    reply([=](auto use) { use(status_data{box, {imap::messages{231}, uidnext{44292}, mailbox_size{1ULL << 40U}}}); });
}

// The items of a message that there is, by its number or by its unique identifier.
template <typename Send>
misuse send_fetch(Send send, bool by_uid, std::uint32_t number, const items<slot::msg_att>& att) {
    if (by_uid) return send(uidfetch_data{.uid = number * 7, .att = att});
    return send(fetch_data{.number = number, .att = att});
}

void answering_actor::fetch_small() {
    const auto subject = name();
    const auto body = keep(body_octets(random_.next(), random_.below(100)));
    replies_.push_back([=, this, any = random_.next()] {
        if (exists == 0) return misuse::none;
        const text names[] = {"\\Seen", "$x"};
        const flags f{names};
        const rfc822_size size{4286};
        const internal_date date{"17-Jul-1996 02:44:25 -0700"};
        const address from[] = {{.name = "T \"G\"", .mailbox = "gray", .host = "example"}};
        envelope e;
        e.subject = subject;
        e.from = from;
        const body_section b{.section = {.part = "1"}, .value = body};
        const auto send = [this](const auto& value) {
            const misuse fault = session_.send(value);
            if (fault == misuse::none) said.push_back("response " + wire_of_value(value));
            return fault;
        };
        const auto n = static_cast<std::uint32_t>(any % exists + 1);
        return send_fetch(send, (session_.modes() & modes::uidonly) != 0, n, {f, size, date, e, b});
    });
}

// Two bodies that a client does not keep. The octets of the first are at hand, those of the second follow.
void answering_actor::fetch_bodies() {
    const auto first = keep(body_octets(random_.next(), random_.below(600) + 129));
    const std::size_t second = random_.below(5000) + 129;
    replies_.push_back([=, this, any = random_.next()] {
        if (exists == 0) return misuse::none;
        const bool by_uid = (session_.modes() & modes::uidonly) != 0;
        const auto n = static_cast<std::uint32_t>(any % exists + 1);
        const auto with = [&](const text& octets, auto send) {
            const body_section a{.section = {.part = "1"}, .origin = 0, .value = octets};
            const body_section b{.section = {.what = section_text::header}, .value = text::streamed(second)};
            return send_fetch(send, by_uid, n, {a, b});
        };
        const misuse fault = with(first, [this](const auto& value) { return session_.send(value); });
        if (fault != misuse::none) return fault;
        bodies += first;
        (void)with(text::streamed(first.size()), [this](const auto& value) {
            said.push_back("response " + wire_of_value(value));
            return misuse::none;
        });
        return fault;
    });
}

} // namespace mailwire::test
