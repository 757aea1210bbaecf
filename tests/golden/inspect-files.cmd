printf 'source;won\r\nWeb;1\r\n\r\nFair;0;x\r\n' >leads.csv
leadcal inspect --files --max-bad 1 leads.csv
