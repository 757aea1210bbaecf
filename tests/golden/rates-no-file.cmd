leadcal rates --outcome stage --won yes
