#!/bin/sh
# The bundled exports: datasets.sh FOLDER write makes them again with FOLDER/leadcal, datasets.sh
# FOLDER check sees that they are what that makes, byte for byte. datasets/README.md says what
# each is. Ends `datasets: N passed, N failed, N skipped` when checking.
set -eu

b=${1:?usage: datasets.sh BUILD_FOLDER write|check}
new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT

"$b/leadcal" simulate --rows 6000 --seed 20260930 --truth "$new/leads-truth.csv" >"$new/leads.csv"
"$b/leadcal" simulate --rows 400 --seed 20261231 >"$new/leads-few.csv"
mkdir "$new/hubspot" "$new/hubspot-few" "$new/events" "$new/units"
"$b/leadcal" simulate --rows 3000 --seed 20261129 --form --truth "$new/leads-form-truth.csv" >"$new/leads-form.csv"
"$b/leadcal" simulate --files "$new/hubspot" --truth "$new/hubspot/truth.csv"
"$b/leadcal" simulate --files "$new/hubspot-few" --wins 25 --truth "$new/hubspot-few/truth.csv"
"$b/leadcal" simulate --events "$new/events" --truth "$new/events/truth.csv"
"$b/leadcal" simulate --units "$new/units" --truth "$new/units/truth.csv"

mkdir "$new/shapes"
for shape in hubspot-contacts-de hubspot-deals-de hubspot-deals-api hubspot-deals-renamed salesforce-report \
    salesforce-opportunities dynamics-leads marketo-leads eloqua-contacts zoho-leads zoho-deals; do
    LC_ALL=C awk -v "shape=$shape" -f scripts/made_up.awk -f scripts/shapes.awk >"$new/shapes/$shape.csv"
done
# As Excel on Windows saves it.
LC_ALL=C awk -v shape=excel-sheet -f scripts/made_up.awk -f scripts/shapes.awk | iconv -f UTF-8 -t WINDOWS-1252 >"$new/shapes/excel-sheet.csv"

mkdir "$new/salesforce"
for table in Lead LeadHistory Opportunity OpportunityHistory Account User truth; do
    LC_ALL=C awk -v "table=$table" -f scripts/made_up.awk -f scripts/salesforce.awk >"$new/salesforce/$table.csv"
done

if [ "${2-}" = write ]; then
    cp -r "$new"/* datasets/
    exit 0
fi
passed=0 failed=0
for name in $( (cd "$new" && find . -name '*.csv'; cd "$OLDPWD/datasets" && find . -name '*.csv') | sort -u); do
    name=${name#./}
    [ "$name" = points.csv ] && continue # made by hand
    if cmp -s "$new/$name" "datasets/$name"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "datasets: failed: datasets/$name is not what scripts/datasets.sh makes; make datasets, then read the diff"
    fi
done
echo "datasets: $passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
