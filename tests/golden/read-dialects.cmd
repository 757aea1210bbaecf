# One table, however it is written, gives the same rates.
printf 'source,region,days,won\nWeb,Bern,3,yes\n"Fair, big",Z\303\274rich,14,no\nWeb,Z\303\274rich,2,yes\n"Fair, big",Bern,9,no\n' >plain.csv
rates() { leadcal rates -q --outcome won --won yes --format csv "$@"; }
rates plain.csv >expected.csv
same() { name=$1; shift; rates "$@" | cmp - expected.csv && echo "$name"; }
sed 's/$/\r/' plain.csv >t.csv && same CRLF t.csv
tr '\n' '\r' <plain.csv >t.csv && same CR t.csv
awk '{printf "%s%s", $0, NR % 2 ? "\r\n" : "\n"}' plain.csv >t.csv && same mixed t.csv
for d in ';' '|' '~' '^' '::'; do awk -v d="$d" -F, '{gsub(/"Fair, big"/, "Fair@ big"); gsub(/,/, d); gsub(/@/, ","); print}' plain.csv >t.csv; same "$d" t.csv; done
sed 's/"Fair, big"/Fair@ big/; s/,/\t/g; s/@/,/' plain.csv >t.csv && same tab t.csv
sed 's/,/, /g; s/Fair,  big/Fair, big/' plain.csv >t.csv && same 'comma and blank' t.csv
sed "s/\"/'/g" plain.csv >t.csv && same apostrophe t.csv
{ echo 'sep=;'; sed 's/"Fair, big"/Fair@ big/; s/,/;/g; s/@/,/' plain.csv; } >t.csv && same 'sep=' t.csv
{ printf '\357\273\277'; cat plain.csv; } >t.csv && same 'UTF-8 with mark' t.csv
for e in UTF-16LE UTF-16BE UTF-16 WINDOWS-1252; do iconv -f UTF-8 -t $e plain.csv >t.csv; same $e t.csv; done
iconv -f UTF-8 -t CP850 plain.csv >t.csv && same CP850 --encoding cp850 t.csv
gzip -c plain.csv >t.csv && same gzip t.csv
same pipe - <plain.csv
sed 's/$/,/; 1s/,$//' plain.csv >t.csv && same 'an empty cell too many' t.csv
{ echo 'Leads'; echo; cat plain.csv; echo; echo 'Total: 4'; } >t.csv && same 'title and footer' t.csv
sed 's/^"Fair, big"/"Fair\\", big"/' plain.csv >t.csv && rates t.csv | grep -c 'Fair"", big"'
