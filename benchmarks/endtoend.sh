#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Whole syncs against a server in another process. Build first: mvn -q -pl benchmarks -am verify
# usage: benchmarks/endtoend.sh [records in all] [engines] [milliseconds added to each round trip]
# JAVA_OPTIONS are for the manager's process, for example -Xmx32m
set -eu
cd "$(dirname "$0")"
test -f target/classpath.txt || { echo "build first: mvn -q -pl benchmarks -am verify" >&2; exit 1; }
# shellcheck disable=SC2086
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${JAVA_OPTIONS:-} -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
  -cp "target/classes:$(cat target/classpath.txt)" io.heddle.benchmarks.endtoend.EndToEnd \
  "${1:-10000}" "${2:-1}" "${3:-0}"
