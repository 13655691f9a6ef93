// pulse-console [TARGET]: shows the tasks of a running program that has a pulse::Console.
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <system_error>

#include <CLI/CLI.hpp>

#include "once.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "screen.hpp"

namespace pulsebench::console {
namespace {

struct Options {
  std::string target, replay, record, format = "text";
  bool is_once = false;
  double seconds = 1.0;
  std::string color = "auto", view = "tasks", sort, filter;
  bool is_reversed = false;
  Choices choices;
};

constexpr std::size_t kColumnsOffTerminal = 120;

void declare(CLI::App& app, Options& options) {
  app.set_version_flag("-V,--version", "pulse-console " PULSE_CONSOLE_VERSION);
  app.add_option("TARGET", options.target,
                 "process id, or path of the socket; the only one if absent");
  app.add_flag("--once", options.is_once, "print the tasks and exit");
  app.add_option("--for", options.seconds, "seconds to watch before --once prints")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 86400.0));
  app.add_option("--format", options.format, "what --once prints: text or json")
      ->capture_default_str()
      ->check(CLI::IsMember({"text", "json"}));
  app.add_option("--view", options.view, "the table: tasks, resources or operations")
      ->capture_default_str()
      ->check(CLI::IsMember({"tasks", "resources", "operations"}));
  app.add_option("--sort", options.sort, "column to sort by");
  app.add_flag("--reverse", options.is_reversed, "sort the other way");
  app.add_option("--filter", options.filter,
                 "only rows with this text in their place, state, tier or type, or with this id");
  app.add_option("--record", options.record, "write what comes to this file too");
  app.add_option("--replay", options.replay, "show a recording in place of a program")
      ->excludes("--record");
  app.add_option("--color", options.color, "auto, always or never")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.footer(
      "Keys: arrows select, Enter details, Esc back, Tab next table, s S sort, r reverse, / "
      "filter,\n"
      "p pause, q quit.\n"
      "Examples:\n"
      "  pulse-console\n"
      "  pulse-console 4711 --once --sort longest\n"
      "  pulse-console --view operations\n"
      "  pulse-console --record seen.jsonl\n"
      "  pulse-console --replay seen.jsonl");
}

bool in_colour(const Options& options) {
  if (options.color != "auto") return options.color == "always";
  const char* const no_color = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe)
  return no_color == nullptr || *no_color == '\0';
}

Result<void> print_once(Session& session, const Options& options) {
  const std::chrono::milliseconds time{static_cast<std::int64_t>(options.seconds * 1000.0)};
  if (auto watched = watch_for(session, time); !watched) return watched;
  const std::string text = options.format == "json"
                               ? table_json(session.tasks(), options.choices)
                               : table_text(session.tasks(), options.choices, kColumnsOffTerminal);
  if (std::fputs(text.c_str(), stdout) >= 0 && std::fflush(stdout) == 0) return {};
  return fail(ErrorCode::io, "cannot write the tasks: " + std::generic_category().message(errno));
}

/// What the words say of the table that is shown.
Result<void> choose(Options& options) {
  options.choices.view = value_named<View>(options.view).value_or(View::tasks);
  options.choices.with_shown([&](auto& choice) {
    choice.is_reversed = options.is_reversed;
    choice.filter = options.filter;
  });
  if (options.sort.empty()) return {};
  std::transform(options.sort.begin(), options.sort.end(), options.sort.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return sort_by(options.choices, options.sort);
}

Result<void> run(Options& options) {
  if (auto chosen = choose(options); !chosen) return chosen;
  auto feed =
      options.replay.empty() ? connect_to(options.target) : replay(options.replay, options.is_once);
  if (!feed) return Failure{feed.error()};
  Session session(std::move(*feed));
  if (!options.record.empty()) {
    if (auto opened = session.record_to(options.record); !opened) return opened;
  }
  if (options.is_once) return print_once(session, options);
  if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDOUT_FILENO) == 0) {
    return fail(ErrorCode::bad_input, "this is no terminal; use --once");
  }
  return show(session, options.choices, in_colour(options));
}

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write(), handled there
  Options options;
  CLI::App app{"Shows the tasks of a running program that uses pulse and has a console.",
               "pulse-console"};
  declare(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return app.exit(asked);
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "pulse-console: %s; see pulse-console --help\n", error.what());
    return kBadInput;
  }
  const auto done = run(options);
  if (done) return kNothingGates;
  std::fprintf(stderr, "pulse-console: %s\n", done.error().message.c_str());
  return exit_code_of(done.error().code);
}

}  // namespace
}  // namespace pulsebench::console

int main(int argc, char** argv) {
  try {
    return pulsebench::console::main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "pulse-console: internal error: %s\n", error.what());
  }
  return pulsebench::kBug;
}
