#!/bin/bash
# A study as an array job; all nodes must be able to access the folder.
#
#   job=$(sbatch --parsable slurm.sh /shared/fig3)
#   sbatch --dependency=afterok:$job --wrap "taskscope merge /shared/fig3 --out /shared/fig3"
#
#SBATCH --job-name=taskscope
#SBATCH --array=1-16
#SBATCH --cpus-per-task=4
#SBATCH --mem=1G
#SBATCH --time=01:00:00
#SBATCH --requeue
set -eu
folder=$1

taskscope sweep fig3-task3 --x source.samples=20:1e6:20:log --trials "${TRIALS:-10000}" \
    --out "$folder" --resume \
    --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
    --threads "$SLURM_CPUS_PER_TASK"
