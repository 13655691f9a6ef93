#pragma once

#include <benchmark/benchmark.h>

/// Reads one random row by its key.
void select_row(benchmark::State& state);
/// Reads ten random rows, whose statements go to the server together.
void select_in_pipeline(benchmark::State& state);
/// Changes one random row; the commit waits for the disk.
void update_row(benchmark::State& state);
