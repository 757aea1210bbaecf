#!/bin/sh
# The sample in reports/: reports.sh FOLDER write makes it again with FOLDER/leadcal, reports.sh
# FOLDER check sees that it is what that makes, byte for byte. What gnuplot draws differs from
# version to version: with another one than drew the sample, pictures and the page that holds
# them are skipped by name. Ends `reports: N passed, N failed, N skipped` when checking.
set -eu

b=$(cd "${1:?usage: reports.sh BUILD_FOLDER write|check}" && pwd)
sample="--yes datasets/hubspot/contacts.csv datasets/hubspot/deals.csv"

new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
ln -s "$PWD/datasets" "$new/datasets"
# shellcheck disable=SC2086 # the words of the sample are meant to split
(cd "$new" && "$b/leadcal" recalibrate --quiet $sample -o quarter)
made=$(cd "$new/quarter" && ls report.html report.md ./*.svg)

if [ "${2-}" = write ]; then
    mkdir -p reports
    rm -f reports/report.html reports/report.md reports/*.svg
    for file in $made; do cp "$new/quarter/$file" reports/; done
    exit 0
fi

drawn_by() { # drawn_by SVG: the version of gnuplot that it names
    sed -n 's/.*Produced by \(GNUPLOT [0-9.]* patchlevel [0-9a-z]*\).*/\1/p' "$1" 2>/dev/null | head -n 1
}
here=$(drawn_by "$new/quarter/rates.svg") there=$(drawn_by reports/rates.svg)
passed=0 failed=0 skipped=0
for file in $made $(cd reports && ls ./*.svg report.*); do
    file=${file#./}
    case " ${seen-} " in *" $file "*) continue ;; esac
    seen="${seen-} $file"
    if cmp -s "$new/quarter/$file" "reports/$file"; then
        passed=$((passed + 1))
    elif [ "$file" != report.md ] && [ "$here" != "$there" ]; then
        skipped=$((skipped + 1))
        echo "skipped: reports/$file: it was drawn by ${there:-no gnuplot}, and ${here:-none} is here"
    else
        failed=$((failed + 1))
        echo "reports: failed: reports/$file is not what scripts/reports.sh makes; make reports, then read the diff"
    fi
done
echo "reports: $passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
