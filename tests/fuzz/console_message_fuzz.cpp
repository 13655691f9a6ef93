#include "claims.hpp"
#include "once.hpp"

namespace fuzz = pulsebench::fuzz;
namespace console = pulsebench::console;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  console::Tasks tasks;
  std::string_view rest = fuzz::text_of(data, size);
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto message = console::decode(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (message) {
      tasks.apply(*message);
    } else {
      fuzz::require_clear_line(message.error());
    }
  }
  for (const std::size_t width : {40U, 120U}) {
    for (const console::Row& row : console::chosen_rows(tasks, {})) {
      const std::string line = console::row_line(row, width).text;
      fuzz::require(line.size() == width, "a row fits the screen");
      for (const char c : line) fuzz::require(c >= ' ' && c <= '~', "and steers no terminal");
      static_cast<void>(console::detail_lines(row, width));
    }
  }
  fuzz::require(!console::table_json(tasks, {}).empty(), "there is a document");
  return 0;
}
