#include "pulsebench/machine/placement.hpp"

#include <algorithm>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::machine {
namespace {

/// Reads a list of the kernel; empty if absent or not a list ("(null)" on older kernels).
Result<CpuList> kernel_list(const std::filesystem::path& file) {
  PB_TRY(const auto& text, os::read_unless_absent(file));
  return parse_cpu_list(text.value_or("")).value_or(CpuList{});
}

Failure impossible(const std::string& list, std::string_view why, const CpuList& allowed) {
  return fail(ErrorCode::bad_input,
              fmt::format("cannot measure on CPUs '{}': {}; allowed here: {}", printable(list, 60),
                          why, format_cpu_list(allowed)));
}

Result<CpuList> asked_for(const std::string& list, const CpuList& online, const CpuList& allowed) {
  const auto cpus = parse_cpu_list(list);
  if (!cpus || cpus->empty()) return impossible(list, "not a list like 1 or 0-2,5", allowed);
  if (!online.empty()) {
    const CpuList absent = without(*cpus, online);
    if (!absent.empty()) {
      return impossible(list, fmt::format("{} not online", format_cpu_list(absent)), allowed);
    }
  }
  const CpuList barred = without(*cpus, allowed);
  if (!barred.empty()) {
    return impossible(list, fmt::format("{} not allowed for this process", format_cpu_list(barred)),
                      allowed);
  }
  return *cpus;
}

struct Choice {
  int cpu;
  std::string why;
};

Result<Choice> choose(const Roots& roots, const CpuList& allowed) {
  PB_TRY(const CpuList isolated, kernel_list(roots.sys / "devices/system/cpu/isolated"));
  const CpuList ours = common_to(isolated, allowed);
  if (!ours.empty()) return Choice{ours.front(), "the first isolated CPU"};
  for (auto cpu = allowed.rbegin(); cpu != allowed.rend(); ++cpu) {
    const auto siblings = siblings_of(roots, *cpu);
    if (siblings && common_to(*siblings, allowed).empty()) {
      return Choice{*cpu, "the last allowed CPU that shares its core with no other"};
    }
  }
  return Choice{allowed.back(), "the last allowed CPU"};
}

/// Places the orchestrator on other CPUs than the measuring ones, on other cores if possible.
void keep_off(const Roots& roots, const CpuList& allowed, Placement& placement) {
  const CpuList others = without(allowed, placement.measure);
  CpuList siblings;
  for (const int cpu : placement.measure) {
    const CpuList others_of_core = siblings_of(roots, cpu).value_or(CpuList{});
    siblings.insert(siblings.end(), others_of_core.begin(), others_of_core.end());
  }
  std::sort(siblings.begin(), siblings.end());
  placement.orchestrate = without(others, siblings);
  const std::string measuring = format_cpu_list(placement.measure);
  if (others.empty()) {
    placement.orchestrate = placement.measure;
    placement.warning = fmt::format(
        "the orchestrator shares CPU {} with the benchmark, since no other is allowed: expect "
        "more noise; allow a second CPU (taskset, docker --cpuset-cpus)",
        measuring);
  } else if (placement.orchestrate.empty()) {
    placement.orchestrate = others;
    placement.warning = fmt::format(
        "CPU {} shares its core with CPU {}, where the orchestrator runs: expect more noise; allow "
        "a CPU of another core",
        measuring, format_cpu_list(common_to(others, siblings)));
  }
}

}  // namespace

Result<CpuList> siblings_of(const Roots& roots, int cpu) {
  const auto folder = roots.sys / "devices/system/cpu" / fmt::format("cpu{}", cpu) / "topology";
  PB_TRY(const auto& text, os::read_pseudo_file(folder / "thread_siblings_list"));
  return without(parse_cpu_list(text).value_or(CpuList{}), {cpu});
}

Result<Placement> place(const Roots& roots, const CpuList& allowed,
                        const std::optional<std::string>& requested) {
  if (allowed.empty()) return fail(ErrorCode::io, "no CPU is allowed for this process");
  Placement placement;
  if (requested) {
    PB_TRY(const auto& online, kernel_list(roots.sys / "devices/system/cpu/online"));
    PB_TRY(placement.measure, asked_for(*requested, online, allowed));
    placement.why = "requested by --cpus";
  } else {
    PB_TRY(Choice choice, choose(roots, allowed));
    placement.measure = {choice.cpu};
    placement.why = std::move(choice.why);
  }
  keep_off(roots, allowed, placement);
  return placement;
}

Result<Placement> place(const std::optional<std::string>& requested) {
  PB_TRY(const auto allowed, this_kernel().affinity());
  return place(Roots{}, allowed, requested);
}

CpuList thread_cpus(const Placement& placement) {
  if (placement.measure.size() > 1) return placement.measure;
  CpuList all;
  std::set_union(placement.measure.begin(), placement.measure.end(), placement.orchestrate.begin(),
                 placement.orchestrate.end(), std::back_inserter(all));
  return all;
}

Result<void> pin_to(const CpuList& cpus, Kernel& kernel) {
  const std::string list = format_cpu_list(cpus);
  if (const int error = kernel.set_affinity(cpus); error != 0) {
    return fail(ErrorCode::io, fmt::format("cannot run on CPUs '{}': {}", list,
                                           std::generic_category().message(error)));
  }
  PB_TRY(const auto reached, kernel.affinity());
  if (reached != cpus) {
    return fail(ErrorCode::io,
                fmt::format("requested CPUs '{}', but got '{}'", list, format_cpu_list(reached)));
  }
  return {};
}

}  // namespace pulsebench::machine
