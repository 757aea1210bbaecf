leadcal inspect
