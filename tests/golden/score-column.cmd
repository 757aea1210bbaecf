printf 'id,grade,score\n1,A1,97\n2,b3,\n3,,n/a\n4,D,-2.5\n5,C+,1e2\n' >scored.csv
leadcal score --model column:grade scored.csv
leadcal score --model column:score scored.csv
leadcal score --model column:scores scored.csv
