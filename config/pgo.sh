#!/usr/bin/env bash
# Builds pulsebench, pulse and the suites of tiers 0 and 1 into build/pgo by the profile of a run, and
# across files. Takes as long as two builds of the preset release.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
built=$PWD/build/pgo
targets=(tier0_critical tier1_fast pulsebench)
[ ! -d "$built" ] || find "$built" -name '*.gcda' -delete # of code that was otherwise

cmake --preset pgo-train
cmake --build --preset pgo-train --target "${targets[@]}"

# What it is used for: results are measured, stored and compared, and two programs by turns.
training=$(mktemp -d)
trap 'rm -rf "$training"' EXIT
cd "$training"
git init --quiet
suites=("$built"/bin/suites/tier{0_critical,1_fast})
for name in old new; do
  "$built/bin/pulsebench" run "${suites[@]/#/--exe=}" --preset quick --no-tune --save "$name"
done
"$built/bin/pulsebench" compare old new --no-confirm --format json --output comparison.json || [ $? -eq 1 ]
"$built/bin/pulsebench" report comparison.json --format html --output comparison.html
"$built/bin/pulsebench" ab "${suites[0]}" "${suites[0]}" --no-tune

cd "$built/../.."
cmake --preset pgo
cmake --build --preset pgo --target "${targets[@]}"
