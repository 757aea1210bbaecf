printf 'ok,status\n2025-04-02,Yes\nsoon,No\n' >leads.csv
leadcal accept --accepted ok leads.csv; echo $?
leadcal accept --accepted ok missing.csv; echo $?
printf 'ok,status\n2025-04-02\n' >ragged.csv
leadcal accept --accepted ok ragged.csv; echo $?
