#!/usr/bin/env bash
# Label savings on real brain slices and patches: import, pretrain, compare, report.
# MODICUM_DEMO=short runs one seed less and fewer steps, to see that everything works.
set -euo pipefail
cd "$(dirname "$0")/.."
pipeline=.build/release/pipeline
export MODICUM_KEY=.demo/pseudonym.key

short=()
steps=()
if [ "${MODICUM_DEMO:-}" = short ]; then
  steps=(--set steps=20 --set checkEvery=10)
  short=(--set "classification.rounds.budgets=[10, 20]"
    --set classification.fineTune.steps.minimum=10 --set classification.fineTune.steps.maximum=10 --set "segmentation.rounds.budgets=[3, 6]"
    --set segmentation.fineTune.steps.minimum=10 --set segmentation.fineTune.steps.maximum=10)
fi

rm -rf .demo/images .demo/patches .demo/slices .demo/pretrained-* .demo/savings
echo "== images: axial slices and patches of the MNI152 brain"
$pipeline demo-data --volumes .demo/volumes --out .demo/images
$pipeline import .demo/images/patches --labels .demo/images/patches/labels.csv \
  --pool .demo/patches --mode classification --truth
$pipeline import .demo/images/slices --labels .demo/images/slices/labels.csv \
  --pool .demo/slices --mode segmentation --truth
echo "== pretraining without labels"
for name in patches slices; do
  $pipeline pretrain --pool .demo/$name --config Configs/demo/pretrain-$name.yaml \
    --out .demo/pretrained-$name "${steps[@]}"
done
echo "== comparing with random selection"
$pipeline compare --config Configs/demo/compare.yaml --out .demo/savings "${short[@]}" \
  --statement "One brain, one scan, two seeds: this shows how Modicum works and looks, and says nothing about how many labels it saves on other images."
