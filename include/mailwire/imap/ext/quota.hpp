// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/seq_of.hpp"
#include "mailwire/imap/grammar/slots.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/status_att.hpp"
#include "mailwire/imap/model/writer.hpp"

// RFC 9208, IMAP QUOTA Extension: how much of a resource is in use under a quota root, and how much may be. The code
// OVERQUOTA and the status item DELETED are in RFC 9051 as well.
namespace mailwire::imap {
namespace grammar {

// quota-root-name = astring
struct quota_root_name : detail::same_as<astring> {};

// resource-name-ext = atom
struct resource_name_ext : detail::same_as<atom> {};

// resource-name = "STORAGE" / "MESSAGE" / "MAILBOX" / "ANNOTATION-STORAGE" / resource-name-ext
// PEG: each of the words is an atom.
struct resource_name : detail::same_as<resource_name_ext> {};

// resource-limit = number64 ; 63 bits in every revision
struct resource_limit : tok<token_kind::number, number_up_to<9223372036854775807U>> {};

// resource-usage = number64
struct resource_usage : tok<token_kind::number, number_up_to<9223372036854775807U>> {};

// getquota = "GETQUOTA" SP quota-root-name
// PEG: the slot takes the word of this production and of the next ones.
struct getquota : seq<sp, quota_root_name> {
    static constexpr std::string_view rfc = "RFC 9208 4.1.1";
};

// getquotaroot = "GETQUOTAROOT" SP mailbox
struct getquotaroot : seq<sp, mailbox> {
    static constexpr std::string_view rfc = "RFC 9208 4.1.2";
};

// quota-resource = resource-name SP resource-usage SP resource-limit
struct quota_resource : seq<resource_name, sp, resource_usage, sp, resource_limit> {};

// quota-list = "(" quota-resource *(SP quota-resource) ")"
struct quota_list : list_tok<seq<lp, separated<quota_resource, sp>, rp>> {};

// quota-response = "QUOTA" SP quota-root-name SP quota-list
struct quota_response : seq<sp, quota_root_name, sp, quota_list> {
    static constexpr std::string_view rfc = "RFC 9208 4.2.1";
};

// quotaroot-response = "QUOTAROOT" SP mailbox *(SP quota-root-name)
struct quotaroot_response : seq<sp, mailbox, list_tok<star<sp, quota_root_name>>> {
    static constexpr std::string_view rfc = "RFC 9208 4.2.2";
};

// setquota-resource = resource-name SP resource-limit
struct setquota_resource : seq<resource_name, sp, resource_limit> {};

// setquota-list = "(" [setquota-resource *(SP setquota-resource)] ")"
struct setquota_list : list_tok<seq<lp, opt<separated<setquota_resource, sp>>, rp>> {};

// setquota = "SETQUOTA" SP quota-root-name SP setquota-list
struct setquota : seq<sp, quota_root_name, sp, setquota_list> {
    static constexpr std::string_view rfc = "RFC 9208 4.1.3";
};

// status-att-deleted-storage = "DELETED-STORAGE" SP number64
struct status_att_deleted_storage : seq<sp, tok<token_kind::number, number_up_to<9223372036854775807U>>> {
    static constexpr std::string_view rfc = "RFC 9208 4.1.4";
};

} // namespace grammar

// A resource of a quota root. STORAGE and ANNOTATION-STORAGE count units of 1024 octets (RFC 9208 5).
struct quota_resource {
    text name = {};
    std::uint64_t usage = 0;
    std::uint64_t limit = 0;

    static quota_resource read(cursor& c) {
        quota_resource r;
        r.name = c.text();
        r.usage = c.number();
        r.limit = c.number();
        return r;
    }
    static void skip(cursor& c) { (void)read(c); }
    void write(auto& out) const {
        out.atom(name).sp().template number<grammar::resource_usage>(usage);
        out.sp().template number<grammar::resource_limit>(limit);
    }
    friend bool operator==(const quota_resource&, const quota_resource&) = default;
};

// setquota-resource: the limit that is asked for.
struct quota_limit {
    text name = {};
    std::uint64_t limit = 0;

    static quota_limit read(cursor& c) {
        const text name = c.text();
        return {name, c.number()};
    }
    static void skip(cursor& c) { (void)read(c); }
    void write(auto& out) const { out.atom(name).sp().template number<grammar::resource_limit>(limit); }
    friend bool operator==(const quota_limit&, const quota_limit&) = default;
};

// getquota = "GETQUOTA" SP quota-root-name
struct getquota {
    using word = mailwire::word<slot::command, "GETQUOTA">;
    using tail = grammar::getquota;
    static constexpr std::string_view rfc = "RFC 9208 4.1.1";
    static constexpr legal_in legal = legal_in::authenticated;
    text root = {};

    static getquota read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().astring(root); }
    friend bool operator==(const getquota&, const getquota&) = default;
};

// getquotaroot = "GETQUOTAROOT" SP mailbox
struct getquotaroot {
    using word = mailwire::word<slot::command, "GETQUOTAROOT">;
    using tail = grammar::getquotaroot;
    static constexpr std::string_view rfc = "RFC 9208 4.1.2";
    static constexpr legal_in legal = legal_in::authenticated;
    text mailbox = {};

    static getquotaroot read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().mailbox(mailbox); }
    friend bool operator==(const getquotaroot&, const getquotaroot&) = default;
};

// setquota = "SETQUOTA" SP quota-root-name SP setquota-list. Limits that are not in the list are removed.
struct setquota {
    using word = mailwire::word<slot::command, "SETQUOTA">;
    using tail = grammar::setquota;
    static constexpr std::string_view rfc = "RFC 9208 4.1.3";
    static constexpr legal_in legal = legal_in::authenticated;
    text root = {};
    seq_of<quota_limit> limits = {};

    static setquota read(cursor& c) {
        const text root = c.text();
        return {root, seq_of<quota_limit>(c.enter())};
    }
    void write(auto& out) const {
        out.sp().astring(root).sp().parens(limits, [&out](const quota_limit& one) { one.write(out); });
    }
    friend bool operator==(const setquota&, const setquota&) = default;
};

// quota-response = "QUOTA" SP quota-root-name SP quota-list
struct quota_data {
    using word = mailwire::word<slot::response_data, "QUOTA">;
    using tail = grammar::quota_response;
    static constexpr std::string_view rfc = "RFC 9208 4.2.1";
    text root = {};
    seq_of<quota_resource> resources = {};

    static quota_data read(cursor& c) {
        const text root = c.text();
        return {root, seq_of<quota_resource>(c.enter())};
    }
    void write(auto& out) const {
        out.require(!resources.empty());
        out.sp().astring(root).sp().parens(resources, [&out](const quota_resource& one) { one.write(out); });
    }
    friend bool operator==(const quota_data&, const quota_data&) = default;
};

// quotaroot-response = "QUOTAROOT" SP mailbox *(SP quota-root-name)
struct quotaroot_data {
    using word = mailwire::word<slot::response_data, "QUOTAROOT">;
    using tail = grammar::quotaroot_response;
    static constexpr std::string_view rfc = "RFC 9208 4.2.2";
    text mailbox = {};
    seq_of<text> roots = {};

    static quotaroot_data read(cursor& c) {
        const text name = c.text();
        return {name, seq_of<text>(c.enter())};
    }
    void write(auto& out) const {
        out.sp().mailbox(mailbox);
        for (const text& root : roots)
            out.sp().astring(root);
    }
    friend bool operator==(const quotaroot_data&, const quotaroot_data&) = default;
};

// status-att =/ "DELETED-STORAGE": the octets that an EXPUNGE would free, and how many those are
using status_deleted_storage = status_word<"DELETED-STORAGE">;
struct deleted_storage {
    using word = mailwire::word<slot::status_att_val, "DELETED-STORAGE">;
    using tail = grammar::status_att_deleted_storage;
    static constexpr std::string_view rfc = "RFC 9208 4.1.4";
    std::uint64_t value = 0;

    static deleted_storage read(cursor& c) { return {c.number()}; }
    void write(auto& out) const { out.sp().number(value); }
    friend bool operator==(const deleted_storage&, const deleted_storage&) = default;
};

// A server offers also "QUOTA=RES-" with the name of each resource, and where limits can be set, QUOTASET.
struct quota_extension
    : extension<getquota, getquotaroot, setquota, quota_data, quotaroot_data, status_deleted_storage, deleted_storage> {
    static constexpr std::string_view capability = "QUOTA";
    static constexpr std::string_view resource_prefix = "QUOTA=RES-";
    static constexpr std::string_view settable = "QUOTASET";
};

} // namespace mailwire::imap
