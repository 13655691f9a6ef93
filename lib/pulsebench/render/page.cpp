#include "pulsebench/render/page.hpp"

namespace pulsebench::render {
namespace {

bool is_detail(const Block& block) {
  const auto* note = std::get_if<Note>(&block);
  const auto* table = std::get_if<Table>(&block);
  const auto* paragraph = std::get_if<Paragraph>(&block);
  return (note != nullptr && note->detail) || (table != nullptr && table->detail) ||
         (paragraph != nullptr && paragraph->detail);
}

void drop_details(Table& table) {
  std::erase_if(table.legend, [](const Note& note) { return note.detail; });
  for (std::size_t i = table.columns.size(); i-- > 0;) {
    if (!table.columns[i].detail) continue;
    for (Group& group : table.groups) {
      for (Row& row : group.rows) {
        if (i < row.cells.size()) row.cells.erase(row.cells.begin() + static_cast<long>(i));
      }
    }
    table.columns.erase(table.columns.begin() + static_cast<long>(i));
  }
  for (Group& group : table.groups) {
    for (Row& row : group.rows) row.detail = {};
  }
}

void show_details(Table& table) {
  for (Group& group : table.groups) {
    for (Row& row : group.rows) {
      if (!row.note.empty() && !row.detail.empty()) row.note.add("; ");
      row.note.append(row.detail);
      row.detail = {};
    }
  }
}

}  // namespace

Page shown(const Page& page, bool explain) {
  Page result = page;
  if (!explain) std::erase_if(result.blocks, is_detail);
  for (Block& block : result.blocks) {
    auto* const table = std::get_if<Table>(&block);
    if (table == nullptr) continue;
    if (explain) {
      show_details(*table);
    } else {
      drop_details(*table);
    }
  }
  return result;
}

}  // namespace pulsebench::render
