# Hostile names and values where a quarter has more to show than the first: drift, points that moved, who is
# handed over, won amounts, quick and slow wins, young leads, verdicts. In the page they are words, in the
# tables no formula, whether they are columns, levels or groups.
long=$(printf 'lo%.0s' $(seq 600)) rtl=$(printf '\342\200\256')
sed -E "1{s/job_level/<script>alert(1)<\/script>/;s/industry/=cmd|' \/C calc'!A0/;s/,owner$/,@owner <b>/;s/amount/+amount | x/;s/pages_viewed/\"two\\nlines\"/}
    s/,Healthcare,/,<img src=x onerror=alert(1)>,/;s/,Education,/,=1+1|2,/;s/,Professional Services,/,日本語の業種 🦊,/
    s/,Director,/,\"a \"\"quoted\"\"\\nlevel\",/;s/,Manager,/,](javascript:alert(1)),/;s/,Email,/,${rtl}gpj.exe,/
    s/,Webinar,/,=long $long,/;s/,Partner,/,@SUM(1),/;s/,Referral,/,\`a\` **b** _c_ <!-- ,/;s/,Trade show,/,-2+3,/
    s/,Queue$/,<svg onload=alert(1)>/;s/,\"Chen, Wei\"$/,=HYPERLINK(1)/" datasets/leads.csv >leads.csv
cat >spec.json <<'EOF'
{
  "leadcal_spec": 1,
  "outcome": {"column": "stage", "won": ["Closed Won"], "lost": ["Closed Lost"], "open": ["Open"]},
  "dates": {"entered": "created_date", "accepted": "accepted_at", "closed": "close_date"},
  "acceptance": {"column": "sales_accepted", "accepted": ["Yes"], "rejected": ["No"]},
  "as_of": "2025-12-31",
  "amount": "+amount | x",
  "audit": ["@owner <b>"],
  "attributes": [
    {"column": "=cmd|' /C calc'!A0", "role": "profile"},
    {"column": "<script>alert(1)</script>", "role": "profile"},
    {"column": "source", "role": "engagement", "as_of": "decision"},
    {"column": "two\nlines", "role": "engagement", "cuts": [1, 4, 9, 19], "as_of": "decision"}
  ],
  "ignore": ["lead_id"]
}
EOF
leadcal fit -q --spec spec.json --as-of 2025-06-30 --window 90 --model last.json leads.csv >/dev/null
leadcal recalibrate -q --spec spec.json --prior last.json --current last.json leads.csv -o quarter; echo $?
ls quarter | grep -c csv
grep '^### ' quarter/report.md
# What is hostile is in the page, and neither run nor a link.
for word in '&lt;script&gt;alert(1)&lt;/script&gt;' '&lt;img src=x' '日本語の業種 🦊' 'a &quot;quoted&quot; level' '](javascript:' \
    '&lt;svg onload=' '@owner &lt;b&gt;' "=cmd|&#39; /C calc" '&lt;!--' 'long lolo'; do
    grep -qF -e "$word" quarter/report.html || echo "no $word"
done
grep -cE '<(script|svg|img src=x|b>)|href="javascript|onerror=[^&]*>' quarter/report.html
grep -v '^leadcal ' quarter/report.md | grep -cE '(^|[^\\])<(script|svg|img|b>|!--)|[^\\]\]\(javascript'
LC_ALL=C grep -c "$rtl" quarter/report.html quarter/report.md
# A cell that a spreadsheet would run begins with an apostrophe.
LC_ALL=C grep -lE '(^|,)"?[=@]|(^|,)"?([-+][a-z]|-2\+)' quarter/*.csv
LC_ALL=C grep -hoE "(^|,)'[^,]{1,9}" quarter/*.csv | sed 's/^,//' | LC_ALL=C sort -u
# Levels that maximum likelihood cannot weigh are named on one line each.
leadcal fit --spec spec.json --penalty none --by "=cmd|' /C calc'!A0" --window 30 leads.csv 2>&1 | LC_ALL=C grep -c "$(printf '[\001-\010\013-\037]')"
