# The fields come out as they went in, between the export's own delimiters.
leadcal fit -q --outcome stage --won 'Closed Won' --window none --by company_size,source,webinar --engagement webinar --model model.json datasets/leads.csv >/dev/null
printf 'note;company_size;source;webinar\r\n "a ""b"";c" ;1-10;;1\r\n"two\nlines";11-50;Never Seen; \r\n' >export.csv
leadcal score --model model.json export.csv
