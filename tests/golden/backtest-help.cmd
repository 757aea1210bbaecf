leadcal backtest --help
