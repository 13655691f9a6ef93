#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/render/table.hpp"

namespace pulsebench::render {

/// `text` as a code span, on one line: in it nothing is a link, a mention or HTML. Empty stays
/// empty.
[[nodiscard]] std::string code(std::string_view text);

/// A table of GitHub-flavoured Markdown, a row a line. Columns without a cell are left out, bars
/// in a cell are escaped. Precondition: the cells are Markdown on one line, each row has one a
/// column.
[[nodiscard]] std::string markdown_table(const std::vector<Column>& columns,
                                         const std::vector<std::vector<std::string>>& rows);

}  // namespace pulsebench::render
