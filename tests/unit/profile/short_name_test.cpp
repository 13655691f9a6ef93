#include "pulsebench/profile/short_name.hpp"

#include <doctest/doctest.h>

using pulsebench::profile::matching_name;
using pulsebench::profile::short_name;

TEST_CASE("a short name stays as it is") {
  for (const char* name :
       {"leaf(unsigned long)", "[libc.so.6]", "main", "void run<Op>(void*)", "a::operator<<(s&, t)",
        "operator()()", "a::operator->() const", "f<Tier>()"}) {
    CAPTURE(name);
    CHECK(short_name(name) == name);
  }
}

TEST_CASE("arguments of arguments are left out of a long name, and if need be all of them") {
  const std::string middle(56, 'x'), many(200, 'x');
  CHECK(short_name(middle + "<std::vector<int, std::allocator<int> > >(a<b> const&)") ==
        middle + "<std::vector<…> >(a<…> const&)");
  CHECK(short_name(middle + "::other_function<a<((1)>(2))>, ((other_enumeration)1)>(c)") ==
        middle + "::other_function<a<…>, (…)>(c)");
  CHECK(short_name("f<" + many + ">::g(" + many + ", int) const") == "f<…>::g(…) const");
  CHECK(short_name("f<" + many + ">::operator<(" + many + ")") == "f<…>::operator<(…)");
  CHECK(short_name("(anonymous namespace)::f<(anonymous namespace)::g>(int)") == "f<g>(int)");
  CHECK(short_name("a::(anonymous namespace)::f<" + many + ">()") == "a::f<…>()");
}

TEST_CASE("brackets that do not match do no harm") {
  const std::string many(200, 'x');
  CHECK(short_name("a>b)" + many) == "a>b)" + many);
  CHECK(short_name("f<g<" + many) == "f<g<…");
}

TEST_CASE("two builds of one function have one name to match by") {
  CHECK(matching_name("void f<int>(int)") == matching_name("void f<long>(long, int)"));
  CHECK(matching_name("f(int)") == "f");
  CHECK(matching_name("f(int) [clone .constprop.0]") == "f");
  CHECK(matching_name("f.isra.3") == "f");
  CHECK(matching_name("a::{lambda(int)#12}::operator()(int) const") ==
        matching_name("a::{lambda(int)#3}::operator()(int) const"));
  CHECK(matching_name("a::f(int)") != matching_name("b::f(int)"));
  CHECK(matching_name("a::operator()(int)") == "a::operator()");
}
