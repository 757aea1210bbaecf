# Each cap has an option; at the cap all is read, beyond it the row is rejected.
printf 'src,won\nabcdef,1\n"x\ny",0\nab,1\n' >leads.csv
rates() { leadcal rates --outcome won --won 1 --by src --format csv "$@" leads.csv | cut -d, -f1-4; }
rates --max-cell-bytes 6
rates --max-cell-bytes 5
rates --max-cell-bytes 5 --max-bad 1
rates --max-cell-lines 1 -q
rates --max-row-bytes 8 -q
rates --max-row-bytes 7 --max-bad 1
rates --max-row-cells 2 -q
rates --max-row-cells 1
leadcal rates --outcome won --won 1 --max-cell-bytes 0 leads.csv
