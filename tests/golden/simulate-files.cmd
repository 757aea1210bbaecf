# Two files as HubSpot exports them; what stands there stays unless --force says otherwise.
leadcal simulate --files crm --truth truth.csv; echo $?
ls crm; cmp crm/contacts.csv datasets/hubspot/contacts.csv && cmp crm/deals.csv datasets/hubspot/deals.csv && cmp truth.csv datasets/hubspot/truth.csv && echo same
head -n 3 crm/contacts.csv; sed -n '1p;5p' crm/deals.csv; head -n 4 truth.csv
leadcal simulate --files crm; echo $?
leadcal simulate --files crm --seed 7 --wins 25 --force; echo $?
grep -c '"Closed Won","' crm/deals.csv
mkdir other; ln -s /dev/full other/deals.csv # no file of ours
leadcal simulate --files other --force; echo $?
ls other
leadcal simulate --files no/such/folder; echo $?
