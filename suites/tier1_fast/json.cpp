// Throughput of parsing a document of a given size. The only file of the suite with a JSON library.
#include <benchmark/benchmark.h>

#include <nlohmann/json.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <string>

namespace {

/// An object of numbered strings, padded to `bytes`.
std::string document_of(std::size_t bytes) {
  nlohmann::json document = nlohmann::json::object();
  for (int i = 0; document.dump().size() + 40 < bytes; ++i) {
    document["field_" + std::to_string(i)] = "value_" + std::to_string(i);
  }
  std::string text = document.dump();
  text.insert(text.size() - 1, bytes - text.size(), ' ');
  return text;
}

void parse(benchmark::State& state) {
  const auto bytes = static_cast<std::size_t>(state.range(0));
  const std::string text = document_of(bytes);
  pulsebench::measure(
      state, [&text] { pulsebench::consume(nlohmann::json::parse(text, nullptr, false).size()); });
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(parse)->Name("json/parse")->Arg(100)->Arg(1024)->Arg(10240);

}  // namespace
