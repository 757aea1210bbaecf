# A points file has no counts; two exports have, and the points are compared, too.
awk -F, 'NR == 1 {for (i = 1; i <= NF; i++) if ($i == "created_date") at = i; print; next} $at < "2025-01-01"' datasets/leads.csv >old.csv
awk -F, 'NR == 1 {for (i = 1; i <= NF; i++) if ($i == "created_date") at = i; print; next} $at >= "2025-01-01"' datasets/leads.csv >new.csv
leadcal drift -q --model datasets/points.csv --baseline old.csv --format table new.csv; echo $?
leadcal drift -q --model datasets/points.csv --baseline old.csv new.csv | grep points
