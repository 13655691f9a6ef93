#include "pulsebench/session/annotate.hpp"

#include "pulsebench/os/find_program.hpp"
#include "pulsebench/session/profile_cpu.hpp"
#include "pulsebench/session/source_files.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

constexpr double kAnnotatedSeconds = 1.0;

/// Counts say what is executed, and samples what takes the time.
void add_samples(const Session& session, const CountRequest& request,
                 profile::AnnotatedFunction& annotated) {
  const auto profile = profile_cpu(session, {.benchmark = annotated.benchmark,
                                             .options = request.options,
                                             .executables = request.executables,
                                             .cpus = request.cpus,
                                             .no_tune = true,
                                             .seconds = kAnnotatedSeconds,
                                             .addresses_in = annotated.object});
  if (!profile) {
    annotated.not_sampled = profile.error().message;
    return;
  }
  annotated.samples = profile->samples();
  for (const profile::LaunchSamples& launch : profile->launches) {
    for (profile::AnnotatedInstruction& one : annotated.code) {
      const auto found = launch.addresses.find(one.instruction.address);
      if (found != launch.addresses.end()) one.samples += found->second;
    }
  }
}

}  // namespace

Result<profile::AnnotatedFunction> annotate(const Session& session, const CountRequest& request,
                                            const std::string& function) {
  if (os::find_program("objdump").empty()) {
    return fail(ErrorCode::nothing_measured,
                "objdump is not installed, which reads machine code (Debian package binutils)");
  }
  PB_TRY(const CountedBenchmark counted, count_benchmark(session, request, {"--branch-sim=yes"}));
  PB_TRY(const auto* const found, profile::find_function(counted.profile, function));
  PB_TRY(auto annotated, profile::annotate(counted.profile, *found));
  annotated.benchmark = counted.info.id.text();
  add_samples(session, request, annotated);
  const SourceFiles sources{session.workspace.root};
  for (profile::AnnotatedInstruction& one : annotated.code) one.where = sources.name(one.where);
  return annotated;
}

}  // namespace pulsebench::session
