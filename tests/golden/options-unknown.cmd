leadcal rates --outcom stage datasets/leads.csv
leadcal rates --outcome stage --wn yes datasets/leads.csv
leadcal rates -x datasets/leads.csv
leadcal rates --zebra datasets/leads.csv
