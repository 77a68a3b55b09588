// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "mail_server/store.hpp"

// As much of SQLite as the store needs. Private to the store.
namespace mail_server {

// An open database file. Whatever SQLite refuses is thrown as a store_error, with SQLite's words.
class database {
public:
    explicit database(const std::string& file) {
        sqlite3* opened = nullptr;
        const int code = sqlite3_open(file.c_str(), &opened);
        handle_.reset(opened);
        check(code);
        check(sqlite3_busy_timeout(opened, 5000));
    }

    sqlite3* handle() const { return handle_.get(); }

    // Rows that the last INSERT, UPDATE or DELETE touched.
    int changes() const { return sqlite3_changes(handle_.get()); }

    // Rows that all of them have touched.
    std::uint64_t all_changes() const { return static_cast<std::uint64_t>(sqlite3_total_changes64(handle_.get())); }

    std::int64_t last_row() const { return sqlite3_last_insert_rowid(handle_.get()); }

    // Runs statements that have no parameters and whose rows nobody wants.
    void run_script(const char* sql) { check(sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr)); }

    void check(int code) const {
        if (code != SQLITE_OK) {
            throw store_error(sqlite3_errmsg(handle_.get()));
        }
    }

private:
    struct closer {
        void operator()(sqlite3* opened) const { sqlite3_close_v2(opened); }
    };
    std::unique_ptr<sqlite3, closer> handle_;
};

// Octets that are bound as a BLOB, not as text.
struct blob_octets {
    std::string_view octets;
};

// A statement with its parameters. Texts and blobs are not copied: they must live until the statement has run.
class statement {
public:
    template <typename... Values>
    statement(database& in, std::string_view sql, const Values&... values) : database_(in) {
        sqlite3_stmt* prepared = nullptr;
        in.check(sqlite3_prepare_v2(in.handle(), sql.data(), static_cast<int>(sql.size()), &prepared, nullptr));
        handle_.reset(prepared);
        int index = 0;
        (in.check(bind(++index, values)), ...);
    }

    // Goes to the next row; false if there is none.
    bool step() {
        const int code = sqlite3_step(handle_.get());
        if (code != SQLITE_ROW && code != SQLITE_DONE) {
            throw store_error(sqlite3_errmsg(database_.handle()));
        }
        return code == SQLITE_ROW;
    }

    std::int64_t integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }

    // The octets of a text or a blob; valid until the next step.
    std::string_view octets(int column) const {
        const void* begin = sqlite3_column_blob(handle_.get(), column);
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
        return size == 0 ? std::string_view() : std::string_view(static_cast<const char*>(begin), size);
    }

    std::string text(int column) const { return std::string(octets(column)); }

private:
    struct finalizer {
        void operator()(sqlite3_stmt* prepared) const { sqlite3_finalize(prepared); }
    };

    int bind(int index, std::int64_t value) { return sqlite3_bind_int64(handle_.get(), index, value); }
    int bind(int index, std::string_view value) {
        // A null pointer would be bound as NULL, which is no text.
        const char* begin = value.empty() ? "" : value.data();
        return sqlite3_bind_text64(handle_.get(), index, begin, value.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int bind(int index, blob_octets value) {
        return sqlite3_bind_blob64(handle_.get(), index, value.octets.data(), value.octets.size(), SQLITE_STATIC);
    }

    database& database_;
    std::unique_ptr<sqlite3_stmt, finalizer> handle_;
};

// Runs a statement to its end.
template <typename... Values> void run(database& in, std::string_view sql, const Values&... values) {
    statement each(in, sql, values...);
    while (each.step()) {
    }
}

// Runs a statement to its end. The first column of its first row; none if there is no row.
template <typename... Values>
std::optional<std::int64_t> first_integer(database& in, std::string_view sql, const Values&... values) {
    statement each(in, sql, values...);
    std::optional<std::int64_t> first;
    while (each.step()) {
        first = first ? first : each.integer(0);
    }
    return first;
}

// All or nothing: what is run while it lives is undone at its end, unless it was committed.
class transaction {
public:
    explicit transaction(database& in) : database_(in) { run(in, "BEGIN IMMEDIATE"); }
    transaction(const transaction&) = delete;
    transaction& operator=(const transaction&) = delete;

    ~transaction() {
        if (!committed_) {
            sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        }
    }

    void commit() {
        run(database_, "COMMIT");
        committed_ = true;
    }

private:
    database& database_;
    bool committed_ = false;
};

} // namespace mail_server
