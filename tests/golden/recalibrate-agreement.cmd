# What was agreed travels with the model: into its file, the table of cells, and what a score says to do.
cat >spec.json <<'END'
{"leadcal_spec": 1,
 "outcome": {"column": "stage", "won": ["Closed Won"]},
 "dates": {"entered": "created_date", "closed": "close_date"}, "as_of": "2025-12-31",
 "attributes": [{"column": "source"}, {"column": "webinar", "role": "engagement"}],
 "agreement": {"definition": "asked for a price", "hand_over": ["A1", "A3", "C1"],
  "cells": [{"grade": "A1", "lane": "phone", "action": "ring twice", "sla_hours": 4}],
  "owners": [{"of": "sales", "name": "regional lead"}], "approved_by": "the board",
  "effective_from": "2026-04-01"}}
END
leadcal recalibrate -q --spec spec.json datasets/leads.csv -o quarter; echo $?
sed -n '/"agreement"/,/"boundary"/p' quarter/candidate.json
sed 's/"[^"]*"/few/' quarter/cells.csv | cut -d, -f1,9-
leadcal score -q --model quarter/candidate.json datasets/leads.csv | sed 's/"[^"]*"//g' | awk -F, 'NR > 1 && !seen[$(NF-3)]++ {print $(NF-3) "," $(NF-2) "," $(NF-1)}' | LC_ALL=C sort
# Without a second dimension there are no cells, and no clock is invented.
leadcal recalibrate -q --spec spec.json --by source datasets/leads.csv -o profile; echo $?
sed -n '/"agreement"/,/"boundary"/p' profile/candidate.json
cut -d, -f1,9- profile/cells.csv
