#include <doctest/doctest.h>

#include <string>

#include "pulsebench/render/plots.hpp"

using namespace pulsebench;
using namespace pulsebench::render;

namespace {

Course course_of(int points) {
  Course course;
  for (int i = 0; i < points; ++i) course.points.push_back({.when = "day", .cost = Cost{10}});
  return course;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a course without findings says nothing of them") {
  const Plot plain = plot(course_of(5));
  CHECK(plain.caption == "cost in the stored results, oldest first");
  CHECK_FALSE(has(plain.svg, "▲"));
  CHECK_FALSE(has(plain.svg, "class=\"t\""));
}

TEST_CASE("levels, changes, epochs and gaps are drawn, and the caption explains them") {
  Course course = course_of(5);
  course.levels = {{0, 1, Cost{10}}, {2, 4, Cost{11}}};
  course.changes = {{2, true}, {3, false}};
  course.points[3].missing_before = 2;
  course.points[4].epoch = "version 1 → 2";
  const Plot found = plot(course);
  CHECK(found.caption ==
        "cost in the stored results, oldest first; lines: levels; ▲ slower, ▼ faster; dashed: not "
        "comparable beyond; 2 missing");
  for (const char* part : {"▲", "▼", "class=\"m o\"", "class=\"t\""}) CHECK(has(found.svg, part));
}

TEST_CASE("a gap takes room: what is behind it stands further to the right") {
  Course course = course_of(3);
  course.changes = {{1, true}};
  const auto place_of_change = [&] {
    const std::string svg = plot(course).svg;
    const auto end = svg.find("▲");
    const auto x = svg.rfind("x=\"", end);
    return std::stoi(svg.substr(x + 3));
  };
  const int even = place_of_change();
  course.points[1].missing_before = 3;  // 4 of 5 steps instead of 1 of 2
  CHECK(place_of_change() > even + 100);
}
