#include "operations.hpp"

#include <fixtures/fixture_folder.hpp>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <string>
#include <system_error>

#include "database.hpp"

namespace {

namespace fs = std::filesystem;

constexpr int kScanned = 100;
constexpr int kAppended = 1000;

/// Random keys below `keys`, the same in every launch: xorshift64*, Vigna 2016.
class RandomKeys {
 public:
  explicit RandomKeys(int keys) : keys_(static_cast<std::uint64_t>(keys)) {}

  std::uint64_t next() {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return (state_ * 0x2545F4914F6CDD1DU >> 32U) % keys_;
  }

 private:
  std::uint64_t keys_;
  std::uint64_t state_ = 0x9E3779B97F4A7C15U;
};

/// The prepared databases of this run, and a fresh copy of one.
class Fixture {
 public:
  explicit Fixture(int keys)
      : folder_("lmdb-1"), name_(std::to_string(keys)), problem_(folder_.problem()) {
    if (!problem_.empty() || keys == 0) return;
    problem_ = folder_.prepare(name_, [keys](const fs::path& path) {
      fill(path, keys);
      return std::string{};
    });
  }
  ~Fixture() {
    std::error_code ignored;
    if (!copy_.empty()) fs::remove_all(copy_, ignored);
  }
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;

  /// Skips the benchmark where there is no fixture.
  [[nodiscard]] bool skips(benchmark::State& state) const {
    if (!problem_.empty()) state.SkipWithError(problem_.c_str());
    return !problem_.empty();
  }
  [[nodiscard]] fs::path prepared() const { return folder_.path() / name_; }

  /// Makes a fresh copy of the prepared database: what a launch leaves in a file, such as its free
  /// pages, is not for the next one.
  fs::path copy() {
    make_copy_folder();
    if (problem_.empty()) problem_ = copy_contents(prepared() / "data.mdb", copy_ / "data.mdb");
    return copy_;
  }
  fs::path make_copy_folder() {
    std::string unique = (folder_.path() / "launch-XXXXXX").string();
    if (mkdtemp(unique.data()) == nullptr) problem_ = "cannot make " + unique;
    return copy_ = unique;
  }
  [[nodiscard]] std::string file_system() const { return folder_.file_system(); }

 private:
  FixtureFolder folder_;
  std::string name_, problem_;
  fs::path copy_;
};

void label_reads(benchmark::State& state) {
  state.SetLabel("reads the page cache: a benchmark of memory");
}

bool waits_for_disk(Sync sync) { return sync == Sync::full || sync == Sync::no_meta; }

/// Measures commits, each of `items`. Those that wait for the disk are also timed one by one.
template <class Op>
void measure_commits(benchmark::State& state, const Fixture& fixture, Sync sync, int items,
                     Op&& op) {
  const std::string where = fixture.file_system();
  if (waits_for_disk(sync)) {
    pulsebench::measure_latency(state, op);
    state.SetLabel(where == "tmpfs" ? "tmpfs: an fsync is free there" : where);
  } else {
    pulsebench::measure(state, op);
    state.SetLabel(where + ", never synced: a benchmark of memory");
  }
  state.SetItemsProcessed(std::int64_t{items} * state.iterations());
}

}  // namespace

void read_point(benchmark::State& state, int keys) {
  const Fixture fixture{keys};
  if (fixture.skips(state)) return;
  const Database database{fixture.prepared(), MDB_RDONLY};
  database.touch_all();
  MDB_txn* const transaction = database.begin(MDB_RDONLY);
  RandomKeys random{keys};
  pulsebench::measure(state, [&database, &random, transaction] {
    std::uint64_t key = random.next();
    MDB_val wanted{sizeof key, &key};
    MDB_val found{};
    check(mdb_get(transaction, database.table(), &wanted, &found), "mdb_get");
    pulsebench::consume(*static_cast<const char*>(found.mv_data));
  });
  mdb_txn_abort(transaction);
  label_reads(state);
}

void scan_range(benchmark::State& state, int keys) {
  const Fixture fixture{keys};
  if (fixture.skips(state)) return;
  const Database database{fixture.prepared(), MDB_RDONLY};
  database.touch_all();
  MDB_txn* const transaction = database.begin(MDB_RDONLY);
  MDB_cursor* cursor = nullptr;
  check(mdb_cursor_open(transaction, database.table(), &cursor), "mdb_cursor_open");
  RandomKeys random{keys - kScanned};
  pulsebench::measure(state, [cursor, &random] {
    std::uint64_t key = random.next();
    MDB_val wanted{sizeof key, &key};
    MDB_val found{};
    check(mdb_cursor_get(cursor, &wanted, &found, MDB_SET_RANGE), "mdb_cursor_get");
    for (int i = 0; i < kScanned; ++i) {
      pulsebench::consume(*static_cast<const char*>(found.mv_data));
      check(mdb_cursor_get(cursor, &wanted, &found, MDB_NEXT), "mdb_cursor_get");
    }
  });
  mdb_cursor_close(cursor);
  mdb_txn_abort(transaction);
  state.SetItemsProcessed(std::int64_t{kScanned} * state.iterations());
  label_reads(state);
}

void open_database(benchmark::State& state, int keys) {
  const Fixture fixture{keys};
  if (fixture.skips(state)) return;
  const fs::path path = fixture.prepared();
  pulsebench::measure(state, [&path] { const Database database{path, MDB_RDONLY}; });
}

void begin_reading(benchmark::State& state, int keys) {
  const Fixture fixture{keys};
  if (fixture.skips(state)) return;
  const Database database{fixture.prepared(), MDB_RDONLY};
  pulsebench::measure(state, [&database] { mdb_txn_abort(database.begin(MDB_RDONLY)); });
}

void begin_writing(benchmark::State& state, int keys) {
  Fixture fixture{keys};
  const fs::path path = fixture.copy();
  if (fixture.skips(state)) return;
  const Database database{path, 0};
  pulsebench::measure(state, [&database] { mdb_txn_abort(database.begin()); });
}

void update(benchmark::State& state, Sync sync, int updates, int keys) {
  Fixture fixture{keys};
  const fs::path path = fixture.copy();
  if (fixture.skips(state)) return;
  const Database database{path, flags_of(sync)};
  database.touch_all();
  RandomKeys random{keys};
  measure_commits(state, fixture, sync, updates, [&database, &random, updates] {
    MDB_txn* const transaction = database.begin();
    for (int i = 0; i < updates; ++i) database.put(transaction, random.next());
    check(mdb_txn_commit(transaction), "mdb_txn_commit");
  });
}

void append(benchmark::State& state, Sync sync) {
  Fixture fixture{0};
  const fs::path path = fixture.make_copy_folder();
  if (fixture.skips(state)) return;
  const Database database{path, flags_of(sync)};
  std::uint64_t key = 0;
  measure_commits(state, fixture, sync, kAppended, [&database, &key] {
    MDB_txn* const transaction = database.begin();
    for (int i = 0; i < kAppended; ++i) database.put(transaction, key++, MDB_APPEND);
    check(mdb_txn_commit(transaction), "mdb_txn_commit");
  });
}
