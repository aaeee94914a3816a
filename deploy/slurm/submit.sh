#!/bin/sh
# A job list as Slurm array jobs: one array a wave, a task a symbol. Task k begins once task k of the wave before is done, which
# has the months before of the same symbol; symbols do not wait for each other. At the end what came of it is proved to be one build.
#   sh submit.sh JOBS [sbatch options, such as --partition=long --time=4:00:00]
# Submitted again, jobs that are done end at once.
set -eu
jobs=$(realpath "$1")
shift
here=$(dirname "$(realpath "$0")")

# A line a wave: its first job, and how many there are.
waves=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1])).waves.map((w) => `${w.from} ${w.count}`).join("\n")' "$jobs")

previous=
all=
while read -r from count; do
  previous=$(sbatch --parsable --kill-on-invalid-dep=yes ${previous:+"--dependency=aftercorr:$previous"} \
    --array="0-$((count - 1))" "$@" "$here/build.sbatch" "$jobs" "$from")
  previous=${previous%%;*}
  all=$all:$previous
done <<WAVES
$waves
WAVES
sbatch --parsable --kill-on-invalid-dep=yes --dependency="afterok$all" --job-name=minotaur-merge "$@" \
  --wrap "${MINOTAUR:-npx minotaur} merge '$jobs'"
