#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Swaps of an engine's bundle in a Felix with the manager. Build first: mvn -q -pl benchmarks -am verify
# usage: benchmarks/swap.sh [rounds, 31 unless told]
# JAVA_OPTIONS are for the framework's process
set -eu
cd "$(dirname "$0")"
test -f target/classpath.txt || { echo "build first: mvn -q -pl benchmarks -am verify" >&2; exit 1; }
# shellcheck disable=SC2086
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${JAVA_OPTIONS:-} -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
  -cp "target/classes:$(cat target/classpath.txt)" io.heddle.benchmarks.swap.SwapReport "$@"
