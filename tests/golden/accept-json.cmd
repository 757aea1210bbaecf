printf 'mql,ok\n2025-04-02,2025-04-03\n2025-07-09,\n' >leads.csv
leadcal accept --handed-over mql --accepted ok --period month --as-of 2025-07-10 --format json leads.csv
