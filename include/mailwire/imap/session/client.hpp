// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "mailwire/imap/session/client_core.hpp"
#include "mailwire/imap/session/client_event.hpp"
#include "mailwire/imap/session/client_options.hpp"
#include "mailwire/imap/session/put_unit.hpp"
#include "mailwire/imap/write.hpp"
#include "mailwire/sasl/mechanism.hpp"

namespace mailwire::imap {

// The client's side of an IMAP connection. No socket, no clock, no allocation: octets in, events out, commands in,
// octets out.
//
//   for (;;) {
//       while (!mail.output().empty()) mail.sent(socket.write(mail.output()));
//       auto event = mail.next();
//       if (event.kind == client_event_kind::need_input) mail.commit(socket.read(mail.prepare()));
//       ...
//   }
template <typename Profile = everything> class basic_client {
public:
    explicit basic_client(const client_buffers& buffers, const client_options& options = {})
        : core_(buffers, options) {}

    // Room for octets to receive; octets received are written to its start. Never empty while next() asks for input, but
    // while a challenge waits. Ends the views of the last event.
    std::span<char> prepare() { return core_.prepare(); }
    void commit(std::size_t octets) { core_.commit(octets); }
    // The server has closed the connection. What was received before is still read.
    void closed() { core_.closed(); }

    // What time it is, and when to say so again at the latest: from then on next() gives the error timed_out, unless the
    // server has said something, or in IDLE the event idle_due. `never` where nothing is waited for, and before the
    // first at().
    void at(instant now) { core_.at(now); }
    instant deadline() const { return core_.deadline(); }

    // Octets to send now. Empty when there are none, while a literal waits for "+", and while a streamed literal waits
    // for its octets. Valid until the next call that is not const.
    std::string_view output() const { return core_.out().output(); }
    // So many of them were sent; more than there are is cut off.
    void sent(std::size_t octets) { core_.sent(std::min(octets, output().size())); }

    // Puts a command into the output. Its answer comes as the event `done`, which names its number. RFC 9051 6.
    //   wrong_state  the state has no room for it: as it will be when the commands in flight have succeeded
    //   busy         something has to be answered first: an earlier command is in the middle of a literal, or has taken
    //                the connection over; STARTTLS and COMPRESS want nothing in flight; a command with message numbers
    //                wants nothing but FETCH, STORE and SEARCH (RFC 9051 5.5)
    //   needs_tls    LOGIN and AUTHENTICATE without TLS, where client_options::tls requires it
    //   not_offered  LOGIN under LOGINDISABLED, STARTTLS where the capabilities are known and do not have it; a command
    //                of an extension before the server has announced it
    //   bad_value    a value has octets its place cannot carry; a message number under UIDONLY
    //   no_room      the output or the list of commands is full
    // Nothing has changed then. After IDLE the event idling comes; after STARTTLS and COMPRESS start_tls and
    // start_compression; the challenges of an AUTHENTICATE that is sent so are answered with respond().
    template <alternative Command> sent_command send(const Command& value) {
        static_assert(std::is_same_v<typename Command::word::slot, slot::command>, "this is no command");
        constexpr command_facts facts = facts_of<Profile, Command>();
        if (const misuse fault = core_.may_send(facts); fault != misuse::none) return {fault, 0};
        if constexpr (requires { value.may_be_sent(); }) {
            if (!value.may_be_sent()) return {misuse::bad_value, 0};
        }
        std::uint32_t switches_on = 0;
        const misuse fault = detail::put_unit(core_.out(), [&] {
            bool numbers = false;
            const misuse written =
                detail::write_unit<Profile>(core_.out(), core_.progress().writing(), [&](writer& out) {
                    out.tag(next_tag().view()).sp().put(value);
                    numbers = out.has_numbers();
                    switches_on = out.switched_on();
                });
            if (written != misuse::none) return written;
            return numbers && !core_.progress().commands().keep_message_numbers() ? misuse::busy : misuse::none;
        });
        if (fault != misuse::none) return {fault, 0};
        core_.note_proof(true); // of AUTHENTICATE: the program answers the challenges itself
        return {misuse::none, core_.note_sent(facts, switches_on)};
    }

    // Sends AUTHENTICATE, with the initial response where the mechanism has one and the server takes it (SASL-IR,
    // IMAP4rev2). Then, for each event challenge, call answer() with the same mechanism. An OK before the mechanism is
    // complete() is the error unproven_server.
    // Misuse: as for send; not_offered where the capabilities are known and do not have the mechanism; bad_value also
    // where the mechanism cannot begin: sasl_fault() says why. RFC 9051 6.2.2, RFC 4959.
    template <sasl::client_mechanism M> sent_command authenticate(M& mechanism) {
        constexpr command_facts facts = facts_of<Profile, imap::authenticate>();
        if (const misuse fault = core_.may_send(facts); fault != misuse::none) return {fault, 0};
        if (!core_.progress().offers_mechanism(M::name())) return {misuse::not_offered, 0};
        const bool initial = M::client_first && core_.progress().takes_initial_response();
        const misuse fault = detail::put_unit(core_.out(), [&] {
            outbox& out = core_.out();
            out.put(next_tag().view());
            out.put(" AUTHENTICATE ");
            out.put(M::name());
            const misuse written = initial ? put_initial_response(mechanism) : misuse::none;
            out.put("\r\n");
            return written;
        });
        if (fault != misuse::none) return {fault, 0};
        core_.note_proof(mechanism.complete());
        return {misuse::none, core_.note_sent(facts, 0)};
    }

    // Answers the challenge of the last event. A mechanism that fails cancels the exchange: sasl_fault() says why, and the
    // server's BAD comes as done. Misuse: wrong_state (there is no challenge), no_room (for good, where there is nothing
    // to send). RFC 9051 6.2.2.
    template <sasl::client_mechanism M> misuse answer(M& mechanism) {
        bool failed = false;
        const misuse fault = put_response([&](outbox& out) {
            const sasl::step s = mechanism.step(core_.challenge(), out.room_for_base64());
            if (s.fault == sasl::fault::no_room) return misuse::no_room;
            fault_ = s.fault;
            failed = s.status == sasl::status::failed;
            if (failed) {
                out.put("*");
            } else {
                out.put_base64(s.size);
            }
            return misuse::none;
        });
        if (fault == misuse::none) core_.note_response(!failed && mechanism.complete());
        return fault;
    }
    // Answers a challenge with octets of the program, which then knows itself whether an OK can be believed. Misuse: as for
    // answer.
    misuse respond(std::string_view octets) {
        const misuse fault = put_response([octets](outbox& out) {
            const std::span<char> room = out.room_for_base64();
            if (octets.size() > room.size()) return misuse::no_room;
            std::copy(octets.begin(), octets.end(), room.begin());
            out.put_base64(octets.size());
            return misuse::none;
        });
        if (fault == misuse::none) core_.note_response(true);
        return fault;
    }
    // Answers a challenge with "*": the server says BAD to the AUTHENTICATE. Misuse: as for answer.
    misuse cancel() {
        const misuse fault = put_response([](outbox& out) {
            out.put("*");
            return misuse::none;
        });
        if (fault == misuse::none) core_.note_response(false);
        return fault;
    }
    // What went wrong in the last SASL exchange on this side.
    sasl::fault sasl_fault() const { return fault_; }

    // Says DONE: the answer to IDLE follows. Misuse: wrong_state (no IDLE), busy (it has not begun), no_room.
    // RFC 9051 6.3.13.
    misuse end_idle() {
        if (const misuse m = core_.progress().may(client_mode_input::send_done); m != misuse::none) return m;
        const misuse fault = detail::put_unit(core_.out(), [this] {
            core_.out().put("DONE\r\n");
            return misuse::none;
        });
        if (fault == misuse::none) core_.note_line(client_mode_input::send_done);
        return fault;
    }

    // The handshake that start_tls asked for is done. All that the server has said before is forgotten. Misuse:
    // wrong_state (no handshake is due; or octets have come in between, which could be anybody's: next() then gives the
    // error input_before_tls). RFC 9051 6.2.1.
    misuse tls_started() { return core_.tls_started(); }

    // From here on octets are inflated before they are committed, and deflated after output() had them; those of the event
    // start_compression come first. Misuse: wrong_state (COMPRESS has not been agreed on). RFC 4978 3.
    misuse compression_started() { return core_.compression_started(); }

    // The next octets of a streamed literal (APPEND). Not copied: valid until sent() has taken them all; then the next
    // piece may follow. Misuse: wrong_state (no literal is missing), busy (a piece is under way), literal_size.
    // A reply that comes before "+" ends the literal and the command. Once its octets are on their way, all of them
    // have to be sent, also after the reply: the server counts them.
    misuse literal(std::string_view octets) { return core_.literal(octets); }
    // How many octets of it have not been handed over.
    std::uint64_t literal_missing() const { return core_.out().missing(); }

    // What has happened next.
    client_event next() { return core_.next(); }

    client_state state() const { return core_.progress().state(); }
    client_mode mode() const { return core_.progress().mode(); }
    std::size_t in_flight_count() const { return core_.progress().commands().size(); }
    // What the server announces; while it is not known(), send CAPABILITY before anything of an extension.
    const capability_set<Profile>& capabilities() const { return core_.progress().server().capabilities(); }
    // What is enabled, bits of namespace modes.
    std::uint32_t modes() const { return core_.progress().server().modes(); }
    // What is known of the selected mailbox; from the first response to a SELECT on, of the one that opens.
    const mailbox_facts& mailbox() const { return core_.progress().server().mailbox(); }
    // Whether the connection is encrypted, by what the caller has said.
    bool secure() const { return core_.progress().secure(); }

private:
    detail::tag_text next_tag() const { return detail::tag_text(core_.progress().last_number() + 1); }

    template <sasl::client_mechanism M> misuse put_initial_response(M& mechanism) {
        outbox& out = core_.out();
        out.put(" ");
        if (!out.ok() || !out.has_room(3)) return misuse::no_room; // a mechanism steps once
        const sasl::step s = mechanism.step({}, out.room_for_base64());
        if (s.fault == sasl::fault::no_room) return misuse::no_room;
        fault_ = s.fault;
        if (s.status == sasl::status::failed) return misuse::bad_value;
        if (s.size == 0) {
            out.put("="); // an empty one, and not none (RFC 4959 3)
        } else {
            out.put_base64(s.size);
        }
        return misuse::none;
    }

    template <typename Put> misuse put_response(Put put) {
        if (const misuse m = core_.progress().may(client_mode_input::send_response); m != misuse::none) return m;
        return detail::put_unit(core_.out(), [&] {
            const misuse m = put(core_.out());
            core_.out().put("\r\n");
            return m;
        });
    }

    detail::client_core<Profile> core_;
    sasl::fault fault_ = sasl::fault::none;
};

using client = basic_client<>;

} // namespace mailwire::imap
