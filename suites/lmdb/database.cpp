#include "database.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <system_error>

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMapped = std::size_t{4} << 30U;  // of addresses, not of memory
constexpr int kFilledAtOnce = 10'000;

MDB_env* open_environment(const fs::path& path, unsigned flags) {
  MDB_env* environment = nullptr;
  check(mdb_env_create(&environment), "mdb_env_create");
  check(mdb_env_set_mapsize(environment, kMapped), "mdb_env_set_mapsize");
  check(mdb_env_open(environment, path.c_str(), flags, 0600), "mdb_env_open");
  return environment;
}

}  // namespace

void check(int result, const char* what) {
  if (result == MDB_SUCCESS) return;
  std::fprintf(stderr, "%s: %s\n", what, mdb_strerror(result));
  _exit(1);
}

Database::Database(const fs::path& path, unsigned flags)
    : environment_(open_environment(path, flags)) {
  const bool reads = (flags & MDB_RDONLY) != 0;
  MDB_txn* const transaction = begin(reads ? MDB_RDONLY : 0);
  check(mdb_dbi_open(transaction, nullptr, MDB_INTEGERKEY, &table_), "mdb_dbi_open");
  check(mdb_txn_commit(transaction), "mdb_txn_commit");
}

Database::~Database() { mdb_env_close(environment_); }

MDB_txn* Database::begin(unsigned flags) const {
  MDB_txn* transaction = nullptr;
  check(mdb_txn_begin(environment_, nullptr, flags, &transaction), "mdb_txn_begin");
  return transaction;
}

void Database::touch_all() const {
  MDB_txn* const transaction = begin(MDB_RDONLY);
  MDB_cursor* cursor = nullptr;
  check(mdb_cursor_open(transaction, table_, &cursor), "mdb_cursor_open");
  MDB_val key{};
  MDB_val value{};
  while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == MDB_SUCCESS) {
  }
  mdb_cursor_close(cursor);
  mdb_txn_abort(transaction);
}

void Database::put(MDB_txn* transaction, std::uint64_t key, unsigned flags) const {
  std::array<char, 200> value{};
  value[0] = static_cast<char>(key);
  MDB_val wanted{sizeof key, &key};
  MDB_val stored{value.size(), value.data()};
  check(mdb_put(transaction, table_, &wanted, &stored, flags), "mdb_put");
}

unsigned flags_of(Sync sync) {
  switch (sync) {
    case Sync::full:
      return 0;
    case Sync::no_meta:
      return MDB_NOMETASYNC;
    case Sync::none:
      return MDB_NOSYNC;
    case Sync::none_by_mapping:
      return MDB_WRITEMAP | MDB_NOSYNC;
  }
  return 0;
}

void fill(const fs::path& path, int keys) {
  std::error_code error;
  fs::create_directory(path, error);
  const Database database{path, MDB_NOSYNC};
  for (int key = 0; key < keys;) {
    MDB_txn* const transaction = database.begin();
    for (const int end = std::min(key + kFilledAtOnce, keys); key < end; ++key) {
      database.put(transaction, static_cast<std::uint64_t>(key), MDB_APPEND);
    }
    check(mdb_txn_commit(transaction), "mdb_txn_commit");
  }
}
