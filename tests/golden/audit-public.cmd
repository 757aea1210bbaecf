# needs: datasets
# Public sets, with no attributes named: what only comes after the call or the mailing is left out
# (bank: duration; Hillstrom: visit and spend), and no attribute is. Columns and steps, no figures.
look() {
    echo "$1:"
    shift
    leadcal audit --quiet "$@" | LC_ALL=C sed 's/^\([^,]*,[^,]*,[^,]*\),.*,\([a-z]*\)$/\1,\2/'
}
look german --outcome creditability --won bad --lost good public/german-credit/germancredit.csv
look bank --outcome y --won yes --lost no public/bank-marketing/bank-full.csv
look hillstrom --outcome conversion --won 1 --lost 0 public/hillstrom/hillstrom.csv
