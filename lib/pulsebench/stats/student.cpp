#include "pulsebench/stats/student.hpp"

#include <cassert>

#include <boost/math/distributions/students_t.hpp>

#include "pulsebench/stats/normal.hpp"

namespace pulsebench::stats {

double upper_student(double tail, double degrees_of_freedom) {
  assert(tail > 0.0 && tail < 1.0 && degrees_of_freedom > 0.0);
  if (degrees_of_freedom >= 1e6) return upper_normal(tail);
  return boost::math::quantile(
      boost::math::complement(boost::math::students_t_distribution<>{degrees_of_freedom}, tail));
}

}  // namespace pulsebench::stats
