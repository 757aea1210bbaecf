leadcal --list-programs
for program in $(leadcal --list-programs); do
    leadcal "$program" --man | grep -c '^\.SH EXAMPLES' || echo "$program has no example"
done
