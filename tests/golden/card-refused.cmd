# What a card cannot be: constraints that name nothing, one class, wrong usage.
study="-q --outcome stage --won"
leadcal card $study 'Closed Won' --by source --rising sauce datasets/leads.csv; echo $?
leadcal card $study 'Closed Won' --by source --not-negative source datasets/leads.csv; echo $?
leadcal card $study 'Closed Won' --by source --not-negative source=Mail datasets/leads.csv; echo $?
leadcal card $study 'Closed Won' --by source --rising source --falling source datasets/leads.csv; echo $?
leadcal card $study 'Closed Won' --cap 0 datasets/leads.csv; echo $?
leadcal card $study 'Closed Won' --attributes 0 datasets/leads.csv; echo $?
printf 'source,won\nWeb,1\nFair,1\n' >won.csv
leadcal card -q --outcome won --won 1 --by source won.csv; echo $?
printf 'source,won\nWeb,1\nWeb,0\nFair,1\nFair,0\n' >even.csv
leadcal card -q --outcome won --won 1 --by source even.csv; echo $?
