printf '{"leadcal_model": 1}\n' >model.json
leadcal rates --spec model.json datasets/leads.csv
