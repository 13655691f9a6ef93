#include "listing.hpp"

#include <memory>

#include "pulsebench/json/wording.hpp"

namespace pulsebench::console {
namespace {

template <class Row, class Choice>
Listing listing_of_places(std::vector<Line> head, std::vector<const Row*> rows,
                          const Choice& choice, std::size_t width) {
  Listing listing;
  listing.head = std::move(head);
  listing.head.push_back(column_line(choice, width));
  for (const Row* const row : rows) listing.keys.push_back(row->type + " " + row->where);
  listing.line = [rows = std::move(rows), width](std::size_t i) {
    return row_line(*rows[i], width);
  };
  return listing;
}

}  // namespace

Listing listing_of(const Tasks& tasks, const Choices& choices, std::size_t width) {
  // Shared, since a std::function has to be copyable.
  const auto rows = std::make_shared<std::vector<Row>>(chosen_rows(tasks, choices.tasks));
  std::vector<Line> head = head_lines(tasks, *rows, width);
  if (choices.view == View::resources) {
    return listing_of_places(std::move(head), chosen_resources(tasks, choices.resources),
                             choices.resources, width);
  }
  if (choices.view == View::operations) {
    return listing_of_places(std::move(head), chosen_operations(tasks, choices.operations),
                             choices.operations, width);
  }
  Listing listing;
  listing.head = std::move(head);
  listing.head.push_back(column_line(choices.tasks, width));
  for (const Row& row : *rows) listing.keys.push_back(std::to_string(row.task->id));
  listing.line = [rows, width](std::size_t i) { return row_line((*rows)[i], width); };
  return listing;
}

Result<void> sort_by(Choices& choices, const std::string& column) {
  return choices.with_shown([&]<class Column>(ChoiceOf<Column>& choice) -> Result<void> {
    const auto named = value_named<Column>(column);
    if (!named) {
      return fail(ErrorCode::bad_input,
                  fmt::format("the column to sort {} by {}", name_of(choices.view),
                              json::must_be_one_of(names_of<Column>(), column)));
    }
    choice.sort = *named;
    return {};
  });
}

void sort_by_next(Choices& choices, std::size_t further) {
  choices.with_shown([&]<class Column>(ChoiceOf<Column>& choice) {
    const auto at = static_cast<std::size_t>(choice.sort) + further;
    choice.sort = static_cast<Column>(at % kNames<Column>.size());
    choice.is_reversed = false;
  });
}

}  // namespace pulsebench::console
