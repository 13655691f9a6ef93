#include "pulsebench/baseline/decode_launches.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "pulsebench/baseline/field_names.hpp"

namespace pulsebench::baseline {
namespace {

using Value = JsonReader::Value;

bool check_columns(JsonReader& reader, const Launches& launches) {
  const std::size_t rows = launches.launch.size();
  if (rows == 0) return reader.refuse("has no 'launch' or an empty one");
  for (const LaunchColumn& column : kLaunchColumns) {
    const std::size_t size =
        std::visit([&](auto values) { return (launches.*values).size(); }, column.values);
    if (size == rows) continue;
    return reader.refuse(
        fmt::format("has {} values of {} for {} of launch", size, column.key, rows));
  }
  std::vector<int> numbers = launches.launch;
  std::ranges::sort(numbers);
  if (const auto twice = std::ranges::adjacent_find(numbers); twice != numbers.end()) {
    return reader.refuse(fmt::format("has launch {} twice", *twice));
  }
  for (std::size_t row = 0; row < rows; ++row) {
    if (launches.disturbed[row] > launches.slices[row]) {
      return reader.refuse(fmt::format("has {} disturbed slices of {} in launch {}",
                                       launches.disturbed[row], launches.slices[row],
                                       launches.launch[row]));
    }
  }
  return true;
}

/// The time of the reference loop; 0 where it was not timed.
bool check_reference(JsonReader& reader, const std::vector<double>& times) {
  const auto impossible = [](double ns) { return ns > 0.0 && ns < kPositiveTime.low; };
  const auto found = std::ranges::find_if(times, impossible);
  return found == times.end() ||
         reader.refuse(json::must_be_number(kPositiveTime, fmt::to_string(*found)) + " or 0");
}

}  // namespace

std::string_view without_unit(std::string_view key) {
  if (key.ends_with(kNsPerOp)) key.remove_suffix(kNsPerOp.size());
  return key;
}

bool read_launches(JsonReader& reader, JsonReader::Value value, Detail detail, Launches& launches) {
  const bool all = detail != Detail::values;
  const bool read = reader.read_object(value, [&](std::string_view key, Value item) {
    const bool per_op = key.ends_with(kNsPerOp);
    const auto column = std::ranges::find(kLaunchColumns, without_unit(key), &LaunchColumn::key);
    if (column == kLaunchColumns.end() || (!all && key != kReference)) return true;
    const Bounds bounds =
        per_op && column->holds == Column::levels ? kPositiveTime : column->bounds;
    return std::visit([&](auto values) { return reader.read(item, launches.*values, bounds); },
                      column->values) &&
           (key != kReference || check_reference(reader, launches.reference));
  });
  return read && (!all || check_columns(reader, launches));
}

}  // namespace pulsebench::baseline
