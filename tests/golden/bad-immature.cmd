printf 'created,closed,stage,source\n2026-03-01,2026-03-05,Won,Web\n2026-03-02,,Open,Fair\n' >leads.csv
leadcal rates --outcome stage --won Won --entered created --closed closed --window 90 leads.csv
