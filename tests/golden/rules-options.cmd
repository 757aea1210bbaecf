# Rules without a spec: the same leads are left out; a private mailbox is an attribute.
leadcal rates --classes -q --outcome stage --won 'Closed Won' --entered created_date --closed close_date --as-of 2025-12-31 --window 180 \
    --engagement webinar,demo_request --disqualify junk:company --disqualify 'competitor:email_domain=rival-one.example|rival-two.example' \
    --disqualify 'territory:country!=Brasil|México|Argentina|Chile|Colombia' --disqualify free_mail:email_domain \
    --format csv datasets/leads-form.csv | cut -d, -f1-4,6,7
leadcal rates -q --outcome stage --won 'Closed Won' --window none --disqualify junk:company --disqualify free_mail:email_domain --by free_mail \
    --format csv datasets/leads-form.csv | cut -d, -f1-5
# Wrong usage, and rules that may not speak.
for rule in junk junk: junk:firm junk:company=x competitor:email_domain 'test:is_test!=No' foo:company 'test:is_test=Yes' \
    'customer:stage=Closed Won' 'territory:country=Atlantis'; do
    leadcal rates -q --outcome stage --won 'Closed Won' --window none --by source --disqualify "$rule" datasets/leads-form.csv; echo $?
done
