#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/profile/disassembly.hpp"
#include "pulsebench/profile/operation_profile.hpp"
#include "pulsebench/profile/prices.hpp"
#include "pulsebench/vocabulary/names.hpp"
#include "pulsebench/vocabulary/source_line.hpp"

/// Advice by rules: each is one file of this folder and one row of the table in advice.cpp. A rule
/// gives advice only with figures.
namespace pulsebench::profile {

/// How sure it is that the advice makes the operation faster.
enum class Confidence { likely, possible };

/// What might be done about a benchmark, and why. Names and paths in it are untrusted.
struct Advice {
  std::string rule = {};      ///< of the table: "allocation"
  std::string what = {};      ///< in one clause
  std::string function = {};  ///< that has the code
  std::optional<SourceLine> where = {};
  std::string evidence = {};  ///< figures
  std::string remedy = {};    ///< what to try
  double gain_ns = 0.0;       ///< expected, per operation
  Confidence confidence = Confidence::likely;
};

/// What the rules say of one benchmark.
struct BenchmarkAdvice {
  std::string benchmark = {};
  double ns_per_op = 0.0;
  double instructions_per_op = 0.0;
  std::vector<Advice> advice = {};
  std::vector<std::string> notes = {};  ///< which rules were not tried, and why
};

/// A function and its machine code.
struct HotFunction {
  const ExecutedFunction* function = nullptr;
  std::vector<DisassembledInstruction> code = {};  ///< empty where it cannot be read
};

/// What is known about an operation.
struct Evidence {
  double ns_per_op = 0.0;
  const OperationProfile& profile;
  std::vector<HotFunction> hot = {};  ///< the most instructions first
  Prices prices = {};
  std::string llvm_mca = {};  ///< the program to run; empty: not installed

  [[nodiscard]] double share(double instructions) const {
    return profile.instructions > 0.0 ? instructions / profile.instructions : 0.0;
  }
  [[nodiscard]] double ns_of(double instructions) const { return ns_per_op * share(instructions); }
};

/// The line of source code at an address of the function; empty where it is not known.
[[nodiscard]] std::optional<SourceLine> line_at(const ExecutedFunction& function,
                                                std::uint64_t address);

/// How often an operation enters functions of these names.
[[nodiscard]] double entries_of(const OperationProfile& profile,
                                const std::function<bool(std::string_view name)>& is_one);

/// Instructions of one kind in the hot functions: how often, and the one that is executed the most.
struct Found {
  double executions = 0.0;
  const HotFunction* in = nullptr;  ///< null: there is none
  const DisassembledInstruction* most = nullptr;
};
[[nodiscard]] Found find_instructions(
    const Evidence& evidence, const std::function<bool(const DisassembledInstruction&)>& is_one);

using Rule = std::optional<Advice> (*)(const Evidence&);

[[nodiscard]] std::optional<Advice> advise_on_allocation(const Evidence& evidence);
[[nodiscard]] std::optional<Advice> advise_on_branch_misses(const Evidence& evidence);
[[nodiscard]] std::optional<Advice> advise_on_copies(const Evidence& evidence);
[[nodiscard]] std::optional<Advice> advise_on_division(const Evidence& evidence);
[[nodiscard]] std::optional<Advice> advise_on_latency_chain(const Evidence& evidence);
[[nodiscard]] std::optional<Advice> advise_on_lock_prefix(const Evidence& evidence);
[[nodiscard]] std::optional<Advice> advise_on_loop_alignment(const Evidence& evidence);
[[nodiscard]] std::optional<Advice> advise_on_plt_calls(const Evidence& evidence);
[[nodiscard]] std::optional<Advice> advise_on_short_calls(const Evidence& evidence);
[[nodiscard]] std::optional<Advice> advise_on_system_calls(const Evidence& evidence);
[[nodiscard]] std::optional<Advice> advise_on_vectorisation(const Evidence& evidence);

inline constexpr std::size_t kMostAdvice = 5;
inline constexpr double kLeastGain = 0.02;  ///< of the operation

/// How many rules there are.
[[nodiscard]] std::size_t count_rules();

/// What the rules say, the largest expected gain first: at most `kMostAdvice`, nothing below
/// `kLeastGain`.
[[nodiscard]] std::vector<Advice> advise(const Evidence& evidence);

}  // namespace pulsebench::profile

namespace pulsebench {

template <>
inline constexpr std::array<Named<profile::Confidence>, 2> kNames<profile::Confidence>{
    {{profile::Confidence::likely, "likely"}, {profile::Confidence::possible, "possible"}}};

}  // namespace pulsebench
