#include "pulsebench/exchange/exporters.hpp"

#include <algorithm>
#include <array>

namespace pulsebench::exchange {

using WriteResult = std::string(const baseline::Document&);
// Each in its own `export_<format>.cpp`.
WriteResult write_bencher, write_github_action_benchmark, write_go, write_hyperfine;

namespace {

constexpr std::array kExporters{
    Exporter{"go", "benchstat", write_go}, Exporter{"bencher", "Bencher", write_bencher},
    Exporter{"github-action-benchmark", "github-action-benchmark (customSmallerIsBetter)",
             write_github_action_benchmark},
    Exporter{"hyperfine", "tools that read hyperfine's JSON", write_hyperfine}};

}  // namespace

std::span<const Exporter> exporters() { return kExporters; }

const Exporter* find_exporter(std::string_view name) {
  const auto found = std::ranges::find(kExporters, name, &Exporter::name);
  return found == kExporters.end() ? nullptr : &*found;
}

}  // namespace pulsebench::exchange
