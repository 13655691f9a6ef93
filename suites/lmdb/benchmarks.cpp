// LMDB by sync mode and size: reads, scans, updates, bulk inserts, transactions, opening. Keys have
// 8 bytes and values 200. Source: docs/suites.md, "LMDB".
#include <benchmark/benchmark.h>

#include <pulsebench/harness/traits.hpp>

#include "operations.hpp"

namespace {

using benchmark::State;

/// Sizes of the databases, in keys: 3, 24 and 230 MB.
void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->Arg(10'000)->Arg(100'000)->Arg(1'000'000);
}
constexpr int kUsual = 100'000;

/// Sizes of the databases that each launch copies: a million keys would take most of the run.
void copied_sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->Arg(10'000)->Arg(30'000)->Arg(100'000);
}

int keys_of(const State& state) { return static_cast<int>(state.range(0)); }

void read(State& state) { read_point(state, keys_of(state)); }
BENCHMARK(read)->Name("lmdb/read")->Apply(sizes);

void scan_100(State& state) { scan_range(state, keys_of(state)); }
BENCHMARK(scan_100)->Name("lmdb/scan_100")->Apply(sizes);

void open(State& state) { open_database(state, keys_of(state)); }
BENCHMARK(open)->Name("lmdb/open")->Apply(sizes);

void transaction_read(State& state) { begin_reading(state, kUsual); }
BENCHMARK(transaction_read)->Name("lmdb/transaction/read");

void transaction_write(State& state) { begin_writing(state, kUsual); }
BENCHMARK(transaction_write)->Name("lmdb/transaction/write");

// One update a transaction.
void update_1(State& state, Sync sync) { update(state, sync, 1, kUsual); }
BENCHMARK_CAPTURE(update_1, fsync, Sync::full)->Name("lmdb/update/fsync");
BENCHMARK_CAPTURE(update_1, nometasync, Sync::no_meta)->Name("lmdb/update/nometasync");
BENCHMARK_CAPTURE(update_1, nosync, Sync::none)->Name("lmdb/update/nosync");
BENCHMARK_CAPTURE(update_1, writemap, Sync::none_by_mapping)->Name("lmdb/update/writemap");

// 100 updates a transaction.
void update_100(State& state, Sync sync) { update(state, sync, 100, kUsual); }
BENCHMARK_CAPTURE(update_100, fsync, Sync::full)->Name("lmdb/update_100/fsync");
BENCHMARK_CAPTURE(update_100, nometasync, Sync::no_meta)->Name("lmdb/update_100/nometasync");
BENCHMARK_CAPTURE(update_100, writemap, Sync::none_by_mapping)->Name("lmdb/update_100/writemap");
void update_100_nosync(State& state) { update(state, Sync::none, 100, keys_of(state)); }
BENCHMARK(update_100_nosync)->Name("lmdb/update_100/nosync")->Apply(copied_sizes);

// Bulk insert.
BENCHMARK_CAPTURE(append, fsync, Sync::full)->Name("lmdb/append_1000/fsync");
BENCHMARK_CAPTURE(append, nosync, Sync::none)->Name("lmdb/append_1000/nosync");

// A commit that waits for the disk is as fast as the disk is idle: it informs.
const pulsebench::Traits kUpdate{"lmdb/update/fsync", {.tier = 3}};
const pulsebench::Traits kUpdateNoMeta{"lmdb/update/nometasync", {.tier = 3}};
const pulsebench::Traits kUpdate100{"lmdb/update_100/fsync", {.tier = 3}};
const pulsebench::Traits kUpdate100NoMeta{"lmdb/update_100/nometasync", {.tier = 3}};
const pulsebench::Traits kAppend{"lmdb/append_1000/fsync", {.tier = 3}};

}  // namespace
