#include "pulsebench/profile/nsys_csv.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::profile {
namespace {

constexpr std::size_t kMostKernels = 10'000;
constexpr std::size_t kLongestKernelName = 4096;

/// The fields of a line; a field may be in quotes, in which two quotes are one (RFC 4180).
std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += line[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  return fields;
}

std::optional<double> amount_in(const std::string& text) {
  const auto number = number_in<double>(text);
  if (!number || !std::isfinite(*number) || *number < 0.0 || *number > 1e18) return std::nullopt;
  return number;
}

/// Where the columns are.
struct Columns {
  std::size_t percent, total, runs, name;
};

std::optional<Columns> columns_of(const std::vector<std::string>& header) {
  const auto at = [&](std::string_view title) {
    return static_cast<std::size_t>(std::find(header.begin(), header.end(), title) -
                                    header.begin());
  };
  const Columns columns{at("Time (%)"), at("Total Time (ns)"), at("Instances"), at("Name")};
  const std::size_t last = std::max({columns.percent, columns.total, columns.runs, columns.name});
  return last < header.size() ? std::optional{columns} : std::nullopt;
}

std::optional<GpuKernel> read_kernel(const std::vector<std::string>& fields,
                                     const Columns& columns) {
  if (fields.size() <= std::max({columns.percent, columns.total, columns.runs, columns.name})) {
    return std::nullopt;
  }
  const auto percent = amount_in(fields[columns.percent]);
  const auto total = amount_in(fields[columns.total]);
  const auto runs = amount_in(fields[columns.runs]);
  if (!percent || !total || !runs) return std::nullopt;
  return GpuKernel{.name = printable(fields[columns.name], kLongestKernelName),
                   .percent = *percent,
                   .total_ns = *total,
                   .runs = static_cast<unsigned long long>(*runs)};
}

}  // namespace

Result<std::vector<GpuKernel>> read_nsys_kernels(std::string_view csv) {
  std::vector<GpuKernel> kernels;
  std::optional<Columns> columns;
  while (!csv.empty()) {
    const std::size_t end = std::min(csv.find('\n'), csv.size());
    const auto fields = fields_of(csv.substr(0, end));
    csv.remove_prefix(std::min(end + 1, csv.size()));
    if (!columns) {
      columns = columns_of(fields);
      continue;
    }
    if (fields.size() == 1) break;  // an empty line ends the table
    const auto kernel = read_kernel(fields, *columns);
    if (!kernel || kernels.size() == kMostKernels) {
      return fail(ErrorCode::bad_input, "the table of kernels of nsys stats is malformed");
    }
    kernels.push_back(*kernel);
  }
  return kernels;
}

}  // namespace pulsebench::profile
