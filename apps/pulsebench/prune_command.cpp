#include <fmt/format.h>

#include "commands.hpp"
#include "option_group.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/session/prune_nights.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "values.hpp"

namespace pulsebench::app {
namespace {

constexpr int kMostNights = 100'000;

std::string nights(std::size_t count) {
  return render::format_count(static_cast<long long>(count), "night", "nights");
}

std::string text_of(const session::PrunedNights& pruned, bool dry_run) {
  std::string kept;
  std::size_t all_kept = 0;
  for (const auto& [reason, count] : pruned.kept) {
    kept += fmt::format("{}{} {}", kept.empty() ? "" : ", ", count, name_of(reason));
    all_kept += count;
  }
  std::string text = fmt::format("{} {}; kept {}{}\n", dry_run ? "would remove" : "removed",
                                 nights(pruned.removed.size()), nights(all_kept),
                                 kept.empty() ? "" : " (" + kept + ")");
  for (const session::NightFile& file : pruned.removed) {
    text += fmt::format("  {}/{}\n", file.name, file.kind);
  }
  for (const session::NightFile& file : pruned.left) {
    text += fmt::format("left alone: {}/{}: {}\n", file.name, file.kind, file.why);
  }
  return text;
}

struct PruneCommand {
  int newest = 60;
  bool dry_run = false;

  void declare(CLI::App& app) {
    OptionGroup what{app, "What to keep"};
    what.value("--nights NUMBER", newest, whole_number(0, kMostNights),
               "keep the full results of so many newest nights of each kind of machine (default "
               "60), of Sundays, and around changes");
    what.flag("--dry-run", dry_run, "show what would be removed, and remove nothing");
    show_examples(app,
                  {"pulsebench baseline prune --dry-run", "pulsebench baseline prune --nights 30"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto pruned,
           session::prune_nights(session, static_cast<std::size_t>(newest), dry_run));
    PB_CHECK(context.console.write(text_of(pruned, dry_run)));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_prune(CLI::App& app) { return declared<PruneCommand>(app); }

}  // namespace pulsebench::app
