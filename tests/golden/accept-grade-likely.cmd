# A column of grades is not taken unasked, since it may be today's; the option that takes it is named.
printf 'mql,ok,first_touch,Lead Grade\n2025-04-02,2025-04-03,2025-04-02,A1\n2025-07-09,,,B2\n' >leads.csv
leadcal accept --handed-over mql --accepted ok --format csv leads.csv 2>&1 >/dev/null | grep grade
leadcal accept --handed-over mql --accepted ok --format csv -q --grade 'Lead Grade' leads.csv | grep -c ^grade
leadcal accept --sla --handed-over mql --accepted ok --first-touch first_touch leads.csv; echo $?
