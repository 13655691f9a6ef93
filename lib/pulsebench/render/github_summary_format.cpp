#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/render/formats.hpp"
#include "pulsebench/render/quantity.hpp"

/// Pages in Markdown for places of GitHub that refuse what is too long: rows are left out from the
/// end, where the least urgent ones stand, and counted.
namespace pulsebench::render {

std::string write_markdown(const Page& page, const Style& style);  // markdown_format.cpp

namespace {

/// GitHub refuses a summary beyond 1 MiB a step, and a comment beyond 65,536 characters. Both leave
/// room for what else a job writes there.
constexpr std::size_t kSummaryBytes = 900U * 1024U;
constexpr std::size_t kCommentBytes = 60'000;

/// How many rows and notes of a page are kept, the first ones.
struct Kept {
  std::size_t rows, notes;
};

Kept all_of(const Page& page) {
  Kept all{0, 0};
  for (const Block& block : page.blocks) {
    const auto* table = std::get_if<Table>(&block);
    if (table == nullptr) {
      ++all.notes;
      continue;
    }
    for (const Group& group : table->groups) all.rows += group.rows.size();
  }
  return all;
}

/// What is left out, by the titles of its groups in their order.
class LeftOut {
 public:
  void add(const std::string& title, std::size_t number) {
    if (number == 0) return;
    const auto known = std::ranges::find(counts_, title, &Count::first);
    (known == counts_.end() ? counts_.emplace_back(title, 0) : *known).second += number;
  }

  [[nodiscard]] bool empty() const { return counts_.empty(); }

  /// "left out for length: 12 improved, 9,419 unchanged".
  [[nodiscard]] std::string text() const {
    std::string text = "left out for length: ";
    for (const auto& [title, number] : counts_) {
      if (&title != &counts_.front().first) text += ", ";
      text += format_count(static_cast<long long>(number)) + " " + title;
    }
    return text;
  }

 private:
  using Count = std::pair<std::string, std::size_t>;
  std::vector<Count> counts_;
};

/// The table with its first `rows` rows, and the number of those that are left for later ones.
Table cut_table(const Table& table, std::size_t& rows, LeftOut& left_out) {
  Table cut = table;
  cut.groups.clear();
  for (const Group& group : table.groups) {
    const std::size_t kept = std::min(rows, group.rows.size());
    rows -= kept;
    const std::string title = group.title.plain();
    left_out.add(title.empty() ? "more" : title, group.rows.size() - kept);
    if (kept == 0) continue;
    Group& shown = cut.groups.emplace_back(Group{.title = group.title});
    shown.rows.assign(group.rows.begin(), group.rows.begin() + static_cast<std::ptrdiff_t>(kept));
  }
  return cut;
}

Page cut_page(const Page& page, Kept kept) {
  Page cut = page;
  cut.blocks.clear();
  LeftOut left_out;
  std::size_t notes = 0;
  for (const Block& block : page.blocks) {
    if (const auto* table = std::get_if<Table>(&block)) {
      cut.add(cut_table(*table, kept.rows, left_out));
    } else if (notes++ < kept.notes) {
      cut.add(block);
    }
  }
  if (notes > kept.notes) left_out.add("notes", notes - kept.notes);
  if (!left_out.empty()) cut.add(Note{Mark::attention, left_out.text()});
  return cut;
}

/// The largest number from 0 to `most` for which `fits` holds, or 0. Precondition: it holds for the
/// numbers below one for which it holds.
template <class Fits>
std::size_t largest(std::size_t most, Fits fits) {
  std::size_t low = 0, high = most;
  while (low < high) {
    const std::size_t middle = low + (high - low + 1) / 2;
    if (fits(middle)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

std::string within(const Page& page, const Style& style, std::size_t most_bytes) {
  std::string whole = write_markdown(page, style);
  if (whole.size() <= most_bytes) return whole;
  const auto text = [&](Kept kept) { return write_markdown(cut_page(page, kept), style); };
  const Kept all = all_of(page);
  const std::size_t rows = largest(all.rows, [&](std::size_t number) {
    return text({number, all.notes}).size() <= most_bytes;
  });
  if (rows > 0) return text({rows, all.notes});
  const std::size_t notes = largest(all.notes, [&](std::size_t number) {
    return text({0, number}).size() <= most_bytes;
  });
  return text({0, notes});
}

}  // namespace

std::string write_github_summary(const Page& page, const Style& style) {
  return within(page, style, kSummaryBytes);
}

std::string write_github_comment(const Page& page, const Style& style) {
  return within(page, style, kCommentBytes);
}

}  // namespace pulsebench::render
