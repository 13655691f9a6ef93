#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/exchange/importers.hpp"
#include "pulsebench/report/run_page.hpp"
#include "pulsebench/session/import.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "version.hpp"

namespace pulsebench::app {
namespace {

std::vector<std::string> importer_names() {
  std::vector<std::string> names;
  for (const exchange::Importer& importer : exchange::importers())
    names.emplace_back(importer.name);
  return names;
}

Result<const exchange::Importer*> parse_importer(const std::string& name) {
  if (const auto* importer = exchange::find_importer(name)) return importer;
  return none_of(importer_names(), name);
}

struct ImportCommand {
  session::ImportRequest request;
  Output output;

  void declare(CLI::App& app) {
    OptionGroup{app, kArguments}
        .text("FILE", request.file, "a file of another tool, the folder target/criterion, or -")
        ->required();
    OptionGroup{app, "Format"}.value("--from FORMAT", request.importer,
                                     Choice{importer_names(), parse_importer},
                                     alternatives(importer_names()) + " (default: by the content)");
    OptionGroup{app, kOutput}.text("--save NAME", request.save, "save it as a baseline");
    output.declare(app);
    show_examples(app,
                  {"pulsebench import bench.json --save before",
                   "pulsebench import after.json --save after && pulsebench compare before after",
                   "pulsebench import target/criterion --format json -o result.json"});
  }

  Result<int> execute(Context& context) {
    request.command_line = context.words;
    request.tool_version = kVersion;
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto document, session::import_result(session, request));
    const render::Next next = request.save.empty()
                                  ? render::Next{}
                                  : render::Next{"compare it with another import",
                                                 "pulsebench compare " + request.save + " OTHER"};
    PB_CHECK(output.show(report::run_page(document, {.saved_as = request.save, .next = next}),
                         context.console));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_import(CLI::App& app) { return declared<ImportCommand>(app); }

}  // namespace pulsebench::app
