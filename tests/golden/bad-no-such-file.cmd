leadcal rates --outcome won --won 1 nowhere.csv
