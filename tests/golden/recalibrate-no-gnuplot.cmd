# Without gnuplot each picture's place says why it is empty, and the rest is delivered.
leadcal=$(command -v leadcal)
mkdir empty
PATH=$PWD/empty "$leadcal" recalibrate --outcome stage --won 'Closed Won' --entered created_date --closed close_date --engagement pages_viewed,email_opens datasets/leads.csv -o quarter 2>err; echo $?
grep -i 'svg\|picture' err
ls quarter | grep -c svg
for report in quarter/report.md quarter/report.html; do
    grep -c '<img\|!\[' $report
    grep -c 'A picture is missing here: gnuplot is not there, so no picture can be drawn; install it: apt-get install gnuplot-nox\.' $report
done
