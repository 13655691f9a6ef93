#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "columns.hpp"
#include "tasks.hpp"

namespace pulsebench::console {

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

template <>
inline constexpr Column kFirstSort<Column> = Column::busy;

/// A filter is a part of a task's place, state or tier, or its id.
using Choice = ChoiceOf<Column>;

/// The tasks that the choice leaves, in its order: texts ascend, numbers descend.
[[nodiscard]] std::vector<Row> chosen_rows(const Tasks& tasks, const Choice& choice);

/// Program, counts and warnings: what stands above the table.
[[nodiscard]] std::vector<Line> head_lines(const Tasks& tasks, const std::vector<Row>& rows,
                                           std::size_t width);

[[nodiscard]] Line column_line(const Choice& choice, std::size_t width);
[[nodiscard]] Line row_line(const Row& row, std::size_t width);

/// All about one task.
[[nodiscard]] std::vector<Line> detail_lines(const Row& row, std::size_t width);

}  // namespace pulsebench::console
