#!/bin/sh
# All that needs a card, in under four minutes: the kernel cases on it, bit for bit against the CPU twins, then the figures. Needs the driver alone.
#   gpu-check.sh [FOLDER]   writes kernel-tests.txt and kernels.md there (default: the current folder)
# Exit code 0: every case ran on the card and agreed, and the figures were written. Without a card it fails and says so.
here=$(dirname "$0")
out=${1:-.}
ROAST_EXPECT_GPU=1 timeout 120 "$here/Roast.Tests.Kernels" -class Roast.Tests.Kernels.DeviceTests -failSkips -noColor >"$out/kernel-tests.txt" 2>&1
tests=$?
grep -E 'promises a card|differs from|\[FAIL\]|Total:' "$out/kernel-tests.txt" | cut -c1-300 | sort | uniq -c | head -20
timeout 110 "$here/roast-gpu-bench" --out "$out/kernels.md"
bench=$?
echo "kernel tests: exit code $tests; figures: exit code $bench"
[ $tests -eq 0 ] && [ $bench -eq 0 ]
