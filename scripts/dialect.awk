# The alias tables of src/data/dialect.txt as C: a table's name once, then its names with what they mean. A
# meaning that include/leadcal/dialect.h does not have stops the compiler; a line of no known form stops here.
BEGIN {tables = 0; entries = 0}
function trim(s) {
    gsub(/^[ \t]+|[ \t]+$/, "", s)
    return s
}
function quoted(s) {
    gsub(/["\\]/, "\\\\&", s)
    return "\"" s "\""
}
function fail(what) {
    print FILENAME ":" FNR ": " what > "/dev/stderr"
    failed = 1
    exit 1
}
/^#/ || /^[ \t]*$/ {next}
/^\[.+\]$/ {
    name = substr($0, 2, length($0) - 2)
    blank = index(name, " ")
    if (!blank)
        fail("a table is called [SYSTEM OBJECT]")
    system_of[tables] = substr(name, 1, blank - 1)
    object_of[tables++] = substr(name, blank + 1)
    next
}
/^[a-z_]+ = / {
    if (!tables)
        fail("a name stands before the first [SYSTEM OBJECT]")
    meaning = $1
    sub(/^[a-z_]+ = /, "")
    n = split($0, part, "|")
    for (i = 1; i <= n; i++) {
        if (trim(part[i]) == "")
            fail("a name is empty")
        entry[entries++] = "    {" (tables - 1) ", LC_MEANS_" toupper(meaning) ", " quoted(trim(part[i])) "},"
    }
    next
}
{fail("is neither [SYSTEM OBJECT], MEANING = NAME | NAME nor a comment")}
END {
    if (failed)
        exit 1
    print "/* Made of src/data/dialect.txt by scripts/dialect.awk. */"
    print "#include \"dialect_internal.h\""
    print "\nconst struct lc_alias_table lc_alias_table[] = {"
    for (i = 0; i < tables; i++)
        print "    {" quoted(system_of[i]) ", " quoted(object_of[i]) "},"
    print "};\nconst size_t lc_alias_tables = " tables ";"
    print "\nconst struct lc_alias lc_alias[] = {"
    for (i = 0; i < entries; i++)
        print entry[i]
    print "};\nconst size_t lc_aliases = " entries ";"
}
