#pragma once

#include <functional>
#include <string>
#include <vector>

#include "place_view.hpp"
#include "view.hpp"

namespace pulsebench::console {

enum class View { tasks, resources, operations };

}  // namespace pulsebench::console

namespace pulsebench {

/// In the order in which Tab shows them.
template <>
inline constexpr std::array<Named<console::View>, 3> kNames<console::View>{
    {{console::View::tasks, "tasks"},
     {console::View::resources, "resources"},
     {console::View::operations, "operations"}}};

}  // namespace pulsebench

namespace pulsebench::console {

/// What the user chose to see: one of the tables, and what of each.
struct Choices {
  View view = View::tasks;
  Choice tasks;
  ResourceChoice resources;
  OperationChoice operations;

  /// Calls `visit(choice)` with that of the table that is shown.
  template <class Visit>
  decltype(auto) with_shown(Visit visit) {
    switch (view) {
      case View::resources:
        return visit(resources);
      case View::operations:
        return visit(operations);
      case View::tasks:
        break;
    }
    return visit(tasks);
  }
};

/// The table that is shown.
struct Listing {
  std::vector<Line> head;         ///< program, counts and warnings, and the names of the columns
  std::vector<std::string> keys;  ///< what names each row, whatever its place
  std::function<Line(std::size_t)> line;  ///< of a row; valid as long as the tasks do not change
};

[[nodiscard]] Listing listing_of(const Tasks& tasks, const Choices& choices, std::size_t width);

/// Sorts the shown table by the column of that name. `bad_input` names those that it has.
[[nodiscard]] Result<void> sort_by(Choices& choices, const std::string& column);

/// Sorts the shown table by the column so many further, as the first one follows the last.
void sort_by_next(Choices& choices, std::size_t further);

}  // namespace pulsebench::console
