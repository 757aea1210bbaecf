# The domains of src/data/free_mail.txt as C, in byte order, so that they can be searched by halves. A line of no known form, and
# a domain that stands there twice, stop here.
function fail(what) {
    print FILENAME ":" FNR ": " what > "/dev/stderr"
    failed = 1
    exit 1
}
/^#/ || /^[ \t]*$/ {next}
{
    at = index($0, " = ")
    if (!at)
        fail("is neither PROVIDER = DOMAIN DOMAIN ... nor a comment")
    k = split(substr($0, at + 3), part, " ")
    for (i = 1; i <= k; i++) {
        if (part[i] !~ /^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
            fail(part[i] " is no domain in small letters")
        if (part[i] in seen)
            fail(part[i] " stands here twice")
        seen[part[i]] = 1
        domain[n++] = part[i]
    }
}
END {
    if (failed)
        exit 1
    for (i = 1; i < n; i++) {
        d = domain[i]
        for (j = i; j > 0 && domain[j - 1] > d; j--)
            domain[j] = domain[j - 1]
        domain[j] = d
    }
    print "/* Made of src/data/free_mail.txt by scripts/free_mail.awk. */"
    print "#include \"free_mail_internal.h\""
    print "\nconst char *const lc_free_mail_domain[] = {"
    for (i = 0; i < n; i++)
        print "    \"" domain[i] "\","
    print "};\nconst size_t lc_free_mail_domains = " n ";"
}
