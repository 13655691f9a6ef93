// Statements of one client to a PostgreSQL server on the same core, with their latencies. Source:
// docs/suites.md, "PostgreSQL".
#include <benchmark/benchmark.h>

#include "operations.hpp"

namespace {

BENCHMARK(select_row)->Name("postgres/select");
BENCHMARK(select_in_pipeline)->Name("postgres/pipeline_10");
BENCHMARK(update_row)->Name("postgres/update");

}  // namespace
