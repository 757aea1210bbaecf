# A file that is not plain is scored as the plain one is.
leadcal fit -q --outcome stage --won 'Closed Won' --by industry,source --model model.json datasets/leads.csv >/dev/null 2>&1
head -40 datasets/leads.csv >plain.csv
leadcal score -q --model model.json plain.csv >expected.csv
gzip -c plain.csv | leadcal score -q --model model.json - | cmp - expected.csv && echo packed
iconv -f UTF-8 -t UTF-16 plain.csv >wide.csv
leadcal score -q --model model.json wide.csv | cmp - expected.csv && echo wide
{ cat plain.csv; echo; echo 'Copyright: us'; } >footer.csv
leadcal score --model model.json --skip-footer 2 footer.csv 2>note | cmp - expected.csv && echo footer
{ cat plain.csv; echo '"broken,1'; } >broken.csv
leadcal score -q --model model.json --strict broken.csv >/dev/null; echo $?
leadcal score -q --model model.json --fill-rows --max-bad 1 broken.csv | cmp - expected.csv && echo rejected
