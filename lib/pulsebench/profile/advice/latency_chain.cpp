#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <string>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/run_process.hpp"
#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/profile/advice/advice.hpp"
#include "pulsebench/profile/loops.hpp"

namespace pulsebench::profile {
namespace {

constexpr double kLeastChainShare = 0.5, kFewestChainTurns = 4.0;
constexpr double kWaits = 1.5;  // times as many cycles as the units of the CPU need
constexpr int kIterations = 100;

/// What llvm-mca says of a turn of a loop.
struct Cycles {
  double total = 0.0;       ///< with waiting for results
  double throughput = 0.0;  ///< without
};

/// llvm-mca is wrong about locks, divisions, calls and strings.
bool can_be_analysed(const Loop& loop) {
  for (const DisassembledInstruction& one : loop.body) {
    const std::string& name = one.mnemonic;
    if (name.find("call") != std::string::npos || name.find("div") != std::string::npos ||
        name.find(' ') != std::string::npos || name.starts_with("xchg")) {
      return false;
    }
  }
  return true;
}

double number_behind(std::string_view text, std::string_view key) {
  const std::size_t at = text.find(key);
  if (at == std::string_view::npos) return 0.0;
  std::string_view rest = text.substr(at + key.size());
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  double number = 0.0;
  std::from_chars(rest.data(), rest.data() + rest.size(), number);
  return number;
}

std::optional<Cycles> analyse(const Loop& loop, const std::string& llvm_mca) {
  std::string assembly;
  for (const DisassembledInstruction& one : loop.body) {
    if (one.mnemonic.starts_with('j')) continue;
    assembly += one.mnemonic + " " + one.operands + "\n";
  }
  const auto folder = os::TemporaryFolder::make();
  if (!folder) return std::nullopt;
  const auto file = folder->path() / "loop.s";
  if (!os::write_whole(file, assembly)) return std::nullopt;
  const auto output =
      os::run_process({.argv = {llvm_mca, "-mcpu=native",
                                fmt::format("-iterations={}", kIterations), file.string()},
                       .limit = std::chrono::seconds{5}});
  if (!output || output->exit_code != 0) return std::nullopt;
  const Cycles cycles{.total = number_behind(output->text, "Total Cycles:") / kIterations,
                      .throughput = number_behind(output->text, "Block RThroughput:")};
  if (cycles.total <= 0.0 || cycles.throughput <= 0.0) return std::nullopt;
  return cycles;
}

}  // namespace

std::optional<Advice> advise_on_latency_chain(const Evidence& evidence) {
  if (evidence.llvm_mca.empty()) return std::nullopt;
  for (const HotFunction& hot : evidence.hot) {
    const auto loop = hottest_loop(hot.code);
    if (!loop || evidence.share(loop->instructions) < kLeastChainShare) continue;
    if (loop->iterations() < kFewestChainTurns || !can_be_analysed(*loop)) continue;
    const auto cycles = analyse(*loop, evidence.llvm_mca);
    if (!cycles || cycles->total < kWaits * cycles->throughput) continue;
    return Advice{
        .what = "each turn of a loop waits for the result of the turn before",
        .function = hot.function->name,
        .where = line_at(*hot.function, loop->head()),
        .evidence = fmt::format("{:.3g} cycles a turn where {:.3g} are enough without "
                                "waiting, by llvm-mca; {:.3g} turns per operation",
                                cycles->total, cycles->throughput, loop->iterations()),
        .remedy = "break the chain: two or four accumulators, which are added at the end",
        .gain_ns = evidence.ns_of(loop->instructions) * (1.0 - cycles->throughput / cycles->total)};
  }
  return std::nullopt;
}

}  // namespace pulsebench::profile
