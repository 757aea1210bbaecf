leadcal accept; echo $?
leadcal accept --period year datasets/leads.csv; echo $?
leadcal accept --grade a --model b datasets/leads.csv; echo $?
leadcal accept --accepted accepted datasets/leads.csv; echo $?
leadcal accept --accepted accepted_at --by sauce datasets/leads.csv; echo $?
leadcal accept --accepted accepted_at --model datasets/leads.spec.json datasets/leads.csv; echo $?
