# fit and backtest have no answer (5); rates still prints what it can.
printf 'source,won\nWeb,1\nFair,1\nFair,1\n' >leads.csv
leadcal fit --outcome won --won 1 --lost 0 --open 2 --by source leads.csv; echo $?
printf 'source,won\nWeb,0\nFair,0\nFair,0\n' >leads.csv
leadcal fit --outcome won --won 1 --lost 0 --open 2 --by source leads.csv; echo $?
leadcal backtest --outcome won --won 1 --lost 0 --open 2 --by source leads.csv; echo $?
