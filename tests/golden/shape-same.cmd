# One world in every shape: whichever system wrote it, the industries close alike.
s=datasets/shapes
rates() {
    out=$1 by=$2
    shift 2
    leadcal inspect -q --missing null -o spec.json --force "$@" >columns.csv &&
        leadcal rates -q --spec spec.json --window none --by "$by" --format csv $files | tail -n +4 | cut -d, -f2-5 >"$out.csv"
    cmp "$out.csv" expected.csv && echo "$out: the same"
}
files="$s/salesforce-report.csv $s/salesforce-opportunities.csv"
leadcal inspect -q -o spec.json $files >columns.csv
leadcal rates -q --spec spec.json --window none --by Industry --format csv $files | tail -n +4 | cut -d, -f2-5 >expected.csv
cat expected.csv
files="$s/hubspot-contacts-de.csv $s/hubspot-deals-de.csv"; rates HubSpot Branche $files
files=$s/dynamics-leads.csv; rates Dynamics Industry $files
files=$s/marketo-leads.csv; rates Marketo industry $files --outcome isCustomer --won true
files=$s/eloqua-contacts.csv; rates Eloqua Industry $files
files="$s/zoho-leads.csv $s/zoho-deals.csv"; rates Zoho Industry $files
files=$s/excel-sheet.csv; rates Excel Branche $files
