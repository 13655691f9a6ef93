#pragma once

#include <cstddef>
#include <vector>

#include "columns.hpp"
#include "tasks.hpp"

namespace pulsebench::console {

/// Columns of resources and of operations, in the order of the screen.
enum class ResourceColumn { type, opened, closed, open, waiting, where };
enum class OperationColumn { type, ended, waiting, total, mean, longest, where };

}  // namespace pulsebench::console

namespace pulsebench {

template <>
inline constexpr std::array<Named<console::ResourceColumn>, 6> kNames<console::ResourceColumn>{
    {{console::ResourceColumn::type, "type"},
     {console::ResourceColumn::opened, "opened"},
     {console::ResourceColumn::closed, "closed"},
     {console::ResourceColumn::open, "open"},
     {console::ResourceColumn::waiting, "waiting"},
     {console::ResourceColumn::where, "where"}}};

template <>
inline constexpr std::array<Named<console::OperationColumn>, 7> kNames<console::OperationColumn>{
    {{console::OperationColumn::type, "type"},
     {console::OperationColumn::ended, "ended"},
     {console::OperationColumn::waiting, "waiting"},
     {console::OperationColumn::total, "total"},
     {console::OperationColumn::mean, "mean"},
     {console::OperationColumn::longest, "longest"},
     {console::OperationColumn::where, "where"}}};

}  // namespace pulsebench

namespace pulsebench::console {

template <>
inline constexpr ResourceColumn kFirstSort<ResourceColumn> = ResourceColumn::waiting;
template <>
inline constexpr OperationColumn kFirstSort<OperationColumn> = OperationColumn::total;

using ResourceChoice = ChoiceOf<ResourceColumn>;
using OperationChoice = ChoiceOf<OperationColumn>;

/// Those that are open; none if more are closed than opened.
[[nodiscard]] std::uint64_t open_ones(const Resource& resource);
/// Mean time of those that have ended; zero if none has.
[[nodiscard]] std::chrono::nanoseconds mean_time(const Operation& operation);

/// The rows that the choice leaves, in its order: texts ascend, numbers descend. A filter is a part
/// of the type or the place. They are valid as long as `tasks` is not changed.
[[nodiscard]] std::vector<const Resource*> chosen_resources(const Tasks& tasks,
                                                            const ResourceChoice& choice);
[[nodiscard]] std::vector<const Operation*> chosen_operations(const Tasks& tasks,
                                                              const OperationChoice& choice);

[[nodiscard]] Line column_line(const ResourceChoice& choice, std::size_t width);
[[nodiscard]] Line column_line(const OperationChoice& choice, std::size_t width);
[[nodiscard]] Line row_line(const Resource& resource, std::size_t width);
[[nodiscard]] Line row_line(const Operation& operation, std::size_t width);

}  // namespace pulsebench::console
