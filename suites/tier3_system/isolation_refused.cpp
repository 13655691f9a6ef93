// Cost of a refusal: the system calls of the ladder that fail with EACCES or EPERM without
// privileges, and the whole ladder for such a thread. Source: docs/suites.md, "permission
// handling".
#include <benchmark/benchmark.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <future>
#include <optional>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <pulsebench/harness/traits.hpp>
#include <sstream>
#include <string>
#include <thread>

#include "ladder.hpp"
#include "unprivileged.hpp"

namespace {

/// Measures `call`, which returns 0 or sets errno; skips with the reason if it is not refused.
template <class Call>
void measure_refusal(benchmark::State& state, Call call) {
  const Unprivileged unprivileged;
  if (!unprivileged.holds()) {
    state.SkipWithError("this process cannot drop its privileges");
    return;
  }
  errno = 0;
  const bool refused = call() != 0 && (errno == EACCES || errno == EPERM);
  if (!refused) {
    state.SkipWithError((std::string("the call is not refused for lack of privilege: ") +
                         (errno == 0 ? "it succeeded" : std::strerror(errno)))
                            .c_str());
    return;
  }
  pulsebench::measure(state, [&call] { pulsebench::consume(call()); });
}

/// Mount point of a writable hierarchy of control groups, else the root folder.
std::string groups_folder() {
  std::ifstream mounts("/proc/self/mounts");
  for (std::string line; std::getline(mounts, line);) {
    std::istringstream fields(line);
    std::string device;
    std::string folder;
    std::string type;
    fields >> device >> folder >> type;
    struct statvfs mounted {};
    const bool is_groups = type == "cgroup" || type == "cgroup2";
    if (is_groups && statvfs(folder.c_str(), &mounted) == 0 && (mounted.f_flag & ST_RDONLY) == 0) {
      return folder;
    }
  }
  return "";
}

// Creates a folder where a control group would be.
void folder(benchmark::State& state) {
  const std::string name = groups_folder() + "/pulse-refused-" + std::to_string(getpid());
  state.SetLabel("below " + (groups_folder().empty() ? "/" : groups_folder()));
  measure_refusal(state, [&name] { return mkdir(name.c_str(), 0755); });
}
BENCHMARK(folder)->Name("isolation/refused/folder");
const pulsebench::Traits kFolder{"isolation/refused/folder", {.version = 2}};

// Restores the nice value of a thread that was made nicer.
void nice_back(benchmark::State& state) {
  const Unprivileged unprivileged;  // the next thread inherits this
  std::promise<id_t> made;
  std::promise<void> over;
  std::thread nicer([&made, done = over.get_future()] {
    setpriority(PRIO_PROCESS, 0, 19);
    made.set_value(static_cast<id_t>(this_thread()));
    done.wait();
  });
  measure_refusal(
      state, [thread = made.get_future().get()] { return setpriority(PRIO_PROCESS, thread, 0); });
  over.set_value();
  nicer.join();
}
BENCHMARK(nice_back)->Name("isolation/refused/nice");

void realtime(benchmark::State& state) {
  const sched_param priority{.sched_priority = 1};
  measure_refusal(state, [&priority] { return sched_setscheduler(0, SCHED_FIFO, &priority); });
}
BENCHMARK(realtime)->Name("isolation/refused/realtime");

// Creates an isolation in a thread that may not create control groups: the refusal has a reason,
// and the label is the next allowed method.
void ladder(benchmark::State& state) {
  const Unprivileged unprivileged;
  {
    const pulse::Isolation probe(strongest());
    state.SetLabel(name_of(probe));
    if (!unprivileged.holds() || probe.refusals().empty()) {
      state.SkipWithError("no method of the ladder is refused here");
      return;
    }
  }
  pulsebench::measure_latency(state, [] {
    std::optional<pulse::Isolation> isolation;
    return time_of([&isolation] { isolation.emplace(strongest()); });
  });
}
BENCHMARK(ladder)->Name("isolation/refused/ladder");

}  // namespace
