# Sources that are won for other reasons: fit --local finds the three attributes that deviate, the model file holds them, score and every export say the same; a new source, and a thin one, get the weights of all.
export LC_ALL=C
leadcal simulate --rows 6000 --seed 3 --segments -o leads.csv
set -- --outcome stage --won 'Closed Won' --entered created_date --closed close_date --by company_size,job_level,source,demo_request,free_email --engagement demo_request
leadcal fit "$@" --local source --model model.json leads.csv 2>err | awk -F, '/job_level in Webinar/ {printf "%s %s %.3f %.3f\n", $2, $3, $4, $5}' | head -n 4
grep -e 'segment' -e 'leads of source' err
leadcal fit -q "$@" --local source --deviations leads.csv | grep -e segment -e '^Webinar' -e thin
grep -o '"leadcal_model": [0-9]*' model.json; grep -c '"within": "source"' model.json; grep -o '"column": "demo_request in Webinar", "of": "demo_request", "within": "source", "segment": "Webinar"' model.json
leadcal score -q --model model.json leads.csv >scored.csv
awk -F, '$8 == "Webinar" && /in Webinar/' scored.csv | grep -o '[a-z_]* in Webinar=[^;"]*' | sort | uniq -c | sort -rn | head -n 3
printf 'company_size,job_level,source,demo_request,free_email\n11-50,Manager,Webinar,Yes,No\n11-50,Manager,Outbound call,Yes,No\n11-50,Manager,Never heard of,Yes,No\n11-50,Manager,,Yes,No\n,,Webinar,,\n' >new.csv
leadcal score --model model.json new.csv 2>&1 >/dev/null | grep -v '^note: [0-9]* rows'
leadcal score -q --model model.json --contributions new.csv | sed -n '1p;2p' | tr , '\n' | grep -n -e 'lc_points_of.*Webinar' -e lc_lift | head -n 4
for t in python js c; do leadcal export --model model.json --to $t -o scores.$t; done
leadcal export --model model.json --to sql --dialect postgresql | grep -c "IN ('Webinar') THEN"
cp scores.python scores.py; python3 scores.py --self-test
cut -d, -f1-5 new.csv | python3 scores.py /dev/stdin | cut -d, -f7-10
leadcal score -q --model model.json new.csv | cut -d, -f7-10
