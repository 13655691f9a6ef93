#include "pulsebench/render/html_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "pulsebench/render/cell_text.hpp"
#include "pulsebench/render/html_row.hpp"
#include "pulsebench/render/html_text.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/svg.hpp"

namespace pulsebench::render {
namespace {

bool has_evidence(const Table& table) {
  return std::ranges::any_of(table.groups, [](const Group& group) {
    return std::ranges::any_of(group.rows,
                               [](const Row& row) { return static_cast<bool>(row.evidence); });
  });
}

bool is_long(const Table& table) {
  constexpr std::size_t kMany = 12;
  std::size_t rows = 0;
  for (const Group& group : table.groups) rows += group.rows.size();
  const bool is_named = std::ranges::all_of(
      table.columns, [](const Column& column) { return !column.header.empty(); });
  return rows > kMany && is_named;
}

/// Writes one table, row by row, with the room there is.
class TableWriter {
 public:
  TableWriter(const Table& table, bool is_main, Room& room)
      : table_(table),
        room_(room),
        is_main_(is_main),
        foldable_(has_evidence(table)),
        with_groups_(is_main && std::ranges::any_of(table.groups, [](const Group& group) {
                       return !group.title.empty();
                     })) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      optional_.push_back(is_for_wide_screens(table, i));
    }
  }

  std::string write() {
    collect_rows();
    collect_evidence();
    std::string html = heading();
    if (is_main_ && rows_.size() > 1) html += filter_bar();
    html += R"(<div class="scroll" tabindex="0" role="region" aria-label=")" +
            escaped_html(name()) + R"("><table)" + (is_main_ ? R"( id="rows")" : "") + ">" + head();
    html += body() + "</table></div>\n";
    return html + left_out() + legend();
  }

 private:
  struct Written {
    const Row* row;
    std::size_t group;
    std::string cells, below, evidence;
  };

  [[nodiscard]] std::string name() const {
    const std::string text = table_.heading.plain();
    return text.empty() ? (is_main_ ? "benchmarks" : "table") : text;
  }

  [[nodiscard]] std::string heading() const {
    if (is_main_)
      return "<h2 id=\"table\">" +
             (table_.heading.empty() ? "Benchmarks" : html_of(table_.heading)) + "</h2>\n";
    return table_.heading.empty() ? "" : "<h2>" + html_of(table_.heading) + "</h2>\n";
  }

  [[nodiscard]] std::size_t width() const { return table_.columns.size() + (with_groups_ ? 1 : 0); }

  [[nodiscard]] std::string cells_of(const Row& row, const Group& group) const {
    std::string html;
    if (with_groups_) {
      const Mark mark = row.cells.empty() ? Mark::none : row.cells[0].mark;
      const std::string its_sign = sign(mark, kUnbounded);
      html += fmt::format(R"(<td class="v {}">{}{}{}</td>)",
                          css_class_of(mark == Mark::none ? Tone::quiet : tone_of(mark)), its_sign,
                          its_sign.empty() ? "" : " ", escaped_html(group.title.plain()));
    }
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const Column& column = table_.columns[i];
      if (i == row.cells.size() && !row.note.empty()) {
        return html + fmt::format(R"(<td class="why" colspan="{}">{}</td>)",
                                  table_.columns.size() - i, html_of(row.note));
      }
      const Cell cell = i < row.cells.size() ? row.cells[i] : Cell{};
      const std::string attribute =
          class_attribute(css_classes_of(column, optional_[i], cell.tone));
      if (i == 0) {
        html += R"(<th scope="row")" + attribute + ">" +
                (with_groups_ ? html_of(cell) : marked_html(cell)) + "</th>";
      } else {
        html += "<td" + attribute + ">" + marked_html(cell) + "</td>";
      }
    }
    return html;
  }

  void collect_rows() {
    const std::size_t share = room_.left() / (is_main_ ? 2 : 1);
    constexpr std::size_t kTags = 48;
    std::size_t used = 0;
    left_out_.resize(table_.groups.size());
    bool full = false;
    for (std::size_t g = 0; g < table_.groups.size(); ++g) {
      for (const Row& row : table_.groups[g].rows) {
        if (full) {
          ++left_out_[g];
          continue;
        }
        Written written{
            &row, g, cells_of(row, table_.groups[g]), html_below(row, table_.columns.size()), {}};
        const std::size_t size = written.cells.size() + written.below.size() + kTags;
        full = used + size > share || !room_.take(size);
        used += size;
        if (full) {
          ++left_out_[g];
        } else {
          rows_.push_back(std::move(written));
        }
      }
    }
  }

  void collect_evidence() {
    if (!foldable_) return;
    for (Written& one : rows_) {
      if (!one.row->evidence) continue;
      if (!without_evidence_) one.evidence = html_of_evidence(*one.row, rows_.size() == 1);
      if (one.evidence.empty() || !room_.take(one.evidence.size())) {
        one.evidence.clear();
        ++without_evidence_;
      }
    }
  }

  [[nodiscard]] std::string head() const {
    const bool named = std::ranges::any_of(
        table_.columns, [](const Column& column) { return !column.header.empty(); });
    if (!named) return "";
    std::string html = "<thead><tr>";
    if (with_groups_) {
      const std::string& what = table_.groups_are;
      html += "<th scope=\"col\">" + (what.empty() ? "group" : escaped_html(Text{what}.plain())) +
              "</th>";
    }
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const Column& column = table_.columns[i];
      html += "<th scope=\"col\"" + class_attribute(css_classes_of(column, optional_[i])) + ">" +
              escaped_html(Text{column.header}.plain()) + "</th>";
    }
    return html + "</tr></thead>";
  }

  [[nodiscard]] std::string row_html(const Written& one) const {
    std::string html = "<tr>" + one.cells + "</tr>";
    if (one.below.empty() && one.evidence.empty()) return html;
    return html + fmt::format(R"(<tr class="d"><td colspan="{}">)", width()) + one.below +
           one.evidence + "</td></tr>";
  }

  /// A body for each row where rows unfold; else one for each group, below its title.
  [[nodiscard]] std::string body() const {
    std::string html;
    if (is_main_) {
      for (const Written& one : rows_) {
        html += fmt::format("<tbody data-g=\"{}\">", one.group) + row_html(one) + "</tbody>\n";
      }
      return html;
    }
    for (std::size_t g = 0; g < table_.groups.size(); ++g) {
      html += "<tbody>";
      if (const Text& title = table_.groups[g].title; !title.empty()) {
        html += fmt::format(R"(<tr class="g"><th colspan="{}" scope="colgroup">)", width()) +
                html_of(title) + "</th></tr>";
      }
      for (const Written& one : rows_) {
        if (one.group == g) html += row_html(one) + "\n";
      }
      html += "</tbody>";
    }
    return html;
  }

  [[nodiscard]] std::string filter_bar() const {
    std::string html =
        R"(<div class="bar" hidden><label>filter <input type="search" id="q"></label>)";
    for (std::size_t g = 0; with_groups_ && g < table_.groups.size(); ++g) {
      const Group& group = table_.groups[g];
      html += fmt::format(R"(<label><input type="checkbox" value="{}" checked> {} ({})</label>)", g,
                          escaped_html(group.title.plain()), group.rows.size() - left_out_[g]);
    }
    if (foldable_) {
      html += R"(<button type="button" id="open">open all</button>)"
              R"(<button type="button" id="close">close all</button>)";
    }
    return html + R"(<span id="said" role="status"></span></div>)"
                  "\n";
  }

  /// "left out of this page: 9,700 unchanged": what no room was for.
  [[nodiscard]] std::string left_out() const {
    std::string html;
    for (std::size_t g = 0; g < table_.groups.size(); ++g) {
      if (left_out_[g] == 0) continue;
      const std::string title = table_.groups[g].title.plain();
      html += (html.empty() ? "" : ", ") + format_count(static_cast<long long>(left_out_[g])) +
              " " + escaped_html(title.empty() ? "rows" : title);
    }
    if (!html.empty()) {
      html = "<p class=\"left\">! left out, to keep this page small: " + html +
             "; the other formats have all</p>\n";
    }
    if (without_evidence_ > 0) {
      html += fmt::format(
          "<p class=\"left\">! the figures of {} are left out, to keep this page small</p>\n",
          format_count(static_cast<long long>(without_evidence_), "row", "rows"));
    }
    return html;
  }

  [[nodiscard]] std::string legend() const {
    std::string html;
    const auto add = [&html](const std::string& line) {
      html += (html.empty() ? "" : " · ") + line;
    };
    for (const Note& note : table_.legend) add(html_of(note.text));
    if (is_main_ && shows_intervals()) {
      add("interval: drawn to twice the threshold on both sides; dashed: the threshold");
    }
    if (shows_two_sides()) {
      add("figures: squares and dashed lines are old, dots and solid lines new; shaded: the "
          "interval");
    }
    return html.empty() ? "" : "<p class=\"legend\">" + html + "</p>\n";
  }

  [[nodiscard]] bool shows_two_sides() const {
    return std::ranges::any_of(rows_, [](const Written& one) {
      return one.evidence.find(R"(class="p o")") != std::string::npos;
    });
  }

  [[nodiscard]] bool shows_intervals() const {
    return std::ranges::any_of(rows_, [](const Written& one) {
      return std::ranges::any_of(one.row->cells, [](const Cell& cell) {
        const auto* interval = std::get_if<ChangeInterval>(&cell.value);
        return interval != nullptr && interval->threshold;
      });
    });
  }

  const Table& table_;
  Room& room_;
  bool is_main_, foldable_, with_groups_;
  std::vector<Written> rows_;
  std::vector<bool> optional_;         ///< of each column
  std::vector<std::size_t> left_out_;  ///< rows of each group
  std::size_t without_evidence_ = 0;
};

}  // namespace

const Table* main_table(const Page& page) {
  const Table* long_table = nullptr;
  for (const Block& block : page.blocks) {
    const auto* const table = std::get_if<Table>(&block);
    if (table == nullptr) continue;
    if (has_evidence(*table)) return table;
    if (long_table == nullptr && is_long(*table)) long_table = table;
  }
  return long_table;
}

std::string html_of(const Table& table, bool is_main, Room& room) {
  return TableWriter{table, is_main, room}.write();
}

}  // namespace pulsebench::render
