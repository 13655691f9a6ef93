#include <cstdio>
#include <exception>
#include <variant>

#include "arguments.hpp"
#include "console.hpp"
#include "context.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "terminal.hpp"

namespace pulsebench::app {
namespace {

int run(int argc, char** argv) {
  const auto parsed = parse_arguments(argc, argv);
  if (!parsed) return Console{render::ColorChoice::automatic}.fail(parsed.error());
  if (const auto* answer = std::get_if<Answer>(&*parsed)) {
    const Console console{render::ColorChoice::automatic};
    const auto written = console.write(answer->text);
    return written ? kNothingGates : console.fail(written.error());
  }
  const auto& invocation = std::get<Invocation>(*parsed);
  Context context{.words = {argv, argv + argc},
                  .root = invocation.root,
                  .environment = environment(),
                  .console = Console{invocation.color}};
  const auto code = invocation.execute(context);
  if (!code) return context.console.fail(code.error());
  return *code == kNothingGates && !context.restored ? kBadInput : *code;
}

}  // namespace
}  // namespace pulsebench::app

int main(int argc, char** argv) {
  pulsebench::app::prepare_standard_streams();
  try {
    return pulsebench::app::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "pulsebench: internal error: %s; please report it with the command\n",
                 error.what());
  } catch (...) {
    std::fprintf(stderr, "pulsebench: internal error; please report it with the command\n");
  }
  return pulsebench::kBug;
}
