#include "place_view.hpp"

#include <map>
#include <tuple>

#include "duration_text.hpp"

namespace pulsebench::console {
namespace {

template <class Row>
std::string type_of(const Row& row) {
  return row.type;
}
template <class Row>
std::string place_of(const Row& row) {
  return row.where;
}
template <class Row>
std::string waiting_of(const Row& row) {
  return std::to_string(row.waiting);
}

constexpr Shown<ResourceColumn, Resource> kResourceColumns[]{
    {ResourceColumn::type, 12, false, 0, type_of<Resource>},
    {ResourceColumn::opened, 8, true, 0,
     [](const Resource& r) { return std::to_string(r.opened); }},
    {ResourceColumn::closed, 8, true, 0,
     [](const Resource& r) { return std::to_string(r.closed); }},
    {ResourceColumn::open, 8, true, 0,
     [](const Resource& r) { return std::to_string(open_ones(r)); }},
    {ResourceColumn::waiting, 8, true, 0, waiting_of<Resource>},
    {ResourceColumn::where, 0, false, 0, place_of<Resource>},
};

constexpr Shown<OperationColumn, Operation> kOperationColumns[]{
    {OperationColumn::type, 12, false, 0, type_of<Operation>},
    {OperationColumn::ended, 8, true, 0,
     [](const Operation& o) { return std::to_string(o.ended); }},
    {OperationColumn::waiting, 8, true, 0, waiting_of<Operation>},
    {OperationColumn::total, 7, true, 0, [](const Operation& o) { return text_of(o.total); }},
    {OperationColumn::mean, 7, true, 0, [](const Operation& o) { return text_of(mean_time(o)); }},
    {OperationColumn::longest, 8, true, 0, [](const Operation& o) { return text_of(o.longest); }},
    {OperationColumn::where, 0, false, 0, place_of<Operation>},
};

template <class Row>
auto name_order(const Row& row) {
  return std::tie(row.type, row.where);
}

/// True if `a` stands above `b`: larger numbers first, ties by type and place.
template <class Row, class Number>
bool is_larger(const Row& a, const Row& b, Number number) {
  return std::tuple(number(b), name_order(a)) < std::tuple(number(a), name_order(b));
}

template <class Row>
bool is_placed_above(const Row& a, const Row& b) {
  return std::tie(a.where, a.type) < std::tie(b.where, b.type);
}

bool is_above(const Resource& a, const Resource& b, ResourceColumn column) {
  switch (column) {
    case ResourceColumn::type:
      return name_order(a) < name_order(b);
    case ResourceColumn::opened:
      return is_larger(a, b, [](const Resource& r) { return r.opened; });
    case ResourceColumn::closed:
      return is_larger(a, b, [](const Resource& r) { return r.closed; });
    case ResourceColumn::open:
      return is_larger(a, b, open_ones);
    case ResourceColumn::waiting:
      return is_larger(a, b, [](const Resource& r) { return r.waiting; });
    case ResourceColumn::where:
      return is_placed_above(a, b);
  }
  return false;
}

bool is_above(const Operation& a, const Operation& b, OperationColumn column) {
  switch (column) {
    case OperationColumn::type:
      return name_order(a) < name_order(b);
    case OperationColumn::ended:
      return is_larger(a, b, [](const Operation& o) { return o.ended; });
    case OperationColumn::waiting:
      return is_larger(a, b, [](const Operation& o) { return o.waiting; });
    case OperationColumn::total:
      return is_larger(a, b, [](const Operation& o) { return o.total; });
    case OperationColumn::mean:
      return is_larger(a, b, mean_time);
    case OperationColumn::longest:
      return is_larger(a, b, [](const Operation& o) { return o.longest; });
    case OperationColumn::where:
      return is_placed_above(a, b);
  }
  return false;
}

template <class Row, class Column>
std::vector<const Row*> chosen(const std::map<PlaceName, Row>& all,
                               const ChoiceOf<Column>& choice) {
  std::vector<const Row*> rows;
  for (const auto& [name, row] : all) {
    const bool has_part = row.type.find(choice.filter) != std::string::npos ||
                          row.where.find(choice.filter) != std::string::npos;
    if (has_part) rows.push_back(&row);
  }
  sort_rows(rows, choice.is_reversed,
            [&](const Row* a, const Row* b) { return is_above(*a, *b, choice.sort); });
  return rows;
}

}  // namespace

std::uint64_t open_ones(const Resource& resource) {
  return resource.opened > resource.closed ? resource.opened - resource.closed : 0;
}

std::chrono::nanoseconds mean_time(const Operation& operation) {
  if (operation.ended == 0) return std::chrono::nanoseconds{0};
  return operation.total / static_cast<std::int64_t>(operation.ended);
}

std::vector<const Resource*> chosen_resources(const Tasks& tasks, const ResourceChoice& choice) {
  return chosen(tasks.resources(), choice);
}

std::vector<const Operation*> chosen_operations(const Tasks& tasks, const OperationChoice& choice) {
  return chosen(tasks.operations(), choice);
}

Line column_line(const ResourceChoice& choice, std::size_t width) {
  return heading_of<ResourceColumn, Resource>(kResourceColumns, choice, width);
}

Line column_line(const OperationChoice& choice, std::size_t width) {
  return heading_of<OperationColumn, Operation>(kOperationColumns, choice, width);
}

Line row_line(const Resource& resource, std::size_t width) {
  const auto cells = cells_of<ResourceColumn, Resource>(kResourceColumns, resource, width);
  const bool is_closed = resource.opened == resource.closed && resource.waiting == 0;
  return {fitted("  " + cells, width), is_closed ? Look::quiet : Look::plain};
}

Line row_line(const Operation& operation, std::size_t width) {
  const auto cells = cells_of<OperationColumn, Operation>(kOperationColumns, operation, width);
  return {fitted("  " + cells, width)};
}

}  // namespace pulsebench::console
