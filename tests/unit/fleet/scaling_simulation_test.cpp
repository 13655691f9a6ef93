// The table of docs/scaling.md: runs on up to 1,000 nodes, on paper.
//
//   fleet_simulation_tests -s     prints its rows

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "cluster_simulation.hpp"

using namespace pulsebench::fleet;
using simulation::Cluster;
using simulation::Outcome;

namespace {

struct Row {
  std::size_t benchmarks, nodes;
  std::size_t shards_per_node;  ///< 0: as many as `submit` makes
  double mean_hours_to_death;   ///< of a node; 0: none dies
};

constexpr int kRuns = 5;

/// The mean of five runs; of deaths and shards, too.
struct Mean {
  Outcome outcome;
  double deaths = 0.0;
};

Mean mean_of(const Row& row) {
  std::mt19937_64 bits(4);
  Mean mean;
  for (int i = 0; i < kRuns; ++i) {
    Cluster cluster;
    cluster.nodes = row.nodes;
    cluster.mean_hours_to_death = row.mean_hours_to_death;
    const auto one =
        simulation::run(cluster, row.benchmarks, row.nodes * row.shards_per_node, bits);
    REQUIRE(one);
    CHECK(one->measured == row.benchmarks);  // each once, whatever dies
    mean.outcome.serial_seconds += one->serial_seconds / kRuns;
    mean.outcome.wall_seconds += one->wall_seconds / kRuns;
    mean.outcome.lost_seconds += one->lost_seconds / kRuns;
    mean.outcome.shards = one->shards;
    mean.deaths += static_cast<double>(one->deaths) / kRuns;
  }
  return mean;
}

std::string line_of(const Row& row, const Mean& mean) {
  const Outcome& outcome = mean.outcome;
  return fmt::format(
      "| {} | {} | {} | {} | {:.0f} s | {:.0f} s | {:.1f} × | {} |", row.benchmarks, row.nodes,
      outcome.shards,
      row.mean_hours_to_death > 0.0 ? fmt::format("{:g} h", row.mean_hours_to_death) : "–",
      outcome.serial_seconds, outcome.wall_seconds, outcome.serial_seconds / outcome.wall_seconds,
      mean.deaths > 0.0 ? fmt::format("{:.0f}, {:.0f} s", mean.deaths, outcome.lost_seconds) : "–");
}

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream{file}.rdbuf();
  return text.str();
}

const std::vector<Row> kRows{{60, 3, 0, 0.0},        {600, 10, 0, 0.0},     {6000, 100, 0, 0.0},
                             {60000, 1000, 1, 0.0},  {60000, 1000, 0, 0.0}, {60000, 1000, 4, 0.0},
                             {60000, 1000, 0, 24.0}, {60000, 1000, 0, 2.0}};

}  // namespace

TEST_CASE("docs/scaling.md has the rows that the simulation prints") {
  const std::string page = text_of(std::filesystem::path{DOCS} / "scaling.md");
  for (const Row& row : kRows) {
    const std::string line = line_of(row, mean_of(row));
    INFO(line);
    CHECK(page.find(line) != std::string::npos);
  }
}

TEST_CASE("the simulation agrees with one that was written before it, in Python") {
  // Seconds of wall time, from a simulation with the same assumptions, another generator of random
  // numbers, and shards of its own. Of the maximum of 1,000 nodes, five runs know a tenth.
  const auto wall = [](const Row& row) { return mean_of(row).outcome.wall_seconds; };
  CHECK(wall({600, 10, 1, 0.0}) == doctest::Approx(116.0).epsilon(0.05));
  CHECK(wall({6000, 100, 2, 0.0}) == doctest::Approx(125.0).epsilon(0.05));
  CHECK(wall({60000, 1000, 1, 0.0}) == doctest::Approx(166.0).epsilon(0.05));
  CHECK(wall({60000, 1000, 4, 0.0}) == doctest::Approx(232.0).epsilon(0.1));
  CHECK(wall({60000, 1000, 2, 24.0}) == doctest::Approx(183.0).epsilon(0.1));
  CHECK(wall({60000, 1000, 2, 2.0}) == doctest::Approx(202.0).epsilon(0.1));
}

TEST_CASE("no run is faster than its nodes, its controller and its longest benchmark allow") {
  for (const Row& row : kRows) {
    std::mt19937_64 bits(9);
    const Cluster cluster{.nodes = row.nodes};
    const auto one = simulation::run(cluster, row.benchmarks, 0, bits);
    REQUIRE(one);
    const auto nodes = static_cast<double>(row.nodes);
    CHECK(one->wall_seconds >= cluster.start_seconds + one->serial_seconds / nodes);
    CHECK(one->wall_seconds >= static_cast<double>(one->shards - 1) / cluster.dispatch_per_second);
  }
}

TEST_CASE("a run ends without a result where no node is left") {
  std::mt19937_64 bits(4);
  CHECK_FALSE(simulation::run({.nodes = 3, .mean_hours_to_death = 0.01}, 6000, 0, bits));
}
