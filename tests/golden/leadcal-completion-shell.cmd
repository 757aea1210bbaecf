leadcal --completion tcsh
