#!/bin/sh
# Every export executed by an engine that we did not write: interop.sh FOLDER. For each data set a model
# is fitted, exported, and run by PostgreSQL, SQLite, python3, node and gcc on every row; what they say
# is compared with `leadcal score` (tests/interop/compare.py). Then wrong models and broken texts are
# planted, to see that the checks find them. Ends `interop: N passed, N failed, N skipped`.
#
# PostgreSQL runs in a temporary folder, on a socket there, and is gone afterwards.
# DATASETS   names of the data sets to run; default: leads card nasty events segments points extremes margin german-credit bank-marketing
set -u

b=$(cd "${1:?usage: interop.sh BUILD_FOLDER}" && pwd)
top=$PWD
work=$(mktemp -d)
: "${LEADCAL_DATASETS:=../shared/datasets}"
PATH=$b:$PATH
PYTHONDONTWRITEBYTECODE=1
export PATH PYTHONDONTWRITEBYTECODE
passed=0 failed=0 skipped=0
postgres=
engines='postgresql sqlite python js c'

clean_up() {
    [ -z "$postgres" ] || as_postgres "$postgres/pg_ctl" -D "$work/pg/data" -m immediate stop >/dev/null 2>&1
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

verdict() { # verdict STATUS WHAT LOG: 0 passed; what the log ends with is shown
    if [ "$1" = 0 ]; then
        passed=$((passed + 1))
        echo "$2: $(tail -n 1 "$3")"
    else
        failed=$((failed + 1))
        echo "interop: failed: $2"
        tail -n 8 "$3" | cut -c 1-200 | sed 's/^/    | /'
    fi
}
skip() { # skip WHAT REASON [datasets]: CI may lack the data sets, but no engine
    if [ "${CI-}" = true ] && [ "${3-}" != datasets ]; then
        failed=$((failed + 1))
        echo "interop: failed: $1: $2, and CI may not skip it"
    else
        skipped=$((skipped + 1))
        echo "skipped: interop/$1: $2"
    fi
}

# ---- PostgreSQL, which refuses to run as root
as_postgres() {
    if [ "$(id -u)" = 0 ]; then (cd "$work/pg" && runuser -u postgres -- "$@"); else "$@"; fi
}
psql_csv() {
    PGHOST=$work/pg PGUSER=postgres PGDATABASE=postgres PGCLIENTENCODING=UTF8 \
        psql -X -q --csv -v ON_ERROR_STOP=1 "$@"
}
start_postgres() {
    for folder in /usr/lib/postgresql/*/bin; do
        [ -x "$folder/initdb" ] && postgres=$folder
    done
    [ -n "$postgres" ] || return 1
    mkdir "$work/pg" && chmod 755 "$work"
    [ "$(id -u)" != 0 ] || chown postgres "$work/pg"
    if as_postgres "$postgres/initdb" -D "$work/pg/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync &&
        as_postgres "$postgres/pg_ctl" -D "$work/pg/data" -w -l "$work/pg/log" \
            -o "-c listen_addresses='' -c fsync=off -k $work/pg" start; then
        return 0
    fi >"$work/pg.log" 2>&1
    tail -n 5 "$work/pg.log"
    postgres=
    return 1
}
has_engine() {
    case $1 in
    postgresql) [ -n "$postgres" ] ;;
    sqlite) command -v sqlite3 >/dev/null ;;
    python) command -v python3 >/dev/null ;;
    js) command -v node >/dev/null ;;
    c) command -v gcc >/dev/null ;;
    esac
}

# ---- one engine on one folder, which holds keyed.csv, table.sql, reference.csv, and model.json or exports
export_model() { # export_model ENGINE MODEL TO
    case $1 in
    postgresql | sqlite) leadcal export --model "$2" --to sql --dialect "$1" -o "$3" --force ;;
    *) leadcal export --model "$2" --to "$1" -o "$3" --force ;;
    esac
}
# run_export ENGINE TEXT TO: the rows of keyed.csv scored, its self-test passed. In a database the file
# is run as its comment says, as a view: the self-test then follows, and must return no row.
run_export() {
    case $1 in
    postgresql)
        psql_csv -c 'DROP TABLE IF EXISTS leads CASCADE' -f table.sql \
            -c "\\copy leads FROM 'keyed.csv' WITH (FORMAT csv, HEADER true)" &&
            (echo 'CREATE VIEW scored AS'; cat "$2") | psql_csv -t >wrong.csv &&
            [ ! -s wrong.csv ] &&
            psql_csv -o "$3" -c 'SELECT * FROM scored'
        ;;
    sqlite)
        rm -f leads.db
        sqlite3 -bail leads.db <table.sql &&
            sqlite3 -bail leads.db '.import --csv --skip 1 keyed.csv leads' &&
            (echo 'CREATE VIEW scored AS'; cat "$2") | sqlite3 -bail leads.db >wrong.csv &&
            [ ! -s wrong.csv ] &&
            sqlite3 -bail -csv -header leads.db 'SELECT * FROM scored' >"$3"
        ;;
    python) python3 "$2" --self-test && python3 "$2" keyed.csv >"$3" ;;
    js) node "$2" --self-test && node "$2" keyed.csv >"$3" ;;
    c)
        gcc -std=c99 -Wall -Wextra -Wpedantic -Werror -O1 -c -o score.o -x c "$2" &&
            gcc -std=c99 -Wall -Wextra -Wpedantic -Werror -O1 -DLEADCAL_MAIN -o score -x c "$2" -lm &&
            ./score --self-test && ./score <keyed.csv >"$3"
        ;;
    esac
}
check_engine() { # check_engine NAME ENGINE
    if ! has_engine "$2"; then
        skip "$1/$2" "the engine of $2 is not installed"
        return
    fi
    {
        { [ ! -e model.json ] || export_model "$2" model.json "export.$2"; } && run_export "$2" "export.$2" "$2.csv" &&
            python3 "$top/tests/interop/compare.py" reference.csv "$2.csv"
    } >"$2.log" 2>&1
    verdict $? "$1/$2" "$2.log"
}
check_data() { # check_data NAME SPEC TRAIN LEADS: a model of TRAIN; where SPEC is -, the points file TRAIN
    mkdir -p "$work/$1" && cd "$work/$1" || exit
    {
        if [ "$2" = - ]; then cp "$3" model.json; else leadcal fit -q --spec "$2" --model model.json "$3" >/dev/null; fi &&
            python3 "$top/tests/interop/keyed.py" "$4" keyed.csv table.sql &&
            leadcal score -q --model model.json -o reference.csv --delimiter , keyed.csv
    } >fit.log 2>&1 || {
        echo "no model" >>fit.log
        verdict 1 "$1" fit.log
        return
    }
    for engine in $engines; do
        check_engine "$1" "$engine"
    done
    cd "$top" || exit
}

check_typed() { # check_typed CARD: one typed by hand, whose exports and answers a program of ours writes
    mkdir -p "$work/$1" && cd "$work/$1" || exit
    if ! { "$b/typed-exports" "$1" . && python3 "$top/tests/interop/keyed.py" leads.csv keyed.csv table.sql; } >typed.log 2>&1; then
        echo "no exports" >>typed.log
        verdict 1 "$1" typed.log
        return
    fi
    for engine in $engines; do
        check_engine "$1" "$engine"
    done
    cd "$top" || exit
}

# ---- a page, another locale, and faults that must be found
check_elsewhere() { # check_elsewhere NAME: of a data set that has run
    cd "$work/$1" || exit
    if has_engine js && [ -e export.js ]; then
        { node "$top/tests/interop/browser.js" "$PWD/export.js" && echo 'all rows come out'; } >page.log 2>&1
        verdict $? "$1/page" page.log
    else
        skip "$1/page" "node is not installed"
    fi
    if has_engine c && [ -e export.c ]; then
        gcc -std=c99 -Wall -Wextra -Wpedantic -Werror -DEXPORT="\"$PWD/export.c\"" \
            -o comma "$top/tests/interop/comma_locale.c" -lm >comma.log 2>&1 && ./comma >>comma.log 2>&1
        status=$?
        if [ $status = 77 ]; then
            skip "$1/comma" "the locale de_DE.UTF-8 is not installed"
        else
            [ $status != 0 ] || echo 'all rows come out' >>comma.log
            verdict $status "$1/comma" comma.log
        fi
    else
        skip "$1/comma" "gcc is not installed"
    fi
    cd "$top" || exit
}
# The filters of CSV: a mark, CR LF and blank lines change nothing; bad input is exit status 3.
filter() { # filter ENGINE FILE
    case $1 in
    python) python3 export.python "$2" ;;
    js) node export.js "$2" ;;
    c) ./score <"$2" ;;
    esac
}
check_filter() { # check_filter ENGINE: in the folder of a data set that has run
    case $1 in
    postgresql | sqlite) return ;;
    esac
    has_engine "$1" && [ -e "$1.csv" ] || return
    head -n 50 keyed.csv >some.csv
    { printf '\357\273\277'; sed 's/$/\r/; 7s/$/\n\r/' some.csv; } >odd.csv
    : >empty.csv
    sed '9s/,/;/' some.csv >ragged.csv
    sed '9s/,/,"/' some.csv >unclosed.csv
    sed '1s/industry/Industry/' some.csv >lacking.csv
    sed '1s/industry/industry,industry/; 2,$s/,/,,/' some.csv >twice.csv
    head -n 50 "$1.csv" >again.csv
    {
        filter "$1" some.csv >some.out && filter "$1" odd.csv | cmp - some.out && head -n 50 "$1.csv" | cmp - some.out
    } >filter.log 2>&1 || echo 'a mark and CR LF change the scores' >>filter.log
    for bad in empty ragged unclosed lacking twice again; do
        filter "$1" "$bad.csv" >filter.out 2>filter.err
        status=$?
        [ $status = 3 ] && [ -s filter.err ] || echo "$bad.csv: exit status $status, not 3 and a sentence" >>filter.log
    done
    [ ! -s filter.log ]
    status=$?
    [ $status != 0 ] || echo 'marks, line ends, and what is refused' >filter.log
    verdict $status "filter/$1" filter.log
}
found() { # found WHAT STATUS: a fault was planted, so a command that succeeded has missed it
    if [ "$2" != 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "interop: failed: $1 is not noticed"
    fi
}
plant() { # plant ENGINE: a model fitted otherwise, and a text whose intercept was changed
    has_engine "$1" && [ -e "export.$1" ] || return
    if ! { export_model "$1" other.json "other.$1" && run_export "$1" "other.$1" other.csv; } >plant.log 2>&1; then
        verdict 1 "plant/$1" plant.log
        return
    fi
    python3 "$top/tests/interop/compare.py" reference.csv other.csv >plant.log 2>&1
    found "$1: a wrong model" $?
    case $1 in
    postgresql | sqlite)
        leadcal export --model model.json --to sql --dialect "$1" --table again | sed '/^-- Self-test/,$d' >again.sql
        case $1 in
        postgresql) psql_csv -c 'DROP TABLE IF EXISTS again' -c 'CREATE TABLE again AS SELECT * FROM scored' -f again.sql ;;
        sqlite) sqlite3 -bail leads.db 'CREATE TABLE again AS SELECT * FROM scored' '.read again.sql' ;;
        esac >again.log 2>&1
        grep -q 'ambiguous' again.log && ambiguous=1 || ambiguous=0
        found "$1: a table that is scored already" "$ambiguous"
        ;;
    esac
    intercept=$(sed -n 's/^ *"intercept": \(.*\),$/\1/p' model.json)
    sed "s/$intercept/-1.25/" "export.$1" >"broken.$1"
    if [ -z "$intercept" ] || cmp -s "export.$1" "broken.$1"; then
        echo 'the intercept is not in the text' >plant.log
        verdict 1 "plant/$1" plant.log
        return
    fi
    run_export "$1" "broken.$1" broken.csv >plant.log 2>&1
    found "$1: a changed text" $?
}

start_postgres
for name in ${DATASETS:-leads card nasty events segments points extremes margin german-credit bank-marketing}; do
    case $name in
    leads) check_data leads "$top/datasets/leads.spec.json" "$top/datasets/leads.csv" "$top/datasets/leads.csv" ;;
    card) check_data card - "$top/datasets/points.csv" "$top/datasets/leads.csv" ;;
    nasty)
        mkdir "$work/made" && python3 tests/interop/nasty_leads.py "$work/made" &&
            check_data nasty "$work/made/spec.json" "$work/made/train.csv" "$work/made/leads.csv"
        check_elsewhere nasty
        ;;
    events) # what a model takes from events stands in the flat file
        mkdir "$work/made-events" && e=$top/datasets/events && s=$top/datasets/events.spec.json
        if leadcal events -q --spec "$s" --flat "$work/made-events/flat.csv" "$e/leads.csv" "$e/events.csv" >"$work/events.log" 2>&1 &&
            leadcal fit -q --spec "$s" --model "$work/made-events/model.json" "$e/leads.csv" "$e/events.csv" >/dev/null 2>>"$work/events.log"; then
            check_data events - "$work/made-events/model.json" "$work/made-events/flat.csv"
        else
            echo 'no model' >>"$work/events.log"
            verdict 1 events "$work/events.log"
        fi
        ;;
    segments) # weights of segments' own, found by other spellings of the segments, too
        leadcal simulate --rows 4000 --seed 3 --segments |
            awk 'NR % 5 == 2 {sub(/,Web - organic,/, ",web-organic,")} NR % 7 == 3 {sub(/,Webinar,/, ", webinar ,")} 1' >"$work/segments.csv"
        check_data segments "$top/tests/interop/segments.spec.json" "$work/segments.csv" "$work/segments.csv"
        if ! grep -q '"segment"' "$work/segments/model.json"; then
            echo 'no segment has weights of its own' >>"$work/segments/fit.log"
            verdict 1 segments "$work/segments/fit.log"
        fi
        ;;
    points | extremes | margin) check_typed "$name" ;;
    *)
        file=$(case $name in german-credit) echo germancredit.csv ;; *) echo bank.csv ;; esac)
        path=$(cd "$LEADCAL_DATASETS/$name" 2>/dev/null && pwd)/$file
        if [ -e "$path" ]; then
            check_data "$name" "$top/datasets/$name.spec.json" "$path" "$path"
        else
            skip "$name" "the public data sets are not in ../shared/datasets" datasets
        fi
        ;;
    esac
done
if [ -e "$work/leads/model.json" ]; then
    cd "$work/leads" || exit
    leadcal fit -q --spec "$top/datasets/leads.spec.json" --prior-sd 0.3 --model other.json "$top/datasets/leads.csv" >/dev/null
    for engine in $engines; do
        check_filter "$engine"
        plant "$engine"
    done
fi
echo "interop: $passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
