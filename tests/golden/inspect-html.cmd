# The page for mailing: names and values that are attacks are shown, persons are not.
{
    echo '"<script>alert(1)</script>",email,Phone,stage,created,"**b** `c`"'
    for i in $(seq 240); do
        day=$((i % 28 + 1)) month=$((i % 12 + 1))
        printf '"%s",secret%d@firm.example,%s,%s,202%d-%02d-%02d,%s\n' \
            "$([ $((i % 7)) = 0 ] && echo '<B>' || echo '< b >')" "$i" "$([ "$i" -gt 120 ] && echo "555-0$i")" \
            "$([ $((i % 3)) = 0 ] && echo 'Closed Won' || echo 'Closed Lost')" \
            "$((3 + (i > 120)))" "$month" "$day" "$([ $((i % 2)) = 0 ] && echo '"&quot;"' || echo "'; x='")"
    done
} >leads.csv
leadcal inspect --html page.html --format table leads.csv >screen; echo $?
grep -cE '<script|<B>|secret|firm.example|555-0' page.html
grep -c '&lt;script&gt;alert(1)&lt;/script&gt;' page.html
grep -o '<h2[^>]*>[^<]*</h2>' page.html
grep -o '<li>Phone [^<]*</li>' page.html
cat screen
echo '-- not twice'
leadcal inspect -q --html page.html leads.csv >/dev/null; echo $?
leadcal inspect -q --html page.html --force leads.csv >/dev/null; echo $?
leadcal inspect -q --html no/such/folder.html leads.csv >/dev/null; echo $?
