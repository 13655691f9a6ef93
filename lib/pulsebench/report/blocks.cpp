#include "pulsebench/report/blocks.hpp"

#include <utility>

#include "pulsebench/report/allocations_table.hpp"
#include "pulsebench/report/complexity_table.hpp"
#include "pulsebench/report/latency_table.hpp"
#include "pulsebench/report/scaling_table.hpp"
#include "pulsebench/report/throughput_table.hpp"

namespace pulsebench::report {

std::vector<std::string> blocks(const baseline::Document& document, const render::Style& style) {
  std::vector<std::string> drawn;
  for (const auto& table :
       {&latency_table, &throughput_table, &complexity_table, &allocations_table, &scaling_table}) {
    if (std::string text = table(document, style); !text.empty()) drawn.push_back(std::move(text));
  }
  return drawn;
}

}  // namespace pulsebench::report
