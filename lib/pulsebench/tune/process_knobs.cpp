#include "pulsebench/tune/process_knobs.hpp"

#include <fcntl.h>
#include <linux/mempolicy.h>
#include <sched.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/machine/sensors.hpp"
#include "pulsebench/os/pseudo_file.hpp"

namespace pulsebench::tune {
namespace {

constexpr std::size_t kWordBits = sizeof(unsigned long) * CHAR_BIT;
constexpr unsigned long kAskPersonality = 0xFFFFFFFF;

/// Set of CPUs or nodes for system calls, without heap memory.
struct Mask {
  std::array<unsigned long, (machine::kLastCpu + 1) / kWordBits> words{};

  void set(int bit) {
    const auto at = static_cast<std::size_t>(bit);
    words[at / kWordBits] |= 1UL << (at % kWordBits);
  }
  [[nodiscard]] machine::CpuList bits() const {
    machine::CpuList set;
    for (int bit = 0; bit <= machine::kLastCpu; ++bit) {
      const auto at = static_cast<std::size_t>(bit);
      if ((words[at / kWordBits] >> (at % kWordBits) & 1UL) != 0) set.push_back(bit);
    }
    return set;
  }
};

int error_of(long result) { return result < 0 ? errno : 0; }

/// Joins a group: "0" is the writing process (Documentation/admin-guide/cgroup-v2.rst). 0 or an
/// errno.
int join(const char* procs) noexcept {
  const int fd = ::open(procs, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return errno;
  const int error = error_of(::write(fd, "0", 1));
  ::close(fd);
  return error;
}

/// Settings of a process that it reads itself and writes to a pipe.
struct Seen {
  ProcessAnswer answer;
  Mask cpus;
  int nice = 0;
  int policy = 0;
  bool fixed_layout = false;
  bool no_huge_pages = false;
  int memory_policy = 0;
  Mask nodes;
};

Seen observe_this_process() {
  Seen seen;
  ::syscall(SYS_sched_getaffinity, 0, sizeof seen.cpus.words, seen.cpus.words.data());
  seen.nice = ::getpriority(PRIO_PROCESS, 0);
  seen.policy = ::sched_getscheduler(0);
  const int persona = ::personality(kAskPersonality);
  seen.fixed_layout = persona >= 0 && (persona & ADDR_NO_RANDOMIZE) != 0;
  seen.no_huge_pages = ::prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0) == 1;
  ::syscall(SYS_get_mempolicy, &seen.memory_policy, seen.nodes.words.data(), machine::kLastCpu + 1,
            nullptr, 0);
  return seen;
}

/// Settings that a new process achieved.
Result<Seen> observe_new_process(const ProcessSettings& request) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return fail(ErrorCode::io, std::generic_category().message(errno));
  }
  const int pid = ::fork();
  if (pid == 0) {
    const ProcessAnswer answer = apply_process_settings(request);
    Seen seen = observe_this_process();
    seen.answer = answer;
    const ssize_t written =
        ::write(ends[1], &seen, sizeof seen);  // atomic, since it is below PIPE_BUF
    ::_exit(written == static_cast<ssize_t>(sizeof seen) ? 0 : 1);
  }
  const int error = errno;
  ::close(ends[1]);
  Seen seen;
  ssize_t got = 0;
  if (pid > 0) {
    while ((got = ::read(ends[0], &seen, sizeof seen)) < 0 && errno == EINTR) {
    }
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  ::close(ends[0]);
  if (pid < 0) return fail(ErrorCode::io, std::generic_category().message(error));
  if (got != static_cast<ssize_t>(sizeof seen))
    return fail(ErrorCode::io, "the process was killed");
  return seen;
}

KnobReport report(const char* name, std::string requested, std::string achieved, int answer,
                  bool reached) {
  KnobReport knob{name, "", std::move(requested), std::move(achieved), KnobOutcome::set, ""};
  if (answer < 0) {
    knob.outcome = KnobOutcome::not_asked;
    knob.reason = "not requested";
    knob.requested.clear();
  } else if (answer == EPERM || answer == EACCES) {
    knob.outcome = KnobOutcome::not_permitted;
    knob.reason = std::generic_category().message(answer);
  } else if (answer == ENOSYS) {
    knob.outcome = KnobOutcome::absent;
    knob.reason = "this kernel has no such call";
  } else if (answer != 0) {
    knob.outcome = KnobOutcome::refused;
    knob.reason = std::generic_category().message(answer);
  } else if (!reached) {
    knob.outcome = KnobOutcome::refused;
    knob.reason = "accepted, but without effect";
  }
  return knob;
}

const char* policy_name(int policy) {
  switch (policy) {
    case SCHED_OTHER:
      return "normal";
    case SCHED_BATCH:
      return "batch";
    case SCHED_IDLE:
      return "idle";
    default:
      return "real-time";
  }
}

}  // namespace

ProcessSettings default_request(const machine::Roots& roots, const machine::Placement& placement) {
  ProcessSettings request;
  request.cpus = placement.measure;
  request.nice = -10;
  request.fixed_layout = true;
  request.lock_memory = true;
  const auto pages = machine::transparent_hugepages(roots);
  request.no_huge_pages = pages && *pages == "always";
  if (!pages && pages.error().code != ErrorCode::not_found) {
    request.huge_pages_unknown = pages.error().message;
  }
  const auto online = os::read_pseudo_file(roots.sys / "devices/system/node/online");
  const auto nodes = machine::parse_cpu_list(online.value_or("")).value_or(machine::CpuList{});
  const auto cpu = roots.sys / "devices/system/cpu" / fmt::format("cpu{}", placement.measure[0]);
  for (const int node : nodes.size() > 1 ? nodes : machine::CpuList{}) {
    std::error_code ignored;
    if (std::filesystem::exists(cpu / fmt::format("node{}", node), ignored)) {
      request.memory_node = node;
    }
  }
  if (!online && online.error().code != ErrorCode::not_found) {
    request.memory_nodes_unknown = online.error().message;
  } else {
    request.one_memory_node = !request.memory_node;
  }
  return request;
}

int try_to_join(const std::string& control_group) {
  ProcessSettings request;
  request.control_group = control_group;
  const auto seen = observe_new_process(request);
  return seen ? seen->answer.control_group : ECHILD;
}

ProcessAnswer apply_process_settings(const ProcessSettings& request) noexcept {
  ProcessAnswer answer;
  // First: the affinity to a partition's CPUs can be set only inside of it.
  if (!request.control_group.empty()) answer.control_group = join(request.control_group.c_str());
  if (!request.cpus.empty()) {
    Mask mask;
    for (const int cpu : request.cpus) mask.set(cpu);
    answer.affinity =
        error_of(::syscall(SYS_sched_setaffinity, 0, sizeof mask.words, mask.words.data()));
  }
  // Before nice: setting a policy also sets the thread's current nice value.
  if (request.batch) {
    const sched_param none{};
    answer.batch = error_of(::sched_setscheduler(0, SCHED_BATCH, &none));
  }
  if (request.nice) answer.nice = error_of(::setpriority(PRIO_PROCESS, 0, *request.nice));
  if (request.fixed_layout) {
    const int before = ::personality(kAskPersonality);
    answer.fixed_layout = error_of(before);
    if (before >= 0) {
      answer.fixed_layout =
          error_of(::personality(static_cast<unsigned long>(before) | ADDR_NO_RANDOMIZE));
    }
  }
  if (request.no_huge_pages) {
    answer.no_huge_pages = error_of(::prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0));
  }
  if (request.memory_node) {
    Mask mask;
    mask.set(*request.memory_node);
    answer.memory_node = error_of(::syscall(SYS_set_mempolicy, MPOL_BIND, mask.words.data(),
                                            std::size_t{machine::kLastCpu + 1}));
  }
  return answer;
}

std::vector<KnobReport> try_in_a_process(const ProcessSettings& request) {
  const auto seen = observe_new_process(request);
  if (!seen) {
    return {{"affinity", "", machine::format_cpu_list(request.cpus), "", KnobOutcome::refused,
             "cannot start a process: " + seen.error().message}};
  }
  const ProcessAnswer& answer = seen->answer;
  const int nice = request.nice.value_or(0);
  const int node = request.memory_node.value_or(0);
  const bool bound = seen->memory_policy == MPOL_BIND;
  std::vector<KnobReport> knobs{
      report("affinity", machine::format_cpu_list(request.cpus),
             machine::format_cpu_list(seen->cpus.bits()), answer.affinity,
             seen->cpus.bits() == request.cpus),
      report("nice", fmt::format("{}", nice), fmt::format("{}", seen->nice), answer.nice,
             seen->nice == nice),
      report("scheduling", "batch", policy_name(seen->policy), answer.batch,
             seen->policy == SCHED_BATCH),
      report("benchmark_aslr", "off", seen->fixed_layout ? "off" : "on", answer.fixed_layout,
             seen->fixed_layout),
      report("benchmark_huge_pages", "off", seen->no_huge_pages ? "off" : "as the system's",
             answer.no_huge_pages, seen->no_huge_pages),
      report("memory_node", fmt::format("{}", node),
             bound ? machine::format_cpu_list(seen->nodes.bits()) : "any", answer.memory_node,
             bound && seen->nodes.bits() == machine::CpuList{node}),
  };
  KnobReport& huge_pages = knobs[4];
  KnobReport& memory_node = knobs[5];
  const auto become = [](KnobReport& knob, KnobOutcome outcome, const std::string& reason) {
    knob.outcome = outcome;
    knob.reason = reason;
  };
  if (!request.huge_pages_unknown.empty()) {
    become(huge_pages, KnobOutcome::unreadable, request.huge_pages_unknown);
  }
  if (!request.memory_nodes_unknown.empty()) {
    become(memory_node, KnobOutcome::unreadable, request.memory_nodes_unknown);
  } else if (request.one_memory_node) {
    memory_node.requested = "the measuring CPU's";
    become(memory_node, KnobOutcome::absent, "one memory node here");
  }
  return knobs;
}

}  // namespace pulsebench::tune
