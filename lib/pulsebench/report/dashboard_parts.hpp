#pragma once

#include <string>
#include <vector>

#include "pulsebench/report/dashboard_pages.hpp"

/// What the pages of a dashboard are made of.
namespace pulsebench::report {

/// The history of a benchmark on one machine.
struct SeriesOfMachine {
  const compare::MachineResults* machine;
  const compare::HistorySeries* series;
};

/// The page of one benchmark, on every machine that measured it. It refers to the series.
[[nodiscard]] render::Page benchmark_page(const std::string& id,
                                          const std::vector<SeriesOfMachine>& found,
                                          const FileStem& file_stem);

/// The path of the page of a run.
[[nodiscard]] std::string run_file(const compare::MachineResults& machine,
                                   const std::string& run_id, const FileStem& file_stem);

/// "2026-01-01", "2026-01-01 12:30"; of a run that does not say when it started, its id.
[[nodiscard]] std::string day_of(const std::string& rfc3339);
[[nodiscard]] std::string start_of_run(const std::string& rfc3339, const std::string& run_id);

/// "1a2b3c4d5", with a plus behind it where there were uncommitted changes.
[[nodiscard]] std::string commit_text(const Git& git);

/// "main, nightly/2026-01-01 and 2 more".
[[nodiscard]] std::string shown_names(const std::vector<std::string>& names);

/// "AMD EPYC, machine 9f3c2a1b00d4e5f6".
[[nodiscard]] std::string machine_text(const compare::MachineResults& machine);

}  // namespace pulsebench::report
