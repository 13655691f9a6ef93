#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "pulsebench/tune/process_knobs.hpp"
#include "pulsebench/tune/tuning.hpp"
#include "skip.hpp"

// Tunes the machine that runs the tests for a moment, as far as permitted, and compares all
// settings with those before.

using namespace pulsebench;
using namespace pulsebench::machine;
using namespace std::chrono_literals;

namespace {

using Contents = std::map<std::string, std::string>;

/// Reads with the lock, since another build of this project may run its tests at the same time.
Contents contents_at_rest(const tune::TuneContext& context, const std::vector<tune::Knob>& knobs) {
  const auto lock = tune::TuneLock::take(context);
  const tune::SysIo& io = *context.io;
  Contents contents;
  for (const auto& knob : knobs) {
    for (const auto& step : knob.steps) contents[step.path] = io.read(step.path).value_or("(gone)");
  }
  return contents;
}

tune::TuneContext patient_context() {
  auto context = tune::TuneContext::of(Roots{});
  context.patience = 60s;
  return context;
}

tune::KnobReport named(const std::vector<tune::KnobReport>& knobs, const std::string& name) {
  for (const auto& knob : knobs) {
    if (knob.name == name) return knob;
  }
  FAIL("no knob called " << name);
  return {};
}

bool well(const tune::KnobReport& knob) {
  return knob.outcome == tune::KnobOutcome::set || knob.outcome == tune::KnobOutcome::already;
}

}  // namespace

TEST_CASE("tuning restores this machine, and each knob has a reason unless it is set") {
  const auto context = patient_context();
  const auto placement = place(std::nullopt).value();
  const auto knobs = tune::linux_knobs(*context.io, placement);
  static_cast<void>(tune::tune_restore(context));
  const Contents before = contents_at_rest(context, knobs);
  {
    const auto tuning = tune::Tuning::begin(context, placement);
    for (const auto& knob : tuning.knobs()) {
      INFO(knob.name << ": " << name_of(knob.outcome) << ", '" << knob.original << "' -> '"
                     << knob.achieved << "' " << knob.reason);
      CHECK(well(knob) == knob.reason.empty());
      // Without root a knob is not permitted, absent or set.
      if (::geteuid() != 0)
        CHECK((knob.outcome == tune::KnobOutcome::not_permitted ||
               knob.outcome == tune::KnobOutcome::absent || well(knob)));
    }
    const auto swappiness = named(tuning.knobs(), "swappiness");
    if (well(swappiness)) CHECK(context.io->read("/proc/sys/vm/swappiness").value() == "0\n");
  }
  CHECK(contents_at_rest(context, knobs) == before);
}

TEST_CASE("removing a control group of this machine moves its process to the parent") {
  const auto io = tune::linux_settings(Roots{});
  std::string mount;
  for (const char* place : {"/sys/fs/cgroup/", "/sys/fs/cgroup/unified/"}) {
    if (io->read(place + std::string{"cgroup.subtree_control"})) mount = place;
  }
  if (mount.empty()) mount = "/sys/fs/cgroup/";
  const std::string group = mount + "pulsebench/";
  const auto lock = tune::TuneLock::take(patient_context());
  REQUIRE(io->read(group).value() == tune::kGone);
  const int error = io->write(group, tune::kMade);
  if (error == EACCES || error == EROFS || error == EPERM) {
    PULSEBENCH_SKIP("creating a control group needs root outside of a container");
  }
  REQUIRE(error == 0);
  const int sleeper = ::fork();
  if (sleeper == 0) {
    for (;;) ::pause();
  }
  CHECK(tune::try_to_join(group + "cgroup.procs") == 0);
  CHECK(io->write(group + "cgroup.procs", std::to_string(sleeper)) == 0);
  CHECK(io->read(group + "cgroup.procs").value().find(std::to_string(sleeper)) == 0);
  CHECK(io->write(group, tune::kGone) == 0);
  CHECK(io->read(group).value() == tune::kGone);
  const std::string groups = io->read("/proc/" + std::to_string(sleeper) + "/cgroup").value();
  CHECK(groups.find("0::/\n") != std::string::npos);
  ::kill(sleeper, SIGKILL);
  ::waitpid(sleeper, nullptr, 0);
}

TEST_CASE("an interrupt of this machine is moved from the measuring CPU and back") {
  const auto context = patient_context();
  const auto placement = place(std::nullopt).value();
  tune::Knob all_interrupts;
  const auto irqs_here = context.io->list("/proc/irq").value();
  for (const auto& irq : irqs_here) {
    all_interrupts.steps.push_back({"/proc/irq/" + irq + "/smp_affinity_list", "", {}, ""});
  }
  const Contents before = contents_at_rest(context, {all_interrupts});
  {
    const auto tuning = tune::Tuning::begin(context, placement);
    const auto irqs = named(tuning.knobs(), "irq_affinity");
    if (irqs.outcome != tune::KnobOutcome::set && irqs.outcome != tune::KnobOutcome::partly) {
      PULSEBENCH_SKIP("interrupts cannot be moved: " << irqs.reason);
    }
    int moved = 0;
    for (const auto& [path, content] : before) {
      if (context.io->read(path).value_or("(gone)") != content) ++moved;
    }
    CHECK(moved > 0);
  }
  CHECK(contents_at_rest(context, {all_interrupts}) == before);
}

TEST_CASE("deep sleep states are disabled during the life of a hold only") {
  const auto bound = []() -> std::int32_t {
    const int fd = ::open("/dev/cpu_dma_latency", O_RDONLY | O_CLOEXEC);
    std::int32_t us = -1;
    if (fd >= 0 && ::read(fd, &us, sizeof us) != static_cast<ssize_t>(sizeof us)) us = -1;
    if (fd >= 0) ::close(fd);
    return us;
  };
  const std::int32_t before = bound();
  {
    const tune::LatencyHold hold{Roots{}};
    if (hold.report().outcome == tune::KnobOutcome::set) {
      CHECK(bound() == 0);
      CHECK(hold.report().original == std::to_string(before));
    } else {
      CHECK_FALSE(hold.report().reason.empty());
    }
  }
  CHECK(bound() == before);
}
