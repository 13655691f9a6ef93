#include "pulsebench/stats/student.hpp"

#include <cassert>
#include <cmath>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace pulsebench::stats {
namespace {

constexpr double kAsNormal = 1e6;  // degrees of freedom from which on it is the normal one

}  // namespace

double upper_student(double tail, double degrees_of_freedom) {
  assert(tail > 0.0 && tail < 1.0 && degrees_of_freedom > 0.0);
  if (degrees_of_freedom >= kAsNormal) return upper_normal(tail);
  return boost::math::quantile(
      boost::math::complement(boost::math::students_t_distribution<>{degrees_of_freedom}, tail));
}

double student_tail(double value, double degrees_of_freedom) {
  assert(degrees_of_freedom > 0.0);
  if (degrees_of_freedom >= kAsNormal) return 0.5 * std::erfc(value / std::sqrt(2.0));
  return boost::math::cdf(
      boost::math::complement(boost::math::students_t_distribution<>{degrees_of_freedom}, value));
}

double upper_normal(double tail) {
  assert(tail > 0.0 && tail < 1.0);
  return boost::math::quantile(boost::math::complement(boost::math::normal_distribution<>{}, tail));
}

}  // namespace pulsebench::stats
