# needs: gnuplot
# Where no font is installed the pictures are drawn all the same: an SVG names its font, and whoever looks at it has one. gnuplot is
# given nothing but PATH, so a script of that name leads it to a fontconfig of an empty folder.
real=$(command -v gnuplot)
mkdir empty bin
printf '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>%s/empty</dir></fontconfig>\n' "$PWD" >fonts.conf
printf '#!/bin/sh\necho called >>%s/called\nFONTCONFIG_FILE=%s/fonts.conf HOME=/nowhere exec %s "$@"\n' "$PWD" "$PWD" "$real" >bin/gnuplot
chmod +x bin/gnuplot
PATH=$PWD/bin:$PATH leadcal recalibrate -q --outcome stage --won 'Closed Won' --entered created_date --closed close_date \
    --engagement pages_viewed,email_opens datasets/leads.csv -o bare; echo $?
sort -u called
ls bare | grep -c svg
grep -l '</svg>' bare/*.svg | wc -l
grep -c '<img' bare/report.html; grep -c 'A picture is missing' bare/report.html
for svg in bare/*.svg; do grep -c '<text' $svg; done | awk '$1 == 0 {n++} END {print n + 0, "pictures without words"}'
