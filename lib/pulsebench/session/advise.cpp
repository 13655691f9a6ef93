#include "pulsebench/session/advise.hpp"

#include <utility>

#include "pulsebench/os/find_program.hpp"
#include "pulsebench/profile/disassembly.hpp"
#include "pulsebench/profile/prices.hpp"
#include "pulsebench/session/counted_operation.hpp"
#include "pulsebench/session/source_files.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

constexpr double kHotShare = 0.005;  // of the instructions
constexpr std::size_t kMostHot = 24;

std::string find_llvm_mca() {
  for (const char* name : {"llvm-mca", "llvm-mca-19", "llvm-mca-16", "llvm-mca-14"}) {
    if (const auto program = os::find_program(name); !program.empty()) return program.string();
  }
  return {};
}

/// Reads the machine code of the functions that execute the most.
void read_code(profile::Evidence& evidence, std::vector<std::string>& notes) {
  if (os::find_program("objdump").empty()) {
    notes.emplace_back(
        "objdump is not installed (Debian package binutils): rules that read machine code were "
        "not tried");
    return;
  }
  for (const profile::ExecutedFunction& function : evidence.profile.functions) {
    if (evidence.hot.size() == kMostHot) break;
    if (evidence.share(function.instructions) < kHotShare) break;
    auto code = profile::disassemble(function);
    if (code) evidence.hot.push_back({.function = &function, .code = *std::move(code)});
  }
}

}  // namespace

Result<profile::BenchmarkAdvice> advise(const Session& session, const CountRequest& request) {
  PB_TRY(const CountedBenchmark counted,
         count_benchmark(session, request, {"--branch-sim=yes", "--collect-systime=yes"}));
  profile::BenchmarkAdvice result{.benchmark = counted.info.id.text(),
                                  .ns_per_op = counted.ns_per_op,
                                  .instructions_per_op = counted.profile.instructions};
  profile::Evidence evidence{.ns_per_op = counted.ns_per_op,
                             .profile = counted.profile,
                             .prices = profile::measure_prices(),
                             .llvm_mca = find_llvm_mca()};
  read_code(evidence, result.notes);
  if (evidence.llvm_mca.empty()) {
    result.notes.emplace_back(
        "llvm-mca is not installed (Debian package llvm): the rule of latency chains was not "
        "tried");
  }
  result.advice = profile::advise(evidence);
  const SourceFiles sources{session.workspace.root};
  for (profile::Advice& advice : result.advice) advice.where = sources.name(advice.where);
  return result;
}

}  // namespace pulsebench::session
