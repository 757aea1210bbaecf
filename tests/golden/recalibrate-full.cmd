# A disk that is full in the middle leaves no folder behind; what is being written has a name of its own.
mkdir there
(
    trap '' XFSZ
    ulimit -f 100
    leadcal recalibrate -q --yes datasets/hubspot/contacts.csv datasets/hubspot/deals.csv -o there/quarter 2>err
    echo $?
)
sed 's/tmp-[^/]*/tmp/' err
ls -A there
