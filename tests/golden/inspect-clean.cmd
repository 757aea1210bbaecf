# What was read, and an account of what was not: titles, quotes that never close, ragged rows, a footer.
printf 'Report: leads,,\r\n,,\r\nid,name,n\r\n1,"a, ""x""",3\r\n2,b\r\n3,"c,4\r\n5,"x\r\ny",6\r\n\r\n7,d,8,9\r\nid,name,n\r\n8,5" pipe,\r\n\r\n"Copyright (c), all rights reserved"\r\nBy: me\r\n' >leads.csv
leadcal inspect --clean - --reject reject.csv leads.csv
cat reject.csv
# The same from a pipe, packed, and with other bytes for the same letters.
leadcal inspect -q --clean plain.csv leads.csv
leadcal inspect -q --clean - - <leads.csv | cmp - plain.csv && echo pipe
gzip -c leads.csv >leads.csv.gz
leadcal inspect -q --clean - leads.csv.gz | cmp - plain.csv && echo packed
leadcal inspect -q --clean - - <leads.csv.gz | cmp - plain.csv && echo packed pipe
for e in UTF-16LE UTF-16BE UTF-16; do
    iconv -f UTF-8 -t $e leads.csv >wide.csv
    leadcal inspect -q --clean - wide.csv | cmp - plain.csv && echo $e
done
# What was read reads the same again.
leadcal inspect -q --clean - --skip-footer 0 plain.csv | cmp - plain.csv && echo again
# Nothing is nothing, and a header alone is one.
: >empty.csv
leadcal inspect --clean - empty.csv; echo $?
printf 'id,name\n' >header.csv
leadcal inspect --clean - header.csv; echo $?
printf 'one\n""\nx\n' >one.csv
leadcal inspect -q --clean - one.csv
