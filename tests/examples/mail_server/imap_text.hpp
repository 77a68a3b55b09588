// SPDX-License-Identifier: BSL-1.0
// What the MIME reader understood, in IMAP's notation, so that a test holds one line of it.
#pragma once

#include <optional>
#include <string>

#include "mail_server/mime.hpp"

namespace mail_server::test {

inline std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        result += c == '"' || c == '\\' ? "\\" : "";
        result += c;
    }
    return result + '"';
}

inline std::string nstring(const std::optional<std::string>& text) { return text ? quoted(*text) : "NIL"; }

inline std::string imap_text(const address_list& list) {
    std::string result;
    for (const auto& each : list) {
        result += "(" + nstring(each.name) + " " + nstring(each.adl) + " " + nstring(each.mailbox) + " " +
                  nstring(each.host) + ")";
    }
    return result.empty() ? "NIL" : "(" + result + ")";
}

inline std::string imap_text(const envelope& value) {
    return "(" + nstring(value.date) + " " + nstring(value.subject) + " " + imap_text(value.from) + " " +
           imap_text(value.sender) + " " + imap_text(value.reply_to) + " " + imap_text(value.to) + " " +
           imap_text(value.cc) + " " + imap_text(value.bcc) + " " + nstring(value.in_reply_to) + " " +
           nstring(value.message_id) + ")";
}

inline std::string imap_text(const parameter_list& parameters) {
    std::string result;
    for (const auto& [name, value] : parameters) {
        result += (result.empty() ? "(" : " ") + quoted(name) + " " + quoted(value);
    }
    return result.empty() ? "NIL" : result + ")";
}

inline std::string extension_text(const part& value) {
    std::string languages;
    for (const auto& language : value.languages) {
        languages += (languages.empty() ? "(" : " ") + quoted(language);
    }
    return (value.disposition
                ? "(" + quoted(value.disposition->type) + " " + imap_text(value.disposition->parameters) + ") "
                : "NIL ") +
           (languages.empty() ? "NIL" : languages + ")") + " " + nstring(value.location);
}

inline std::string imap_text(const part& value) {
    std::string result = "(";
    if (value.is_multipart()) {
        for (const auto& child : value.children) {
            result += imap_text(child);
        }
        return result + " " + quoted(value.subtype) + " " + imap_text(value.parameters) + " " + extension_text(value) +
               ")";
    }
    result += quoted(value.type) + " " + quoted(value.subtype) + " " + imap_text(value.parameters) + " " +
              nstring(value.id) + " " + nstring(value.description) + " " + quoted(value.encoding) + " " +
              std::to_string(value.body.size);
    if (value.is_message()) {
        result += " " + imap_text(value.message_envelope.value()) + " " + imap_text(value.children.at(0));
    }
    if (value.is_message() || value.is_text()) {
        result += " " + std::to_string(value.lines);
    }
    return result + " " + nstring(value.md5) + " " + extension_text(value) + ")";
}

} // namespace mail_server::test
