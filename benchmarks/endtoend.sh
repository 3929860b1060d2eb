#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Whole syncs against a server in another process. Build first: mvn -q -pl benchmarks -am verify
#
# usage: benchmarks/endtoend.sh MODE ARGUMENT…   (lists are separated by commas)
#   syncs  RECORDS ENGINES MILLIS   first upload, join, nothing changed, one change: with lists of each
#   posts  RECORDS ROUNDS           a first upload against bare POSTs of the same batches
#   pages  RECORDS MILLIS ROUNDS    a join's download against pages of 1,000, one after the other
#   order  ENGINES MILLIS ROUNDS    a join against its own requests one after the other, HTTP/1.1 and HTTP/2
#   growth RECORDS WARMUP           time for each record, of first uploads and joins, after a warm-up with so many
#   memory join|upload RECORDS      the peak of the live heap
# MILLIS are added to each round trip. JAVA_OPTIONS are for the manager's process, for example -Xmx32m
set -eu
cd "$(dirname "$0")"
[ $# -ge 2 ] || { sed -n 's/^# \{0,1\}//; 4,11p' endtoend.sh >&2; exit 2; }
test -f target/classpath.txt || { echo "build first: mvn -q -pl benchmarks -am verify" >&2; exit 1; }
# shellcheck disable=SC2086
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${JAVA_OPTIONS:-} -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
  -cp "target/classes:$(cat target/classpath.txt)" io.heddle.benchmarks.endtoend.EndToEnd "$@"
