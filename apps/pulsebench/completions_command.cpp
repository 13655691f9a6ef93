#include "commands.hpp"
#include "completions.hpp"
#include "option_group.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

/// Each file asks `pulsebench __complete` for candidates (completion.hpp).
struct CompletionsCommand {
  std::string_view script;

  void declare(CLI::App& app) {
    OptionGroup{app, kArguments}
        .value("SHELL", script,
               one_of<std::string_view>({{"bash", completions::kBash},
                                         {"zsh", completions::kZsh},
                                         {"fish", completions::kFish}}),
               "bash, zsh or fish")
        ->required();
    show_examples(app,
                  {"source <(pulsebench completions bash)     # in ~/.bashrc",
                   "source <(pulsebench completions zsh)      # in ~/.zshrc, behind compinit",
                   "pulsebench completions fish | source      # in ~/.config/fish/config.fish"});
  }

  Result<int> execute(Context& context) const {
    PB_CHECK(context.console.write(std::string{script}));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_completions(CLI::App& app) { return declared<CompletionsCommand>(app); }

}  // namespace pulsebench::app
