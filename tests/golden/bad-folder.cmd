mkdir exports
leadcal rates --outcome won --won 1 exports
