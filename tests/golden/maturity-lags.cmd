# needs: python3
# Leads of which a fifth is won, those of the fair after a lag four times as long: the warning says so.
awk 'function u() { s = (s * 16807) % 2147483647; return s / 2147483647 }
    BEGIN {
        s = 20260105
        print "source,age,stage,closed"
        for (i = 0; i < 1600; i++) {
            fair = i % 2; age = int(700 * u()); wins = u() < 0.2
            lag = int(wins ? (fair ? 110 : 28) * exp(0.9 * (u() + u() + u() - 1.5)) : -80 * log(u()))
            print (fair ? "Fair" : "Web") "," 1000 - age "," (lag > age ? "Open" : wins ? "Won" : "Lost") \
                "," (lag > age ? "" : 1000 - age + lag)
        }
    }' | python3 -c 'import csv, sys, datetime
to = csv.writer(sys.stdout, lineterminator="\n")
day = lambda t: t and str(datetime.date(2023, 1, 1) + datetime.timedelta(int(t)))
for i, r in enumerate(csv.reader(sys.stdin)):
    to.writerow(r if i == 0 else [r[0], day(r[1]), r[2], day(r[3])])' >leads.csv
leadcal maturity -q --outcome stage --won Won --entered age --closed closed --window 90 \
    --as-of 2025-09-27 --format table leads.csv
leadcal recalibrate --outcome stage --won Won --entered age --closed closed --window 90 \
    --as-of 2025-09-27 leads.csv -o quarter 2>err; echo $?
grep '^note: warning' err
