// SPDX-License-Identifier: BSL-1.0
// The commands that the program of a joined client may ask for.
#include "imap/session/joined_asking.hpp"

namespace mailwire::test {

using namespace imap;

planned asking_actor::login() {
    const auto user = name();
    const auto password = name();
    return plan([=](auto use) { use(imap::login{user, password}); });
}

template <typename M> planned asking_actor::authenticate_by(M& mechanism) {
    const std::uint64_t seed = random_.next();
    const std::size_t fails_at = random_.one_in(4) ? random_.below(4) : 1000;
    constexpr int which = M::client_first ? 1 : 2;
    return {[&mechanism, seed, fails_at, this](client& session) {
                mechanism = M(seed, fails_at);
                const sent_command sent = session.authenticate(mechanism);
                if (sent) mechanism_ = which;
                return sent;
            },
            nullptr};
}

planned asking_actor::authenticate() {
    const std::size_t how = random_.below(4);
    if (how < 2) return authenticate_by(first_);
    if (how == 2) return authenticate_by(late_);
    const bool initial = random_.one_in(2);
    planned p = plan([=](auto use) { use(imap::authenticate{"X-OWN", initial ? "dGVzdA==" : ""}); });
    p.send = [send = p.send, this](client& session) {
        const sent_command sent = send(session);
        if (sent) mechanism_ = 0;
        return sent;
    };
    return p;
}

planned asking_actor::selection() {
    const auto box = name();
    switch (random_.below(5)) {
    case 0:
        return plan([=](auto use) { use(examine{box}); });
    case 1:
        return random_.one_in(2) ? plan([](auto use) { use(close{}); }) : plan([](auto use) { use(unselect{}); });
    default:
        return plan([=](auto use) { use(select{box}); });
    }
}

planned asking_actor::mailbox_command() {
    const auto a = name();
    const auto b = name();
    switch (random_.below(7)) {
    case 0:
        return plan([=](auto use) { use(create{a}); });
    case 1:
        return plan([=](auto use) { use(delete_{a}); });
    case 2:
        return plan([=](auto use) { use(rename{a, b}); });
    case 3:
        return plan([=](auto use) { use(list{a, b}); });
    case 4:
        return plan([=](auto use) { use(status{a, {status_messages{}, status_uidnext{}, status_size{}}}); });
    case 5:
        return plan([](auto use) { use(namespace_command{}); });
    default:
        return plan([=](auto use) { use(getquotaroot{a}); });
    }
}

// Written down as if the message always streamed: whether it does is no matter of the wire.
planned asking_actor::append() {
    const auto box = name();
    const bool flagged = random_.one_in(2);
    const bool dated = random_.one_in(2);
    const bool streams = random_.one_in(2);
    const std::string_view message = keep(body_octets(random_.next(), random_.below(streams ? 6000 : 300)));
    const auto with = [=](const text& octets, auto use) {
        const std::string_view date = dated ? "17-Jul-1996 02:44:25 -0700" : "";
        if (flagged) {
            use(imap::append{.mailbox = box, .flags = {"\\Seen", "$x"}, .date = date, .message = octets});
        } else {
            use(imap::append{.mailbox = box, .date = date, .message = octets});
        }
    };
    planned p = plan([=](auto use) { with(text::streamed(message.size()), use); });
    if (!streams) p.send = plan([=](auto use) { with(message, use); }).send;
    p.appends = true;
    p.message = message;
    return p;
}

planned asking_actor::message_command() {
    if (random_.one_in(2)) return numbered_command();
    const auto box = name();
    const auto word = name();
    const auto uids = set();
    const bool flag = random_.one_in(2);
    switch (random_.below(7)) {
    case 0:
    case 1:
        return plan([=](auto use) {
            const text names[] = {"Subject", "To"};
            const section fields{.what = section_text::header_fields, .fields = names};
            use(uid_fetch{.messages = uids, .att = {fetch_body{.section = fields, .partial = partial{0, 100}}}});
        });
    case 2:
        return plan([=](auto use) { use(uid_store{.messages = uids, .flags = {}}); });
    case 3:
        return plan([=](auto use) { use(uid_move{uids, box}); });
    case 4:
        return flag ? plan([](auto use) { use(expunge{}); }) : plan([=](auto use) { use(uid_expunge{uids}); });
    case 5:
        return plan([=](auto use) { use(uid_copy{uids, box}); });
    default:
        return plan([=](auto use) { use(uid_search{.keys = {key::not_{key::from{word}}}}); });
    }
}

planned asking_actor::numbered_command() {
    const auto box = name();
    const auto word = name();
    const auto numbers = set();
    const bool flag = random_.one_in(2);
    switch (random_.below(8)) {
    case 0:
        return plan(
            [=](auto use) { use(fetch{.messages = numbers, .macro = flag ? fetch_macro::full : fetch_macro::fast}); });
    case 1:
        return plan([=](auto use) {
            use(fetch{.messages = numbers,
                      .att = {fetch_uid{}, fetch_body_peek{.section = {.part = "1.2"}}, fetch_envelope{}}});
        });
    case 2:
        return plan([=](auto use) {
            use(store{numbers, flag ? store_action::add : store_action::remove, flag, {"\\Deleted", "$Junk"}});
        });
    case 3:
        return plan([=](auto use) { use(copy{numbers, box}); });
    case 4:
        return plan([=](auto use) {
            use(search{.keys = {key::subject{word}, key::header{"X-A", box}, key::unseen{}}});
        });
    case 5:
        return plan([=](auto use) {
            use(search{.charset = "UTF-8", .keys = {key::or_{key::text{word}, key::larger{5}}}});
        });
    case 6:
        return plan([=](auto use) { use(uid_search{.keys = {search_key(numbers), key::unseen{}}}); });
    default:
        return plan([=](auto use) { use(move{numbers, box}); });
    }
}

} // namespace mailwire::test
