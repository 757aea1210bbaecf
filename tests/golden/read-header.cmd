# No header, and several rows of it.
printf '17,Web,2025-03-01,1\n18,Fair,2025-03-02,0\n19,Web,2025-03-05,1\n' >leads.csv
leadcal rates --outcome column_4 --won 1 --by column_2 --format csv leads.csv | cut -d, -f1-4
leadcal rates -q --outcome column_4 --won 1 --by column_2 --header-rows 0 --format csv leads.csv | cut -d, -f1-4
leadcal rates -q --outcome 1 --won 1 --by Web --header-rows 1 --format csv leads.csv | cut -d, -f1-4
printf 'lead,lead,lead,deal\nid,source,day,won\n17,Web,2025-03-01,1\n18,Fair,2025-03-02,0\n19,Web,2025-03-05,1\n' >leads.csv
leadcal rates --outcome 'deal won' --won 1 --by 'lead source' --format csv leads.csv | cut -d, -f1-4
leadcal rates -q --outcome won --won 1 --by source --skip-rows 1 --format csv leads.csv | cut -d, -f1-4
