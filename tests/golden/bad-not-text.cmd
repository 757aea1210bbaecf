printf 'PK\003\004\024\000\006\000\010\000\000\000' >leads.xlsx
leadcal rates --outcome won --won 1 leads.xlsx; echo $?
head -c 4000 /dev/zero | tr '\0' '\1' >leads.bin
leadcal inspect leads.bin; echo $?
