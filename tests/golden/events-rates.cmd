# Columns of events in rates: those with an ending where they are named.
web="--spec datasets/events.spec.json datasets/events/leads.csv datasets/events/events.csv"
leadcal rates --quiet --by web.pricing_days,web.careers,web.unsubscribe_count $web | cut -d, -f1-5
leadcal rates --quiet --by web.prices $web; echo $?
leadcal backtest --quiet --metrics $web | grep auc,
