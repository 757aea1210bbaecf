# A file of deals alone has no columns of leads: that is said, and what to do about it.
for f in zoho-deals salesforce-opportunities; do
    leadcal recalibrate -q --yes -o out-$f datasets/shapes/$f.csv; echo $?
done
