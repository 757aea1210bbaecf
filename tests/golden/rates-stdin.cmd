printf 'source;won\nWeb;1\nFair;0\n' | leadcal rates --quiet --outcome won --won 1 --by source - | cut -d, -f1-4
