#pragma once

#include <lmdb.h>

#include <cstdint>
#include <filesystem>
#include <string>

#include "operations.hpp"

/// Ends the process where LMDB fails in the middle of a measurement.
void check(int result, const char* what);

/// An open database with integer keys from 0 on.
class Database {
 public:
  /// Opens the database in the folder `path`, which exists. `flags` are those of mdb_env_open.
  Database(const std::filesystem::path& path, unsigned flags);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] MDB_txn* begin(unsigned flags = 0) const;
  [[nodiscard]] MDB_dbi table() const { return table_; }

  /// Reads every key once, so that no page is mapped for the first time while it is measured.
  void touch_all() const;

  /// Sets `key` to a value of 200 bytes; `flags` are those of mdb_put.
  void put(MDB_txn* transaction, std::uint64_t key, unsigned flags = 0) const;

 private:
  MDB_env* environment_ = nullptr;
  MDB_dbi table_ = 0;
};

[[nodiscard]] unsigned flags_of(Sync sync);

/// Makes the folder `path` with a database of `keys`.
void fill(const std::filesystem::path& path, int keys);
