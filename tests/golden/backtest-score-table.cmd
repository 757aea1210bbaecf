# a score of whole numbers from 0 to 100, by tens; the 40s are made to close better than the 80s
awk -F, -v OFS=, 'BEGIN {print "id,score,stage"; srand(1)
    for (i = 0; i < 1000; i++) {s = i % 101; p = s >= 40 && s < 50 ? 30 : s >= 80 && s < 90 ? 4 : 8
        print i, i % 50 ? s : "", (i * 37) % 100 < p ? "won" : "lost"}}' >scores.csv
leadcal backtest --score score --outcome stage --won won --format table scores.csv
