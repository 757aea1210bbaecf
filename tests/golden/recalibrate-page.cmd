# needs: gnuplot
# One page with its pictures inside; it runs nothing and asks for nothing.
leadcal recalibrate -q --outcome stage --won 'Closed Won' --entered created_date --closed close_date --engagement pages_viewed,email_opens,webinar,demo_request datasets/leads.csv -o quarter; echo $?
page=quarter/report.html
grep -o '<h1>[^<]*\|<h2[^>]*>[^<]*\|<caption><span[^>]*>[^<]*' $page
grep -o '<img alt="[^"]*' $page
grep -c '" src="data:image/svg+xml;base64,' $page
grep -ciE '<script|https?:|<link|url\(' $page
for svg in quarter/*.svg; do grep -qF "$(base64 -w 0 $svg)" $page && echo "$svg is in it"; done
