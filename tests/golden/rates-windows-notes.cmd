# The as-of date first, then the window, then what was left out.
cat >leads.csv <<CSV
created,closed,stage,source
2026-01-01,2026-01-20,Won,Web
2026-01-02,2026-02-20,Won,Web
2026-01-03,,Open,Fair
2026-01-04,2026-01-30,Lost,Fair
2026-03-20,2026-03-25,Won,Fair
,,Open,Fair
CSV
leadcal rates --outcome stage --won Won --entered created --closed closed --window 30 --as-of 2026-03-31 --by source --format csv leads.csv
