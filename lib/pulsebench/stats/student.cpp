#include "pulsebench/stats/student.hpp"

#include <cassert>
#include <cmath>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "pulsebench/stats/spread.hpp"

namespace pulsebench::stats {
namespace {

double square_sum(std::span<const double> values, double center) {
  double sum = 0.0;
  for (const double value : values) sum += (value - center) * (value - center);
  return sum;
}

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

double two_sample_p(std::span<const double> first, std::span<const double> second) {
  const double m = static_cast<double>(first.size());
  const double n = static_cast<double>(second.size());
  assert(m >= 1.0 && n >= 1.0 && m + n >= 3.0);
  const double first_mean = mean(first);
  const double second_mean = mean(second);
  const double freedom = m + n - 2.0;
  const double variance =
      (square_sum(first, first_mean) + square_sum(second, second_mean)) / freedom;
  const double error = std::sqrt(variance * (1.0 / m + 1.0 / n));
  const double difference = std::abs(first_mean - second_mean);
  if (error == 0.0) return difference == 0.0 ? 1.0 : 0.0;
  return 2.0 * student_tail(difference / error, freedom);
}

double upper_normal(double tail) {
  assert(tail > 0.0 && tail < 1.0);
  return boost::math::quantile(boost::math::complement(boost::math::normal_distribution<>{}, tail));
}

}  // namespace pulsebench::stats
