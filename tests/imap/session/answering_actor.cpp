// SPDX-License-Identifier: BSL-1.0
#include "imap/session/actors.hpp"

namespace mailwire::test {

using namespace imap;

void answering_actor::greet() {
    const std::size_t how = random_.below(4);
    const auto with = [this](const seq_of<text>& capabilities) {
        const code_capability code{capabilities};
        const status_response status{condition::ok, code, "ready"};
        (void)session_.greet(status);
        said.push_back("greeting " + wire_of_value(status));
    };
    session_.literal_plus(how == 3);
    if (how == 0) with({"IMAP4rev1"});
    if (how == 1) with({"IMAP4rev1", "LITERAL-"});
    if (how == 2) with({"IMAP4rev2"});
    if (how == 3) with({"IMAP4rev1", "LITERAL+"});
}

void answering_actor::hear(const server_event& event) {
    switch (event.kind) {
    case server_event_kind::command:
        answer(event.command);
        break;
    case server_event_kind::literal_begin:
        hear_literal(event);
        break;
    case server_event_kind::literal_data:
        messages.back() += event.octets;
        break;
    case server_event_kind::error:
        ++errors;
        break;
    default:
        break;
    }
}

void answering_actor::hear_literal(const server_event& event) {
    on(event.command, [&](append a) {
        a.message = text::streamed(event.octets_total);
        asked.push_back(wire_of("T", a));
    });
    if (random_.one_in(4)) {
        messages.emplace_back("refused");
        finish(event.command.tag());
    } else {
        messages.emplace_back();
        replies_.push_back([this] { return session_.accept_literal(); });
    }
}

void answering_actor::answer(const command& command) {
    const std::string wire = wire_of(command);
    const bool appended = command.value().is<append>();
    if (!appended) asked.push_back("T" + wire.substr(wire.find(' ')));
    if (random_.one_in(4)) say_something();
    if (!random_.one_in(5)) data_for(command);
    if (random_.one_in(300)) {
        reply([](auto use) { use(status_response{condition::bye, {}, "enough"}); });
        return;
    }
    finish(command.tag(), command.value().is<logout>());
}

void answering_actor::finish(std::string_view tag, bool goodbye) {
    const std::size_t how = goodbye ? 0 : random_.below(12);
    const condition c = how < 9 ? condition::ok : how < 11 ? condition::no : condition::bad;
    const bool coded = random_.one_in(3);
    replies_.push_back([this, c, coded, goodbye, own = std::string(tag)] {
        const code_alert code;
        status_response status{c, {}, "so be it"};
        if (coded) status.code = code;
        const misuse fault = session_.finish(status);
        if (fault != misuse::none) return fault;
        if (goodbye) said.emplace_back("response * BYE logging out\r\n");
        std::string text;
        string_sink sink(text);
        (void)write_tagged(sink, own, status);
        said.push_back("done " + own.substr(1) + " " + text);
        return fault;
    });
}

void answering_actor::say_something() {
    const auto n = static_cast<std::uint32_t>(random_.below(1000) + 1);
    switch (random_.below(5)) {
    case 0:
        reply([n](auto use) { use(exists{n}); });
        break;
    case 1:
        reply([n](auto use) { use(expunge_data{n}); });
        break;
    case 2:
        reply([](auto use) { use(status_response{condition::no, {}, "disk is nearly full {5}"}); });
        break;
    case 3:
        reply([n](auto use) {
            const code_uidnext code{n};
            use(status_response{condition::ok, code, "predicted"});
        });
        break;
    default:
        fetch_small();
    }
}

void answering_actor::data_for(const command& command) {
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
        [&](const select&) {
            reply([](auto use) { use(flags_data{{"\\Answered", "\\Seen", "$x"}}); });
            reply([](auto use) { use(exists{18}); });
        },
        [&](const capability&) { reply([](auto use) {
                                     use(capability_data{{"IMAP4rev1", "AUTH=PLAIN"}});
                                 }); },
        [&](const item<slot::command>&) {});
}

void answering_actor::list_and_status() {
    const auto box = name();
    const bool flat = random_.one_in(3);
    reply([=](auto use) {
        use(list_data{.attributes = {"\\HasNoChildren"}, .delimiter = flat ? text::nil() : text("/"), .mailbox = box});
    });
    reply([=](auto use) { use(status_data{box, {imap::messages{231}, uidnext{44292}, mailbox_size{1ULL << 40U}}}); });
}

void answering_actor::fetch_small() {
    const auto subject = name();
    const auto body = keep(body_octets(random_.next(), random_.below(100)));
    const auto n = static_cast<std::uint32_t>(random_.below(99) + 1);
    reply([=](auto use) {
        const text names[] = {"\\Seen", "$x"};
        const flags f{names};
        const uid u{n * 7};
        const rfc822_size size{4286};
        const internal_date date{"17-Jul-1996 02:44:25 -0700"};
        const address from[] = {{.name = "T \"G\"", .mailbox = "gray", .host = "example"}};
        envelope e;
        e.subject = subject;
        e.from = from;
        const body_section b{.section = {.part = "1"}, .value = body};
        use(fetch_data{.number = n, .att = {f, u, size, date, e, b}});
    });
}

// Two bodies that a client does not keep. The octets of the first are at hand, those of the second follow.
void answering_actor::fetch_bodies() {
    const auto first = keep(body_octets(random_.next(), random_.below(600) + 129));
    const std::size_t second = random_.below(5000) + 129;
    const auto n = static_cast<std::uint32_t>(random_.below(99) + 1);
    replies_.push_back([=, this] {
        const uid u{n};
        const auto with = [&](const text& octets, auto use) {
            const body_section a{.section = {.part = "1"}, .origin = 0, .value = octets};
            const body_section b{.section = {.what = section_text::header}, .value = text::streamed(second)};
            return use(fetch_data{.number = n, .att = {u, a, b}});
        };
        const misuse fault = with(first, [&](const imap::fetch_data& f) { return session_.send(f); });
        if (fault != misuse::none) return fault;
        bodies += first;
        said.push_back("response " +
                       with(text::streamed(first.size()), [](const imap::fetch_data& f) { return wire_of_value(f); }));
        return fault;
    });
}

} // namespace mailwire::test
