#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "pulsebench/render/chart.hpp"
#include "pulsebench/render/text.hpp"
#include "pulsebench/vocabulary/source_line.hpp"
#include "pulsebench/vocabulary/tier.hpp"
#include "pulsebench/vocabulary/units.hpp"

/// What a command has to say, before anybody decides how it is written down. A page knows no format
/// and no width; a format (`formats.hpp`) knows no page. Every text may be untrusted: the formats
/// make it harmless, so that a page need not.
namespace pulsebench::render {

/// How something stands. Every format draws a sign for it, so that no colour is needed to read it;
/// `cell_text.cpp` has the signs in this order.
enum class Mark { none, met, missed, attention, unsure, absent, footnote };

/// A benchmark's name, which may be long: both of its ends tell it apart.
struct Name {
  std::string id;
};

/// A bound that somebody chose: "< 20 ns".
struct Bound {
  Cost at_most;
};

/// A relative change with its sign: "+15.2 %".
struct Change {
  Percent value;
};

/// A percentage that somebody chose, with its unit: "5 %".
struct Limit {
  Percent value;
};

/// The interval of a cost: "0.272–0.275", or half of it in per cent of the cost where there is
/// little room.
struct CostInterval {
  Cost low, high, cost;
};

/// The interval of a change: "+14.4 to +15.9", or half of it.
struct ChangeInterval {
  Percent low, high, change;
  std::optional<Percent> threshold = {};  ///< of the change that counts; drawn with it
};

/// "0" to "3", or "floor" where there is no tier.
struct TierOrFloor {
  std::optional<Tier> tier;
};

/// A number of something, its thousands grouped.
struct Count {
  long long value = 0;
};

/// A number per operation, with three digits: "21", "0.125".
struct PerOperation {
  double value = 0.0;
};

/// A row of small bars, one a value, from the least of them to the greatest: "▁▁▁▅█". Differences
/// below `kFlat` of the least value show as none.
struct Sparkline {
  std::vector<double> values;
  static constexpr double kFlat = 0.05;  ///< the full height is at least that part of the least
};

/// Another page of the same site, by its relative path, which is ours; else its text alone.
struct Link {
  std::string text;
  std::string target;
};

/// A command to copy: whole on one line, never wrapped or cut.
struct Command {
  std::string text;
};

/// One value of a table. `Cost` is a cost with its unit; `Percent` a share or a spread whose
/// unit stands in the header. An empty cell has `monostate`.
struct Cell {
  using Value =
      std::variant<std::monostate, Text, Name, Cost, Bound, Change, Limit, Percent, CostInterval,
                   ChangeInterval, TierOrFloor, Count, PerOperation, Sparkline, Link, Command>;
  Value value = {};
  Tone tone = Tone::plain;  ///< of a value that is no `Text`
  Mark mark = Mark::none;   ///< drawn before a name, behind anything else

  Cell() = default;
  template <typename T>
  Cell(T held, Tone its_tone = Tone::plain,
       Mark its_mark = Mark::none)  // NOLINT: a value is a cell
      : value(std::move(held)), tone(its_tone), mark(its_mark) {}
  Cell(std::string text) : value(Text{std::move(text)}) {}  // NOLINT
  Cell(const char* text) : value(Text{text}) {}             // NOLINT
};

enum class Align { left, right };

struct Column {
  std::string header;
  Align align = Align::left;
  int drop = 0;             ///< left out where room is short, highest first; 0: never
  bool elastic = false;     ///< cut in its middle where room is short; at most one column
  std::string narrow = {};  ///< the header where an interval shows half its width; empty: `header`
  bool detail = false;      ///< shown only with `--explain`, as every `detail` below
};

struct Row {
  std::vector<Cell> cells;         ///< one a column; those that lack at the end are empty
  Text note = {};                  ///< in the place of the cells that lack, else on a line below
  Text detail = {};                ///< added to the note with `--explain`
  std::string command = {};        ///< on a line below, verbatim
  const char* command_is = "fix";  ///< what the command is for, stands before it
  /// Makes what the row rests on, for a format that shows it; may be absent.
  std::function<Evidence()> evidence = {};
};

/// Rows under a title of their own; without one where it is empty.
struct Group {
  Text title = {};
  std::vector<Row> rows = {};
};

/// Something to know about the page, or about a table.
struct Note {
  Mark mark = Mark::none;
  Text text = {};
  bool detail = false;
};

struct Table {
  Text heading = {};  ///< where there is one, a terminal draws a box
  std::vector<Column> columns = {};
  std::vector<Group> groups = {};
  std::string groups_are = {};    ///< what their titles say: "verdict"; heads their own column
  std::vector<Note> legend = {};  ///< a line below it
  bool detail = false;
};

/// One sentence, or short facts side by side.
struct Paragraph {
  std::vector<Text> items = {};
  bool detail = false;
};

/// A picture for a browser. It is ours, and any text in it is escaped; other formats leave it out.
struct Graphic {
  std::function<std::string()> svg = {};
  std::string_view script = {};         ///< that the page runs for it, once
  std::string_view script_sha256 = {};  ///< of the script, in hexadecimal
};

using Block = std::variant<Table, Note, Paragraph, Graphic>;

/// Another document about the same thing, such as a flame graph.
struct Attachment {
  std::string_view format;  ///< of the table of formats
  std::function<std::string()> write;
};

/// The verdict of the command, and why, in one sentence.
struct Headline {
  std::string verdict = {};           ///< "regressed"; empty: the sentence says it
  Tone tone = Tone::plain;            ///< of the verdict; of the sentence where there is none
  std::vector<Text> clauses = {};     ///< the sentence, in parts between semicolons
  std::optional<int> exit_code = {};  ///< shown where it means something
};

/// What to do now: "next: fix it, or accept it with a reason: pulsebench baseline approve ..."
struct Next {
  std::string advice = {};
  std::string command = {};
};

/// A number of a benchmark, by the key that documents have for it: "change_percent".
struct Figure {
  const char* key;
  std::optional<double> value = {};  ///< empty: not measured
};

/// How a benchmark stands to the gates.
enum class CaseOutcome {
  passed,
  failed,     ///< it fails the run
  broken,     ///< it crashed, timed out or was not measured, and fails the run
  undecided,  ///< it has no verdict, and fails nothing
};

/// One benchmark, for formats that programs read. Its texts are untrusted, as everywhere.
struct Case {
  std::string id;
  std::string suite;    ///< "tier 0"
  std::string verdict;  ///< "regressed"
  CaseOutcome outcome = CaseOutcome::passed;
  bool attention = false;                 ///< worth a warning, though it fails nothing
  std::string message = {};               ///< why, in one sentence
  std::optional<double> seconds = {};     ///< spent on measuring it; empty: unknown
  std::optional<SourceLine> source = {};  ///< relative to the repository; empty: unknown
  std::optional<Cost> cost = {};          ///< as measured last
  Cost uncertainty = {};                  ///< of `cost`, half the width of its interval; 0: unknown
  std::vector<Figure> figures = {};       ///< the same keys for all cases of a page
};

struct Page {
  Text title = {};  ///< what it is about: "pr-123 against main"
  Headline headline = {};
  std::vector<Block> blocks = {};
  Next next = {};
  std::function<std::string()> json = {};  ///< makes the document for programs; every page has one
  std::function<std::vector<Case>()> cases = {};  ///< every benchmark; empty on pages without any
  std::vector<Attachment> attachments = {};

  void add(Block block) { blocks.push_back(std::move(block)); }
};

/// The page without what only `--explain` shows, or with it. Pure.
[[nodiscard]] Page shown(const Page& page, bool explain);

}  // namespace pulsebench::render
