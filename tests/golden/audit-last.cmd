# Two exports, a quarter apart, of the same leads: 'temperature' is set when a lead is won, 'line_type'
# is corrected now and then, 'source' stays. Leads of the earlier one are gone, others are new.
make_export() { # the last day, and whether it is the later one
    awk -v today="$1" -v later="$2" 'BEGIN {
        print "lead_id,entered,closed,stage,source,line_type,temperature"
        for (i = 0; i < 1800; i++) {
            day = int(i / 6); won = i % 7 == 3; lost = !won && i % 7 < 5; took = 10 + i * 37 % 80
            if (day > today || (later && i % 50 == 49)) continue
            open = (!won && !lost) || day + took > today
            stage = open ? "Open" : won ? "Won" : "Lost"
            phone = later && i % 9 == 4 ? "mobile" : i % 2 ? "office" : "none"
            heat = stage == "Won" ? "hot" : i % 2 ? "warm" : "cold"
            printf "L%04d,%s,%s,%s,%s,%s,%s\n", i, date(day), open ? "" : date(day + took), stage, \
                i % 3 ? "web" : "expo", phone, heat
        }
    }
    function date(d) { return sprintf("2025-%02d-%02d", 1 + int(d / 28), 1 + d % 28) }'
}
make_export 200 0 > last.csv
make_export 290 1 > now.csv
audit="leadcal audit --outcome stage --won Won --lost Lost --entered entered --closed closed --window 90"
$audit --last last.csv now.csv
echo "without it:"
$audit --quiet now.csv
echo "allowed:"
$audit --last last.csv --allow temperature now.csv 2>&1 | grep temperature
echo "in a fit:"
leadcal fit --outcome stage --won Won --lost Lost --entered entered --closed closed --window 90 \
    --last last.csv now.csv 2>/dev/null | cut -d, -f2 | LC_ALL=C sort -u
echo "in a folder:"
study="--quiet --outcome stage --won Won --lost Lost --entered entered --closed closed --window 90 --last last.csv now.csv"
leadcal recalibrate $study -o quarter
leadcal audit $study | cmp - quarter/audit.csv
grep -c "^| temperature | reject | snapshot |" quarter/report.md
leadcal backtest --metrics $study | grep -c logistic
