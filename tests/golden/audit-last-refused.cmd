# An earlier export that cannot be held against the one of now.
printf 'lead_id,stage\nL1,Won\nL2,Lost\nL3,Won\nL4,Lost\nL5,Lost\n' > now.csv
printf 'lead_id,stage\nX1,Won\nX2,Lost\nX3,Won\nX4,Lost\nX5,Lost\n' > other.csv
printf '{"leadcal_spec": 1, "files": [{"key": "lead_id"}], "outcome": {"column": "stage", "won": ["Won"]}}' > spec.json
printf 'lead_id,stage\nL1,Won\nL1,Lost\nL3,Won\n' > twice.csv
for last in other.csv twice.csv absent.csv; do
    leadcal audit --quiet --spec spec.json --last $last now.csv
    echo $?
done
leadcal audit --quiet --outcome stage --won Won --last other.csv now.csv
echo $?
leadcal audit --quiet --spec spec.json --allow lead_idd now.csv
echo $?
