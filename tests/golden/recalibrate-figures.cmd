# needs: gnuplot
leadcal recalibrate -q --outcome stage --won 'Closed Won' --entered created_date --closed close_date --engagement pages_viewed,email_opens,webinar,demo_request datasets/leads.csv -o quarter
ls quarter | grep svg
