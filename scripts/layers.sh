#!/bin/sh
# Fails on an #include that points up the rooms, on an outside library that is included anywhere
# but at its door, on a call the house does without, on a header whose first line is not
# `name.h - purpose.   Layer: room`, on a public header without its unit test, and on two files
# of one name. The room of a header stands in its first line; that of a source is its folder.
set -u

# Whatever is wrong is a line on standard output; nothing there means all is well.
rooms() {
    # A header may only be judged by its first line once that was read: so headers come first.
    awk '
    BEGIN {
        sees["base"] = " base "
        sees["data"] = " base data "
        sees["math"] = " base math "
        sees["model"] = " base data math model "
        sees["out"] = " base data math model out "
        sees["cmd"] = " base data math model out cmd "

        door["csv.h"] = "^src/data/csv(_stream)?\\.c$"
        door["zlib.h"] = "^src/data/unpack\\.c$"
        door["iconv.h"] = "^src/data/encoding\\.c$"
        door["cjson/"] = "^src/out/json\\.c$"
        door["gsl/"] = "^src/(math/[a-z_]+|cmd/main)\\.c$"
        door["glpk.h"] = "^src/math/separation_lp\\.c$"
        door["nettle/"] = "^src/base/(hash|base64)\\.c$" # two small parts of it, each beside its own test
        door["xxhash.h"] = "^src/base/hash\\.c$"
        door["utf8proc.h"] = "^src/(out/text_clean|data/encoding|base/text_fold)\\.c$"
        door["pthread.h"] = "^src/base/parallel\\.c$"

        n = split("assert ctype dirent errno fcntl fenv float fnmatch getopt glob inttypes limits locale math setjmp signal " \
                  "spawn stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string strings " \
                  "sys/mman sys/stat sys/types sys/wait time unistd sys/resource sys/ioctl", name, " ")
        for (i = 1; i <= n; i++)
            standard[name[i] ".h"] = 1
    }
    function complain(what) {
        print FILENAME (FNR > 1 ? ":" FNR : "") ": " what
    }
    FNR == 1 {
        public = FILENAME ~ /^include\//
        base = FILENAME
        sub(/.*\//, "", base)
        if (FILENAME ~ /\.h$/) {
            if (index($0, "/* " base " - ") != 1 || !match($0, /Layer: [a-z]+/))
                complain("its first line is not /* " base " - purpose.   Layer: room */")
            room = RSTART > 0 ? substr($0, RSTART + 7, RLENGTH - 7) : ""
            if (public)
                room_of["leadcal/" base] = room
        }
        if (!public) {
            split(FILENAME, part, "/")
            if (FILENAME ~ /\.h$/ && room != part[2])
                complain("its first line says room " room)
            room = part[2]
            stem = base
            sub(/\.c$/, ".h", stem)
            if (("leadcal/" stem) in room_of && room_of["leadcal/" stem] != room)
                complain("its header says room " room_of["leadcal/" stem])
        }
        if (!(room in sees))
            complain("there is no room " room)
    }
    /^[ \t]*#[ \t]*include[ \t]*"/ {
        header = $0
        sub(/^[^"]*"/, "", header)
        sub(/".*/, "", header)
        if (header ~ /^leadcal\//)
            wanted[++wants] = FILENAME "\t" FNR "\t" room "\t" header
        else if (header ~ /\//)
            complain("includes " header ": a private header stays in its room")
        else if (public)
            complain("a public header includes the private " header)
    }
    /^[ \t]*#[ \t]*include[ \t]*</ {
        header = $0
        sub(/^[^<]*</, "", header)
        sub(/>.*/, "", header)
        family = header
        sub(/\/.*/, "/", family)
        if (family in door) {
            if (FILENAME !~ door[family])
                complain("<" header "> has another door")
        } else if (!(header in standard))
            complain("<" header "> belongs to no known library: give it a door in scripts/layers.sh")
    }
    match($0, /(^|[^A-Za-z0-9_])(system|popen|strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|atof|strtok|setlocale|alloca|rand|srand)\(/) {
        call = substr($0, RSTART, RLENGTH)
        sub(/^[^a-z]/, "", call)
        complain(call ") is a call the house does without")
    }
    END {
        for (i = 1; i <= wants; i++) {
            split(wanted[i], part, "\t")
            if (!(part[4] in room_of))
                print part[1] ":" part[2] ": there is no include/" part[4]
            else if (index(sees[part[3]], " " room_of[part[4]] " ") == 0)
                print part[1] ":" part[2] ": " part[3] " may not include " part[4] " (" room_of[part[4]] ")"
        }
    }' include/leadcal/*.h src/*/*.h src/*/*.c
}

triplets() {
    for header in include/leadcal/*.h; do
        name=${header##*/} name=${name%.h}
        [ -e "tests/unit/test_$name.c" ] || echo "$header: has no tests/unit/test_$name.c"
    done
    for test in tests/unit/test_*.c; do
        [ -e "$test" ] || continue
        name=${test##*/test_} name=${name%.c}
        # The test of a private header is named after it too, and one of many modules after its world.
        [ -e "include/leadcal/$name.h" ] || [ -e "tests/support/$name.h" ] || ls src/*/"$name".[ch] >/dev/null 2>&1 ||
            echo "$test: there is no module $name"
    done
}

twins() {
    find src include tests scripts -type f \( -name '*.[ch]' -o -name '*.sh' -o -name '*.py' -o -name '*.R' \) |
        sed 's|.*/||' | sort | uniq -d | sed 's/$/: two files have this name/'
}

wrong=$(rooms; triplets; twins)
[ -z "$wrong" ] || printf '%s\n' "$wrong" | sed 's/^/layers: /' >&2
[ -z "$wrong" ]
