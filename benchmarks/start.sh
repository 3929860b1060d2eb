#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# From the start of the launcher's process to the result of its sync. Build first: mvn -q -pl benchmarks -am verify
# usage: benchmarks/start.sh [rounds, 11 unless told]
set -eu
cd "$(dirname "$0")"
jar=$(ls target/heddle-benchmarks-*.jar 2>/dev/null | head -n 1)
test -n "$jar" || { echo "build first: mvn -q -pl benchmarks -am verify" >&2; exit 1; }
# The script builds the launcher when that is missing.
../felix-launcher/heddle --help >/dev/null
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$jar" io.heddle.benchmarks.start.StartReport "$PWD/../felix-launcher" "${1:-11}"
