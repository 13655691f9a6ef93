#include "pulsebench/session/annotate.hpp"

#include "pulsebench/os/find_program.hpp"
#include "pulsebench/session/source_files.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {

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
  const SourceFiles sources{session.workspace.root};
  for (profile::AnnotatedInstruction& one : annotated.code) one.where = sources.name(one.where);
  return annotated;
}

}  // namespace pulsebench::session
