# Whatever can only be read by guessing or mending is refused.
strict() { leadcal rates -q --outcome won --won 1 --strict leads.csv; echo $?; }
printf 'source,won\nWeb,1\nFair,0\n' >leads.csv; strict >/dev/null && echo read
printf 'source,won\nCaf\351,1\nFair,0\n' >leads.csv; strict
printf 'source,won\nWe\000b,1\nFair,0\n' >leads.csv; strict
printf 'source,won\nWeb,1\nFair,0,x\n' >leads.csv; leadcal rates -q --outcome won --won 1 --strict --max-bad 5 leads.csv; echo $?
printf 'source,won\n"5" x",1\nFair,0\n' >leads.csv; strict
printf 'source,,won\nWeb,x,1\nFair,y,0\n' >leads.csv; strict
printf 'won,won\nWeb,1\nFair,0\n' >leads.csv; strict
printf 'title\n\nsource,region,won\nWeb,x,1\nFair,y,0\n' >leads.csv; strict
printf 'source,region,won\nWeb,x,1\nFair,y,0\n\nend\n' >leads.csv; strict
printf '1,2\n2,3\n4,5\n' >leads.csv; strict
