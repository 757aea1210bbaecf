# What the made-up exports share: days, draws, cells and ids of Salesforce. Read before shapes.awk or salesforce.awk.

# ---- days ----
function put_day(n,    era, doe, yoe, doy, mp) { # days since 1970-01-01 to y, m, d
    n += 719468
    era = int(n / 146097)
    doe = n - era * 146097
    yoe = int((doe - int(doe / 1460) + int(doe / 36524) - int(doe / 146096)) / 365)
    doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100))
    mp = int((5 * doy + 2) / 153)
    d = doy - int((153 * mp + 2) / 5) + 1
    m = mp < 10 ? mp + 3 : mp - 9
    y = yoe + era * 400 + (m <= 2)
}
function iso(n) {
    if (n == "")
        return ""
    put_day(n)
    return sprintf("%04d-%02d-%02d", y, m, d)
}
function mdy(n) {
    if (n == "")
        return ""
    put_day(n)
    return m "/" d "/" y
}
function dmy(n) {
    if (n == "")
        return ""
    put_day(n)
    return sprintf("%02d.%02d.%04d", d, m, y)
}
function at(n, time) {
    return n == "" ? "" : iso(n) time
}

# ---- chance ----
function draw(n) { # 0..n-1, by the generator of Park and Miller
    seed = (seed * 16807) % 2147483647
    return seed % n
}
function word(list, i,    part) {
    split(list, part, "|")
    return part[i]
}

# ---- rows: every cell quoted, or where it must be ----
function begin_row() {cells = 0}
function cell(text) {
    if (text ~ /"/)
        gsub(/"/, "\"\"", text)
    if (quoted || text ~ /[",\n]/ || index(text, delimiter))
        text = "\"" text "\""
    printf "%s%s", cells++ ? delimiter : "", text
}
function end_row() {printf "%s", line_end}
function header(list,    part, n, i) {
    n = split(list, part, "|")
    begin_row()
    for (i = 1; i <= n; i++)
        cell(part[i])
    end_row()
}

# Ids of Salesforce: 15 characters of which the case counts, and the three that say it.
function sf_id(prefix, i) {return sprintf("%s5e00000%sb%03d", prefix, i % 2 ? "A" : "a", i)}
function sf_long(id,    b, k, bits, c) {
    for (b = 0; b < 3; b++) {
        bits = 0
        for (k = 0; k < 5; k++) {
            c = substr(id, 5 * b + k + 1, 1)
            if (index("ABCDEFGHIJKLMNOPQRSTUVWXYZ", c))
                bits += 2 ^ k
        }
        id = id substr("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", bits + 1, 1)
    }
    return id
}
