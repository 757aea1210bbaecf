# Mature, cold and unconvertible leads, and the wins that a rule throws away.
leadcal rates --classes --spec datasets/leads-form.spec.json --format table datasets/leads-form.csv
leadcal rates --classes --spec datasets/leads-form.spec.json --format csv -q datasets/leads-form.csv | head -n 3
# Without rules nobody is unconvertible; counts as of the export do not tell who was cold.
leadcal rates --classes -q --spec datasets/leads-form.spec.json --ignore free_mail --engagement pages_viewed --by pages_viewed --format csv datasets/leads-form.csv | cut -d, -f1-4,7
leadcal rates --classes --outcome stage --won 'Closed Won' --entered created_date --closed close_date --as-of 2025-12-31 --window 180 --format table datasets/leads-form.csv 2>&1 | tail -n 8
