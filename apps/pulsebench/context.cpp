#include "context.hpp"

#include <cstdlib>

#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {

session::Environment environment() {
  session::Environment environment;
  if (const char* const other = std::getenv("PULSEBENCH_MACHINE_ROOT")) {
    environment.tuned = machine::Roots::under(other);
  }
  return environment;
}

Result<session::Session> open_session(const CommonOptions& common, const Console& console) {
  PB_TRY(auto workspace, session::open_workspace(common.root));
  return session::Session{
      .workspace = std::move(workspace),
      .environment = environment(),
      .on_notice = [&console](const std::string& line) { console.note(line); },
      .on_progress = [&console](const run::Progress& now,
                                std::string_view unit) { console.progress(now, unit); }};
}

}  // namespace pulsebench::app
