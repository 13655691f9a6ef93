#include "view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "duration_text.hpp"

namespace pulsebench::console {
namespace {

constexpr std::size_t kWide = 96;

constexpr Shown<Column, Row> kColumns[]{
    {Column::id, 7, true, 0, [](const Row& row) { return short_id(row.task->id); }},
    {Column::state, 7, false, 0, [](const Row& row) { return std::string{name_of(row.state)}; }},
    {Column::tier, 7, false, 0,
     [](const Row& row) { return std::string{name_of(row.task->tier)}; }},
    {Column::total, 7, true, 0, [](const Row& row) { return text_of(row.total); }},
    {Column::busy, 7, true, 0, [](const Row& row) { return text_of(row.busy); }},
    {Column::idle, 7, true, 0, [](const Row& row) { return text_of(row.idle); }},
    {Column::queued, 7, true, kWide, [](const Row& row) { return text_of(row.queued); }},
    {Column::polls, 8, true, 0, [](const Row& row) { return std::to_string(row.task->polls); }},
    {Column::longest, 7, true, kWide, [](const Row& row) { return text_of(row.task->longest); }},
    {Column::where, 0, false, 0, [](const Row& row) { return row.task->where; }},
};

/// Ids of slots and uses in the order of their slots.
std::pair<std::uint64_t, std::uint64_t> slot_order(std::uint64_t id) {
  return {id & ((std::uint64_t{1} << 24U) - 1), id};
}

/// True if `a` stands above `b`, whatever the direction; ties are broken by the id.
bool is_above(const Row& a, const Row& b, Column column) {
  const auto falling = [&](auto left, auto right) {
    return std::tuple(right, slot_order(a.task->id)) < std::tuple(left, slot_order(b.task->id));
  };
  switch (column) {
    case Column::id:
      return slot_order(a.task->id) < slot_order(b.task->id);
    case Column::state:
      return falling(a.state == State::ended ? -1 : static_cast<int>(a.state),
                     b.state == State::ended ? -1 : static_cast<int>(b.state));
    case Column::tier:
      return falling(a.task->tier, b.task->tier);
    case Column::total:
      return falling(a.total, b.total);
    case Column::busy:
      return falling(a.busy, b.busy);
    case Column::idle:
      return falling(a.idle, b.idle);
    case Column::queued:
      return falling(a.queued, b.queued);
    case Column::polls:
      return falling(a.task->polls, b.task->polls);
    case Column::longest:
      return falling(a.task->longest, b.task->longest);
    case Column::where:
      return std::tuple(a.task->where, slot_order(a.task->id)) <
             std::tuple(b.task->where, slot_order(b.task->id));
  }
  return false;
}

bool has_part(const Row& row, const std::string& part) {
  return row.task->where.find(part) != std::string::npos ||
         name_of(row.state).find(part) != std::string_view::npos ||
         name_of(row.task->tier).find(part) != std::string_view::npos ||
         short_id(row.task->id) == part || std::to_string(row.task->id) == part;
}

std::string share(std::chrono::nanoseconds part, std::chrono::nanoseconds whole) {
  if (whole.count() <= 0) return "";
  const auto percent =
      100.0 * static_cast<double>(part.count()) / static_cast<double>(whole.count());
  return fmt::format("{:5.1f} %", percent);
}

/// A bar for each bucket between the first and the last that is not empty.
void append_poll_times(std::vector<Line>& lines, const std::vector<std::uint64_t>& counts,
                       std::size_t width) {
  constexpr std::uint64_t kLeast = 1U << 13U;  // bucket k begins at 2^(13 + k) ns
  constexpr std::size_t kLabel = 35;
  const auto is_used = [](std::uint64_t count) { return count != 0; };
  const auto first = std::find_if(counts.begin(), counts.end(), is_used);
  if (first == counts.end()) return;
  const std::uint64_t most = *std::max_element(counts.begin(), counts.end());
  const std::uint64_t room = width > kLabel + 10 ? width - kLabel : 10;
  lines.push_back({"", Look::plain});
  lines.push_back({fitted("  polls by their time", width), Look::heading});
  for (auto bucket = first; bucket != counts.end(); ++bucket) {
    const auto k = static_cast<std::uint64_t>(bucket - counts.begin());
    const std::chrono::nanoseconds low{k == 0 ? 0 : kLeast << k};
    const std::uint64_t length = (*bucket * room + most - 1) / most;
    lines.push_back(
        {fitted(fmt::format("  from {:>7} {:>12}  {:#<{}}", text_of(low), *bucket, "", length),
                width),
         Look::plain});
  }
}

}  // namespace

std::vector<Row> chosen_rows(const Tasks& tasks, const Choice& choice) {
  std::vector<Row> rows = tasks.rows();
  if (!choice.filter.empty()) {
    std::erase_if(rows, [&](const Row& row) { return !has_part(row, choice.filter); });
  }
  sort_rows(rows, choice.is_reversed,
            [&](const Row& a, const Row& b) { return is_above(a, b, choice.sort); });
  return rows;
}

std::vector<Line> head_lines(const Tasks& tasks, const std::vector<Row>& rows, std::size_t width) {
  const Counts& counts = tasks.counts();
  std::vector<Line> lines;
  lines.push_back(
      {fitted(fmt::format("{} (pid {})   {} tasks   watched {}", tasks.program().program,
                          tasks.program().pid, counts.tasks, text_of(tasks.watched())),
              width),
       Look::heading});
  lines.push_back({fitted(fmt::format("polls {}   violations {}   promotions {}   yields {}   "
                                      "isolations {}",
                                      counts.polls, counts.violations, counts.promotions,
                                      counts.yields, counts.isolations),
                          width),
                   Look::quiet});
  const auto wrong =
      std::count_if(rows.begin(), rows.end(), [](const Row& row) { return !row.warnings.empty(); });
  if (wrong == 0) {
    lines.push_back({fitted("no warnings", width), Look::quiet});
    return lines;
  }
  const auto worst =
      std::find_if(rows.begin(), rows.end(), [](const Row& row) { return !row.warnings.empty(); });
  std::string text =
      fmt::format("! task {} {}", short_id(worst->task->id), worst->warnings.front());
  if (wrong > 1) text += fmt::format("   and {} more marked !", wrong - 1);
  lines.push_back({fitted(text, width), Look::warning});
  return lines;
}

Line column_line(const Choice& choice, std::size_t width) {
  return heading_of<Column, Row>(kColumns, choice, width);
}

Line row_line(const Row& row, std::size_t width) {
  const char* const mark = row.warnings.empty() ? "  " : "! ";
  const std::string text = mark + cells_of<Column, Row>(kColumns, row, width);
  Look look = row.state == State::ended ? Look::quiet : Look::plain;
  if (!row.warnings.empty()) look = Look::warning;
  if (row.task->tier == Level::isolate && row.state != State::ended) look = Look::isolated;
  return {fitted(text, width), look};
}

std::vector<Line> detail_lines(const Row& row, std::size_t width) {
  const Task& task = *row.task;
  std::vector<Line> lines;
  const auto add = [&](const std::string& text, Look look = Look::plain) {
    lines.push_back({fitted(text, width), look});
  };
  const auto pair = [&](const char* name, std::chrono::nanoseconds value, const char* other,
                        const std::string& other_value) {
    add(fmt::format("  {:<8}{:>8} {:>8}      {:<14}{:>12}", name, text_of(value),
                    share(value, row.total), other, other_value));
  };
  add(fmt::format("task {}   {}   id {}", short_id(task.id), task.where, task.id), Look::heading);
  add(fmt::format("{}   tier {}", name_of(row.state), name_of(task.tier)),
      task.tier == Level::isolate ? Look::isolated : Look::plain);
  for (const std::string& warning : row.warnings) add("! " + warning, Look::warning);
  add("");
  pair("watched", row.total, "age", text_of(task.age));
  pair("busy", row.busy, "polls", std::to_string(task.polls));
  pair("queued", row.queued, "longest poll", text_of(task.longest));
  pair("idle", row.idle, "self-wakes", std::to_string(task.self_wakes));
  append_poll_times(lines, task.poll_times, width);
  return lines;
}

}  // namespace pulsebench::console
