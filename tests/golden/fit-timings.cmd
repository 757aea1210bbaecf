leadcal fit -q --timings --outcome stage --won 'Closed Won' --by source datasets/leads.csv 2>&1 >/dev/null | sed 's/[0-9.]* s$/N s/'
