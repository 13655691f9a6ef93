#include "pulsebench/stats/normal.hpp"

#include <cassert>

#include <boost/math/distributions/normal.hpp>

namespace pulsebench::stats {

double upper_normal(double tail) {
  assert(tail > 0.0 && tail < 1.0);
  return boost::math::quantile(boost::math::complement(boost::math::normal_distribution<>{}, tail));
}

}  // namespace pulsebench::stats
