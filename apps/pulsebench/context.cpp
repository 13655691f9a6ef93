#include "context.hpp"

#include <cstdlib>

#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {

Result<session::Session> Context::open_session() {
  PB_TRY(auto workspace, session::open_workspace(root, environment.machine));
  session::Session session{
      .workspace = std::move(workspace),
      .environment = environment,
      .on_notice = [this](const std::string& line) { console.note(line); },
      .on_progress = [this](const run::Progress& now,
                            std::string_view unit) { console.progress(now, unit); },
      .on_not_restored = [this] { restored = false; }};
  PB_CHECK(session::check_own_folder(session));
  return session;
}

session::Environment environment() {
  session::Environment environment;
  if (const char* const other = std::getenv("PULSEBENCH_MACHINE_ROOT")) {
    environment.tuned = machine::Roots::under(other);
  }
  return environment;
}

}  // namespace pulsebench::app
