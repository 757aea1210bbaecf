# Last quarter's export has what was known on 2025-06-30; the export of now has the outcomes, and
# visits that were counted after them: 600 made-up leads, won more often the more they had visited by then.
LC_ALL=C awk 'function unit() { s = (s * 16807) % 2147483647; return s / 2147483647 }
BEGIN {
    s = 41
    print "id,size,visits,stage,created,closed" >"then.csv"
    print "id,size,visits,contract,stage,created,closed" >"now.csv"
    for (i = 1; i <= 600; i++) {
        size = unit() < 0.5 ? "large" : "small"; visits = int(6 * unit())
        created = sprintf("2025-%02d-%02d", 1 + int(6 * unit()), 1 + int(28 * unit()))
        won = unit() < 1 / (1 + exp(2.6 - 0.5 * visits - (size == "large" ? 0.6 : 0)))
        stage = won ? "Won" : (unit() < 0.7 ? "Lost" : "Open")
        closed = stage == "Open" ? "" : sprintf("2025-%02d-%02d", 7 + int(3 * unit()), 1 + int(28 * unit()))
        if (i % 10 != 0) # who came in later is not in it
            print "L" i "," size "," visits ",Open," created "," >"then.csv"
        print "L" i "," size "," (won ? visits + 8 + int(5 * unit()) : visits) "," (won ? "yes" : "") "," stage "," created "," closed >"now.csv"
    }
}'
cat >spec.json <<'END'
{"leadcal_spec": 1, "files": [{"name": "leads", "key": "id"}], "as_of": "2025-12-31", "window_days": 120,
 "outcome": {"column": "stage", "won": "Won", "lost": "Lost", "open": "Open"},
 "dates": {"entered": "created", "closed": "closed"},
 "attributes": [{"column": "size"}, {"column": "visits", "role": "engagement"}]}
END
leadcal fit --spec spec.json --snapshot then.csv --snapshot-date 2025-06-30 --model tuned.json now.csv | cut -d, -f1,4
grep -c '"as_of": "decision"' tuned.json
# The files of now alone: visits know the outcome.
leadcal fit --quiet --spec spec.json now.csv | cut -d, -f1,4 | sed -n '$p'
leadcal backtest --quiet --spec spec.json --order none --snapshot then.csv --snapshot-date 2025-06-30 --metrics now.csv | grep 'logistic,all,auc,'
leadcal fit --spec spec.json --snapshot then.csv now.csv; echo $?
leadcal fit --spec spec.json --snapshot-date 2025-06-30 now.csv; echo $?
leadcal fit --quiet --spec spec.json --snapshot then.csv --snapshot-date 2025-12-30 --window 30 now.csv; echo $?
# A key that the spec names tells the leads of --last apart, too.
leadcal audit --spec spec.json --last then.csv now.csv | cut -d, -f1-3
