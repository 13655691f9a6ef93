#include "pulsebench/machine/hardware_class.hpp"

#include <doctest/doctest.h>

#include "fake_tree.hpp"

using namespace pulsebench;

TEST_CASE("a machine without NVIDIA's driver computes with its CPU only") {
  const FakeTree tree;
  CHECK(machine::hardware_class(tree.roots()) == HardwareClass::cpu_only);
  for (const char* device : {"dev/nvidiactl", "dev/nvidia-uvm", "dev/nvidia", "dev/dri/card0"}) {
    tree.put(device, "");
  }
  CHECK(machine::hardware_class(tree.roots()) == HardwareClass::cpu_only);
}

TEST_CASE("a device or the driver of NVIDIA makes the class of the machine") {
  const FakeTree with_device, with_driver;
  with_device.put("dev/nvidia0", "");
  CHECK(machine::hardware_class(with_device.roots()) == HardwareClass::nvidia_gpu);
  with_driver.put("proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX x86_64\n");
  CHECK(machine::hardware_class(with_driver.roots()) == HardwareClass::nvidia_gpu);
}
