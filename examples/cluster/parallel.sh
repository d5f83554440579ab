#!/bin/sh
# A study in parts on one machine, or on several with GNU parallel's --sshlogin and a shared folder.
#
#   parallel.sh PARTS FOLDER sweep fig3-task3 --x source.samples=20:1e6:20:log --trials 1000
#
# Run it again after an interruption: every part continues where it stopped.
set -eu
parts=$1
folder=$2
shift 2

part() {
    if command -v parallel >/dev/null; then
        parallel --halt now,fail=1 taskscope "$@" --shard "{}/$parts"
    else
        xargs -P "$(getconf _NPROCESSORS_ONLN)" -I '{}' taskscope "$@" --shard "{}/$parts"
    fi
}

seq "$parts" | part "$@" --out "$folder" --threads 1 --resume
taskscope merge "$folder" --out "$folder"
