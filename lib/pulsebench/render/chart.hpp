#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "pulsebench/render/text.hpp"
#include "pulsebench/vocabulary/units.hpp"

/// What can be drawn of measurements. A format for a browser draws it; the others, which have the
/// figures in words, leave it out.
namespace pulsebench::render {

/// The cost of each launch of one side.
struct LaunchesOfSide {
  std::vector<double> ns = {};                      ///< per operation, in order of launch
  std::optional<Cost> cost = {};                    ///< their median
  std::optional<std::pair<Cost, Cost>> range = {};  ///< the interval of it
};

/// Every launch of one side, or of two: the old one first.
struct LaunchStrip {
  std::vector<LaunchesOfSide> sides = {};
  std::optional<Cost> target = {};
};

/// What each pair of launches, or each block, says of the change, in order.
struct PairedChanges {
  std::string of = {};               ///< what a pair is: "launch", "block"
  std::vector<double> percent = {};  ///< by the low quantiles
  std::vector<double> means = {};    ///< by the means, the guard; empty where there is none
  Percent low = {}, high = {};       ///< the interval of the change
  Percent threshold = {};
};

/// What part of the slices took at most how long.
struct Distribution {
  /// Of each side: ns/op at equal steps from 0 % to 100 %, ascending.
  std::vector<std::vector<double>> sides = {};
};

/// The cost in one stored result.
struct CoursePoint {
  std::string when = {};          ///< a day
  std::optional<Cost> cost = {};  ///< absent: not measured
  int missing_before = 0;         ///< results that were expected before this one: a gap
  std::string epoch = {};         ///< why costs before it are not comparable; empty: they are
};

/// Points that share a level.
struct CourseLevel {
  std::size_t first = 0, last = 0;
  Cost cost;
};

/// A change of level, at the first point of the new one.
struct CourseChange {
  std::size_t first = 0;
  bool slower = false;
};

/// The cost in stored results, oldest first, and what was found in them.
struct Course {
  std::vector<CoursePoint> points = {};
  std::vector<CourseLevel> levels = {};
  std::vector<CourseChange> changes = {};
};

using Chart = std::variant<LaunchStrip, PairedChanges, Distribution, Course>;

/// A name and what is known under it: "robust cv", "0.3 %".
struct Fact {
  std::string name = {};
  Text value = {};
};

/// What a row of a table rests on.
struct Evidence {
  std::vector<Chart> charts = {};
  std::vector<Fact> facts = {};
};

}  // namespace pulsebench::render
