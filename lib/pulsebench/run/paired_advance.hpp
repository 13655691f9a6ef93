#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace pulsebench::run {

/// How much of a paired run is done. All subjects advance together and most end in the same round,
/// so that the number of decisions tells little until then.
class PairedAdvance {
 public:
  explicit PairedAdvance(std::size_t subjects) : shares_(subjects, 0.0) {}

  /// To be called when the subject is calibrated, and after each block.
  void update(std::size_t subject, int blocks, bool is_open) {
    const double share = is_open ? share_after(blocks) : 1.0;
    sum_ += share - shares_[subject];
    shares_[subject] = share;
  }

  /// From 0 to 1.
  [[nodiscard]] double share() const {
    return shares_.empty() ? 1.0 : sum_ / static_cast<double>(shares_.size());
  }

 private:
  static constexpr double kCalibration = 3.0;  ///< takes as long as so many blocks
  static constexpr double kUsual = 5.0;        ///< blocks that most subjects need
  static constexpr double kFurther = 3.0;      ///< that are expected of one that is still open

  static double share_after(int blocks) {
    const double done = kCalibration + blocks;
    return done / (done + std::max(kUsual - blocks, kFurther));
  }

  std::vector<double> shares_;
  double sum_ = 0.0;
};

}  // namespace pulsebench::run
