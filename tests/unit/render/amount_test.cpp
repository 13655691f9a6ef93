#include "pulsebench/render/quantity.hpp"

#include <doctest/doctest.h>

using namespace pulsebench::render;

// By hand: 1 KiB is 1024 bytes, 1 MiB is 1,048,576, 1 GiB is 1,073,741,824.
TEST_CASE("bytes are told in powers of 1024, with three digits") {
  CHECK(Amount::of_bytes(100.0).text() == "100 B");
  CHECK(Amount::of_bytes(1024.0).text() == "1 KiB");
  CHECK(Amount::of_bytes(10'240.0).text() == "10 KiB");
  CHECK(Amount::of_bytes(1'572'864.0).text() == "1.5 MiB");
  CHECK(Amount::of_bytes(123'456'789.0).per_second() == "118 MiB/s");
  CHECK(Amount::of_bytes(2'147'483'648.0).per_second() == "2.00 GiB/s");
  CHECK(Amount::of_bytes(1023.7).per_second() == "1.00 KiB/s");
  CHECK(Amount::of_bytes(0.0).text() == "0 B");
}

TEST_CASE("items are told in powers of 1000, and one is an item") {
  CHECK(Amount::of_items(1.0).text() == "1 item");
  CHECK(Amount::of_items(0.5).text() == "0.5 items");
  CHECK(Amount::of_items(1000.0).text() == "1 k items");
  CHECK(Amount::of_items(35'714'285.0).per_second() == "35.7 M items/s");
  CHECK(Amount::of_items(12.34).per_second() == "12.3 items/s");
}

TEST_CASE("another amount is told in the same unit and with the same digits") {
  CHECK(Amount::of_bytes(123'456'789.0).figure_of(1'048'576.0) == "1");
  CHECK(Amount::of_items(1.5e6).figure_of(2'345'678.0) == "2.35");
}
