# The bundled leads: the amount is known of won leads alone, the other columns stay in.
leadcal audit --spec datasets/leads.spec.json datasets/leads.csv
leadcal audit --quiet --spec datasets/leads.spec.json --format table datasets/leads.csv
