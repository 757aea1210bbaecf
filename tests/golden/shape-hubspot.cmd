# HubSpot's contacts and deals with German labels; deals by API names, where the rows confirm a stage id,
# and where a renamed pipeline gives the id to proposals that wait.
s=datasets/shapes
leadcal inspect --mapping -o spec.json --format csv $s/hubspot-contacts-de.csv $s/hubspot-deals-de.csv
leadcal rates -q --spec spec.json --format csv $s/hubspot-contacts-de.csv $s/hubspot-deals-de.csv | cut -d, -f1-5 | head -n 7
leadcal inspect --mapping -o api.json --format csv $s/hubspot-deals-api.csv | cut -d, -f1-4,9
leadcal rates -q --spec api.json --format csv $s/hubspot-deals-api.csv | cut -d, -f1-5 | head -n 6
leadcal inspect --mapping --format csv $s/hubspot-deals-renamed.csv | grep -E '^(outcome|closed|entered_)' | cut -d, -f1-4,9
# Once a person says which id is won, the rates are those of the pipeline as it was.
leadcal rates -q --outcome dealstage --won 51389338 --entered createdate --by hs_analytics_source --format csv $s/hubspot-deals-renamed.csv >renamed.csv
leadcal rates -q --outcome dealstage --won closedwon --entered createdate --by hs_analytics_source --format csv $s/hubspot-deals-api.csv >api.csv
cmp renamed.csv api.csv && echo same rates
