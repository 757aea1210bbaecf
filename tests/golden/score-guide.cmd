# the guides' two prospects: 10 + 33 + 20 = 63, 33 + 23 + 33 = 89, and at most 99
cat >card.csv <<'CARD'
dimension,attribute,level,points,cap
profile,revenue,$10M,10,33
profile,revenue,$100M,33,33
profile,industry,Manufacturing,33,33
profile,industry,Professional Services,23,33
profile,title,CFO,20,33
profile,title,CEO,33,33
total,,,,99
CARD
printf 'who,revenue,industry,title\n1,$10M,Manufacturing,CFO\n2,$100M,Professional Services,CEO\n3,$100M,Manufacturing,CEO\n4,,,\n' >prospects.csv
leadcal score --model card.csv prospects.csv
