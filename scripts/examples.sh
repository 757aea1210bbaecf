#!/bin/sh
# Runs what is shown to readers: examples.sh FOLDER. An example is a line that begins with
# `leadcal ` or `$ leadcal ` (or `leadcal-`), or with `cp `, inside a fenced code block of README.md,
# CONTRIBUTING.md or docs/*.md, and in the `Examples:` of each `leadcal PROGRAM --help`; a
# backslash at its end continues it. A fence tagged `text` is left alone.
#
# Each page runs from top to bottom in a folder of its own, the help texts in one together in the
# alphabet's order, so that a later example may use a file that an earlier one wrote; the folder
# has the link `datasets`. Each must exit 0. Ends `examples: N passed, N failed, N skipped`.
set -u

b=$(cd "${1:?usage: examples.sh BUILD_FOLDER}" && pwd)
top=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$b:$PATH
export PATH
passed=0 failed=0

of_page() { # the examples of a page of Markdown
    awk '
        /^ *(```|~~~)/ {inside = !inside; tag = $0; sub(/^ *(```|~~~) */, "", tag); next}
        !inside || tag == "text" {next}
        more {
            line = line $0
        }
        !more && /^ *(\$ )?(leadcal[ -]|cp )/ {
            line = $0
            sub(/^ *(\$ )?/, "", line)
            more = 1
        }
        more {
            more = sub(/\\$/, " ", line)
            if (!more)
                print line
        }' "$1"
}
of_help() { # the examples of a help text
    awk '
        /^Examples:|^EXAMPLES/ {inside = 1; next}
        inside && /^[^ ]/ {inside = 0}
        inside {print}' | sed 's/^/    /' | { echo '```'; cat; echo '```'; } >"$work/help.text"
    of_page "$work/help.text"
}
run_all() { # run_all WHERE: the lines of standard input
    while read -r line; do
        mkdir -p "$work/$folder"
        [ -e "$work/$folder/datasets" ] || ln -s "$top/datasets" "$work/$folder/datasets"
        if (cd "$work/$folder" && timeout 300 sh -c "$line") >"$work/said" 2>&1 </dev/null; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "examples: failed: $1: $line"
            tail -n 5 "$work/said" | sed 's/^/    | /'
        fi
    done
}

for page in README.md CONTRIBUTING.md docs/*.md docs/*/*.md; do
    [ -e "$page" ] || continue
    folder=$(echo "$page" | tr / _)
    of_page "$page" >"$work/lines"
    run_all "$page" <"$work/lines"
done
folder=help
for program in leadcal "$b"/leadcal-*; do
    "$program" --help 2>&1 | of_help >"$work/lines"
    [ -s "$work/lines" ] || {
        failed=$((failed + 1))
        echo "examples: failed: $(basename "$program") --help shows no example"
    }
    run_all "$(basename "$program") --help" <"$work/lines"
done
echo "examples: $passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
