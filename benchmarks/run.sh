#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints the ratios of docs/performance.md. Build first: mvn -q -pl benchmarks -am verify
# usage: benchmarks/run.sh [rounds, 5 unless told] [regular expression of the benchmarks]
set -eu
cd "$(dirname "$0")"
test -f target/classpath.txt || { echo "build first: mvn -q -pl benchmarks -am verify" >&2; exit 1; }
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Djmh.ignoreLock=true \
  -cp "target/classes:$(cat target/classpath.txt)" io.heddle.benchmarks.RatioReport "$@"
