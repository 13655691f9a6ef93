#pragma once

#include <cstddef>
#include <string>

#include "pulsebench/render/page.hpp"

namespace pulsebench::render {

/// The bytes by which a page may still grow: no input makes a page that a browser cannot show.
class Room {
 public:
  explicit Room(std::size_t bytes) : left_(bytes) {}

  [[nodiscard]] std::size_t left() const { return left_; }
  /// Returns true where so many bytes fit, and then takes them.
  bool take(std::size_t bytes) {
    if (bytes > left_) return false;
    left_ -= bytes;
    return true;
  }

 private:
  std::size_t left_;
};

/// The table of a page that a reader filters: the first one whose rows rest on evidence, else the
/// first long one. Null where there is none.
[[nodiscard]] const Table* main_table(const Page& page);

/// The table as HTML, with the room that is left. Rows come in their order until half of the room
/// is used, then what they rest on; a line says how many are left out. `is_main`: a script can
/// filter it.
[[nodiscard]] std::string html_of(const Table& table, bool is_main, Room& room);

}  // namespace pulsebench::render
