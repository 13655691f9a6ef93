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
  const auto require_line = [](const console::Line& line, std::size_t width) {
    fuzz::require(line.text.size() == width, "a row fits the screen");
    for (const char c : line.text) fuzz::require(c >= ' ' && c <= '~', "and steers no terminal");
  };
  for (const std::size_t width : {40U, 120U}) {
    for (const auto view :
         {console::View::tasks, console::View::resources, console::View::operations}) {
      console::Choices choices;
      choices.view = view;
      const console::Listing listing = console::listing_of(tasks, choices, width);
      for (const console::Line& line : listing.head) require_line(line, width);
      for (std::size_t i = 0; i < listing.keys.size(); ++i) require_line(listing.line(i), width);
    }
    for (const console::Row& row : console::chosen_rows(tasks, {})) {
      static_cast<void>(console::detail_lines(row, width));
    }
  }
  fuzz::require(!console::table_json(tasks, {}).empty(), "there is a document");
  return 0;
}
