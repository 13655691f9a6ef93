#pragma once

#include <benchmark/benchmark.h>

/// How far a commit goes before it returns; lmdb.h, "Environment Flags".
enum class Sync {
  full,             ///< default: an fsync of data, and one of the meta page
  no_meta,          ///< MDB_NOMETASYNC: a crash may undo the last commit
  none,             ///< MDB_NOSYNC: the kernel writes when it likes
  none_by_mapping,  ///< MDB_WRITEMAP and MDB_NOSYNC: pages are changed in place, in memory
};

/// Reads the value of one random key of `keys`.
void read_point(benchmark::State& state, int keys);
/// Reads 100 neighbours from a random key on.
void scan_range(benchmark::State& state, int keys);
/// Opens the database for reading, and closes it.
void open_database(benchmark::State& state, int keys);
/// Begins a transaction that reads, and ends it.
void begin_reading(benchmark::State& state, int keys);
/// Begins a transaction that writes, and aborts it.
void begin_writing(benchmark::State& state, int keys);
/// Commits one transaction with `updates` new values for random keys.
void update(benchmark::State& state, Sync sync, int updates, int keys);
/// Commits one transaction with 1000 keys behind all others of a new database.
void append(benchmark::State& state, Sync sync);
