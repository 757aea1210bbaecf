# needs: python3
# Every row against a recount that shares nothing with leadcal (tests/reference/funnel.py).
python3 "$LEADCAL_ROOT/tests/reference/funnel.py" 2025-12-31 datasets/leads.csv created_date \
    stage 'Closed Won' 'Closed Lost' close_date >wanted
leadcal funnel -q --spec datasets/leads.spec.json --format csv datasets/leads.csv |
    cut -d, -f1,2,6-8,11,14,15 | sed 's/,won,lost,open,closed_won/,won,lost,open,closed_won/' >got
cmp wanted got && tail -n 1 got
