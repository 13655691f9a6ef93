#include "pulsebench/service/placeholders.hpp"

#include <doctest/doctest.h>

using namespace pulsebench;
using namespace pulsebench::service;

TEST_CASE("placeholders are found, and other braces are not") {
  Names names;
  CHECK(find_names("--port={port.http} {port.admin-2}{socket.db} {scratch}", names).has_value());
  CHECK(find_names("{\"a\": {}} {build} {", names).has_value());
  CHECK(names.ports == std::set<std::string>{"admin-2", "http"});
  CHECK(names.sockets == std::set<std::string>{"db"});
}

TEST_CASE("a placeholder without a name is an error") {
  Names names;
  const auto found = find_names("{port.}", names);
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().message ==
        "the placeholder '{port.}' needs a name of letters, digits, '_' and '-'");
  CHECK_FALSE(find_names("{socket.a/b}", names).has_value());
}

TEST_CASE("placeholders are replaced, and other braces stay") {
  const Places places{.scratch = "/tmp/x/scratch",
                      .ports = {{"http", 8080}},
                      .sockets = {{"db", "/tmp/x/scratch/db.sock"}}};
  CHECK(fill("127.0.0.1:{port.http}", places) == "127.0.0.1:8080");
  CHECK(fill("{scratch}/db:{socket.db}", places) == "/tmp/x/scratch/db:/tmp/x/scratch/db.sock");
  CHECK(fill("{\"a\": {}} {build} {", places) == "{\"a\": {}} {build} {");
  CHECK(fill("", places).empty());
}
