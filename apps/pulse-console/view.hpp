#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tasks.hpp"

namespace pulsebench::console {

enum class Look { plain, heading, quiet, warning, isolated, selected };

/// One line of the screen, in ASCII.
struct Line {
  std::string text;
  Look look = Look::plain;
};

enum class Column { id, state, tier, total, busy, idle, queued, polls, longest, where };

}  // namespace pulsebench::console

namespace pulsebench {

/// In the order of the screen.
template <>
inline constexpr std::array<Named<console::Column>, 10> kNames<console::Column>{
    {{console::Column::id, "id"},
     {console::Column::state, "state"},
     {console::Column::tier, "tier"},
     {console::Column::total, "total"},
     {console::Column::busy, "busy"},
     {console::Column::idle, "idle"},
     {console::Column::queued, "queued"},
     {console::Column::polls, "polls"},
     {console::Column::longest, "longest"},
     {console::Column::where, "where"}}};

}  // namespace pulsebench

namespace pulsebench::console {

/// What the user chose to see.
struct Choice {
  Column sort = Column::busy;
  bool is_reversed = false;
  std::string filter;  ///< part of a task's id, state, tier or place
};

/// The tasks that the choice leaves, in its order: texts ascend, numbers descend.
[[nodiscard]] std::vector<Row> chosen_rows(const Tasks& tasks, const Choice& choice);

/// Program, counts and warnings: what stands above the table.
[[nodiscard]] std::vector<Line> head_lines(const Tasks& tasks, const std::vector<Row>& rows,
                                           std::size_t width);

[[nodiscard]] Line column_line(const Choice& choice, std::size_t width);
[[nodiscard]] Line row_line(const Row& row, std::size_t width);

/// All about one task.
[[nodiscard]] std::vector<Line> detail_lines(const Row& row, std::size_t width);

/// `text` in exactly so many columns.
[[nodiscard]] std::string fitted(std::string text, std::size_t width);

}  // namespace pulsebench::console
