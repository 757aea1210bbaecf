printf 'id,grade,score\n1,A1,97\n2,b3,\n3,,n/a\n4,D,-2.5\n5,C+,1e2\n' >scored.csv
leadcal score --model column:grade scored.csv
leadcal score --model column:score scored.csv
leadcal score --model column:scores scored.csv
# Its cells vote on their decimal sign, from a pipe too; where nothing tells, it is no score.
printf 'id;score\n1;7,5\n2;1.234,5\n3;2.385\n4;n/a\n' >comma.csv
leadcal score -q --model column:score comma.csv | cut -d';' -f2,4; leadcal score -q --model column:score comma.csv >whole; cat comma.csv | leadcal score -q --model column:score - | cmp - whole && echo same
printf 'id;score\n1;7,5\n2;7.5\n' >mixed.csv; leadcal score -q --model column:score -o no.csv mixed.csv; echo $?; ls no.csv 2>/dev/null
leadcal score -q --model column:scores scored.csv
