#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "pulsebench/render/plot_axes.hpp"
#include "pulsebench/render/plots.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/svg.hpp"

namespace pulsebench::render {
namespace {

constexpr int kCourseTop = 16, kCourseBottom = 160, kCourseWidth = 700;
constexpr int kCourseRight = kCourseWidth - 8;
constexpr std::size_t kFewPoints = 80;  // beyond them, marks are small
constexpr int kWidestGap = 7;           // a longer one is drawn as wide as that

/// Where each point stands from left to right: gaps take room.
std::vector<double> places_of(const std::vector<CoursePoint>& points) {
  std::vector<double> places;
  double place = 0.0;
  for (const CoursePoint& point : points) {
    if (!places.empty()) place += 1.0 + std::min(point.missing_before, kWidestGap);
    places.push_back(place);
  }
  return places;
}

std::string caption_of(const Course& course) {
  int missing = 0;
  bool epochs = false;
  for (const CoursePoint& point : course.points) {
    missing += point.missing_before;
    epochs = epochs || !point.epoch.empty();
  }
  std::string caption = "cost in the stored results, oldest first" + shown_of(course.points.size());
  if (course.levels.size() > 1) caption += "; lines: levels";
  if (!course.changes.empty()) caption += "; ▲ slower, ▼ faster";
  if (epochs) caption += "; dashed: not comparable beyond";
  if (missing > 0) caption += fmt::format("; {} missing", missing);
  return caption;
}

void draw_findings(Picture& picture, const Course& course, const std::vector<double>& places,
                   const Scale& x, const Scale& y) {
  PathData levels, epochs;
  if (course.levels.size() > 1) {
    for (const CourseLevel& level : course.levels) {
      levels.horizontal(x(places[level.first]), x(places[level.last]), y(level.cost.value));
    }
  }
  for (std::size_t i = 1; i < course.points.size(); ++i) {
    const bool begins = !course.points[i].epoch.empty();
    if (begins) epochs.vertical(x((places[i - 1] + places[i]) / 2.0), kCourseTop, kCourseBottom);
  }
  picture.paths += levels.element("m o") + epochs.element("t");
  for (const CourseChange& change : course.changes) {
    picture.labels.add(Anchor::middle, x(places[change.first]), kCourseTop - 4,
                       change.slower ? "▲" : "▼");
  }
}

}  // namespace

Plot plot_of(const Course& course) {
  Plot made{.caption = caption_of(course)};
  Range range;
  for (const CoursePoint& point : course.points) {
    if (point.cost) range.add(point.cost->value);
  }
  if (range.empty()) return made;
  const double pad = std::max(0.06 * (range.high - range.low), 0.025 * range.low);
  const Scale y{range.low - pad, range.high + pad, kCourseBottom, kCourseTop};
  const std::vector<double> places = places_of(course.points);
  const Scale x{0.0, std::max(places.back(), 1.0), kLeft + 4, kCourseRight - 4};
  Picture picture;
  draw_upright_cost_axis(picture, y, kCourseBottom, kCourseRight);
  picture.labels.add(Anchor::start, kLeft, kCourseBottom + 13, course.points.front().when);
  picture.labels.add(Anchor::end, kCourseRight, kCourseBottom + 13, course.points.back().when);
  PathData marks;
  for (const std::size_t i : chosen_of(course.points.size())) {
    const auto& cost = course.points[i].cost;
    if (cost) marks.dot(x(places[i]), y(cost->value));
  }
  picture.paths += marks.element(course.points.size() > kFewPoints ? "p small n" : "p n");
  draw_findings(picture, course, places, x, y);
  made.svg = svg(kCourseBottom + 17, picture.paths, picture.labels, kCourseWidth);
  return made;
}

}  // namespace pulsebench::render
