# Names of columns and levels that are attacks are names in the page, too.
{
    echo '"<script>alert(1)</script>","""><img src=x onerror=alert(1)>","javascript:alert(1)",won'
    for i in $(seq 400); do
        case $((i % 4)) in
        0) echo '"</title></style><svg onload=alert(1)>","a | b ` c","](javascript:alert(1))",1' ;;
        1) echo '"&lt;script&gt;","'"'"' onclick='"'"'alert(1)","two
lines",0' ;;
        2) echo '"</title></style><svg onload=alert(1)>","a | b ` c","two
lines",0' ;;
        3) echo '"&lt;script&gt;","a | b ` c","](javascript:alert(1))",'$((i % 3 == 0)) ;;
        esac
    done
} >'<b>leads.csv'
leadcal recalibrate -q --outcome won --won 1 --lost 0 '<b>leads.csv' -o quarter; echo $?
grep -cE '<(script|svg|img src|b>l)|href="javascript' quarter/report.html
grep -v '^leadcal ' quarter/report.md | grep -cE '(^|[^\\])<|[^\\]\]\(javascript'
grep -o '<td class="t">[^<]*script[^<]*</td>\|<th[^>]*>[^<]*alert[^<]*</th>' quarter/report.html | LC_ALL=C sort | uniq -c | sed 's/^ *//'
