#!/usr/bin/env bash
# Builds by mingw-w64 the libraries of which Debian has no package for Windows, from Debian's source packages:
# fmt, simdjson, utf8proc and Google Benchmark. cmake/windows.cmake finds them in build/windows-libraries.
#
#   config/windows_libraries.sh [FOLDER]
#
# Needs no privilege, and changes nothing of apt's settings: it reads the archive that apt knows, in a folder
# of its own. What is in FOLDER already is kept; remove it to build anew.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
case "${1-}" in
  -h | --help)
    sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"
    exit 0
    ;;
esac
made=${1-$root/build/windows-libraries}
toolchain=$root/cmake/toolchains/x86_64-w64-mingw32.cmake
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf 'windows_libraries: %s\n' "$*"; }
die() {
  printf 'windows_libraries: %s\n' "$*" >&2
  exit 2
}

# Runs a step, and shows its output only if it fails.
quietly() {
  "$@" >"$work/log" 2>&1 && return
  tail -n 30 "$work/log" >&2
  die "failed: $*"
}

# apt with lists and downloads of its own.
apt_here() {
  apt-get -q -y -o Dir::State="$work/state" -o Dir::State::status=/var/lib/dpkg/status \
    -o Dir::Cache="$work/cache" -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- \
    -o APT::Sandbox::User="$(id -un)" "$@"
}

fetch_lists() {
  mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
  apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) main' \
    "Created-By: Packages" "Origin: Debian" "Component: main" | sort -u >"$work/sources.list"
  [ -s "$work/sources.list" ] || die "apt has no archive of Debian; add one to its sources and run apt-get update"
  quietly apt_here update
}

# Prints the folder of the unpacked source package.
unpacked() { # <source package>
  local folder=$work/$1
  mkdir -p "$folder/source"
  (cd "$folder" && quietly apt_here source --only-source --download-only "$1")
  tar -xf "$folder"/*.orig.tar.* -C "$folder/source" --strip-components=1
  printf '%s' "$folder/source"
}

build() { # <source package> <file that it makes> <options of cmake>...
  local package=$1 proof=$made/$2 source
  shift 2
  if [ -e "$proof" ]; then return; fi
  [ -e "$work/sources.list" ] || fetch_lists
  say "building $package"
  source=$(unpacked "$package")
  quietly cmake -S "$source" -B "$source/build" -G Ninja -DCMAKE_TOOLCHAIN_FILE="$toolchain" \
    -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$made" -DCMAKE_INSTALL_LIBDIR=lib \
    -DBUILD_SHARED_LIBS=OFF -DBUILD_TESTING=OFF "$@"
  quietly cmake --build "$source/build"
  quietly cmake --install "$source/build"
  [ -e "$proof" ] || die "$package made no $2"
}

build fmtlib lib/libfmt.a -DFMT_TEST=OFF -DFMT_DOC=OFF
build simdjson lib/libsimdjson.a -DSIMDJSON_DEVELOPER_MODE=OFF
build utf8proc lib/libutf8proc.a -DUTF8PROC_ENABLE_TESTING=OFF
# Its own count of warnings would end the build: this compiler has more than those that it was written with.
build benchmark lib/libbenchmark.a -DBENCHMARK_ENABLE_TESTING=OFF -DBENCHMARK_ENABLE_WERROR=OFF \
  -DBENCHMARK_ENABLE_GTEST_TESTS=OFF -DBENCHMARK_INSTALL_DOCS=OFF
say "all of them are in $made"
