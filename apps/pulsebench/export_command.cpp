#include <algorithm>
#include <array>

#include "commands.hpp"
#include "option_group.hpp"
#include "pulsebench/exchange/exporters.hpp"
#include "pulsebench/render/formats.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/run_page.hpp"
#include "pulsebench/session/import.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

/// The formats of reports that other tools read too.
constexpr std::array kReportFormats{"openmetrics", "csv"};

/// One of the two is there.
struct Receiver {
  const exchange::Exporter* exporter = nullptr;
  const render::Format* format = nullptr;
};

std::vector<std::string> receiver_names() {
  std::vector<std::string> names;
  for (const exchange::Exporter& exporter : exchange::exporters())
    names.emplace_back(exporter.name);
  names.insert(names.end(), kReportFormats.begin(), kReportFormats.end());
  return names;
}

Result<Receiver> parse_receiver(const std::string& name) {
  if (const auto* exporter = exchange::find_exporter(name)) return Receiver{exporter};
  if (std::ranges::find(kReportFormats, name) != kReportFormats.end()) {
    return Receiver{nullptr, render::find_format(name)};
  }
  return none_of(receiver_names(), name);
}

struct ExportCommand {
  std::string reference, file;
  Receiver receiver;

  void declare(CLI::App& app) {
    OptionGroup{app, kArguments}
        .text("RESULT", reference, "a baseline, a file, last, or - for standard input")
        ->required();
    OptionGroup output{app, kOutput};
    output
        .value("--to FORMAT", receiver, Choice{receiver_names(), parse_receiver},
               alternatives(receiver_names()))
        ->required();
    output.text("-o,--output FILE", file, "write it to this file");
    show_examples(app, {"pulsebench export main --to go -o main.txt",
                        "pulsebench export last --to bencher -o latency.json",
                        "pulsebench export last --to openmetrics"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto document, session::load_result(session, reference));
    const auto& all = document.benchmarks;
    const auto left_out = std::ranges::count_if(
        all, [](const auto& result) { return !exchange::is_exported(result); });
    if (left_out > 0) {
      context.console.note(
          "warning: " + std::to_string(left_out) + " of " +
          render::format_count(static_cast<long long>(all.size()), "benchmark", "benchmarks") +
          (left_out == 1 ? " has" : " have") + " no measurement");
    }
    const std::string text = receiver.exporter != nullptr
                                 ? receiver.exporter->write(document)
                                 : render::write(report::run_page(document, {}), *receiver.format,
                                                 context.console.style_for(file));
    PB_CHECK(context.console.write(text, file));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_export(CLI::App& app) { return declared<ExportCommand>(app); }

}  // namespace pulsebench::app
