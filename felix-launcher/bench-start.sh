#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Prints how long it takes from the start of the process until the first sync is complete, server and account included:
# medians of five runs, in milliseconds. Builds Heddle first when that is needed.
set -eu

heddle=$(dirname "$0")/heddle
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$heddle" --help >/dev/null

# Runs with the data folder that the command $1 prints, five times.
median() {
    for run in 1 2 3 4 5; do
        "$heddle" --data "$($1)" --once --verbose 2>&1 >/dev/null |
            sed -n 's/^Synced \([0-9]*\) ms after the start of the process$/\1/p'
    done | sort -n | sed -n 3p
}

new_account() {
    mktemp -d "$work/XXXXXX"
}

same_account() {
    echo "$work/same"
}

"$heddle" --data "$(same_account)" --once >/dev/null 2>&1
echo "new account and server:    $(median new_account) ms"
echo "nothing changed, warm:     $(median same_account) ms"
