#!/bin/sh
# report.html, and the pages of inspect --html, in a browser that we did not write: browser.sh FOLDER
# makes pages with
# FOLDER/leadcal (of the bundled exports, of hostile names, without gnuplot, without wins) and opens
# them in headless Chromium: tests/interop/browser.mjs says what is asked of them. Pages with one
# planted fault each see that it would find it. Ends `browser: N passed, N failed, N skipped`.
set -u

b=$(cd "${1:?usage: browser.sh BUILD_FOLDER}" && pwd)
packages=$PWD/build/npm
pinned='playwright-core@1.65.1 axe-core@4.14.1'

give_up() { # give_up REASON: a failure in CI, else a skip
    if [ "${CI-}" = true ]; then
        echo "browser: failed: $1, and CI may not skip it"
        echo "browser: 0 passed, 1 failed, 0 skipped"
        exit 1
    fi
    echo "skipped: browser: $1"
    echo "browser: 0 passed, 0 failed, 1 skipped"
    exit 0
}
for tool in chromium node npm gnuplot; do
    command -v $tool >/dev/null || give_up "$tool is not installed; make setup-tools installs it"
done
if [ "$(cat "$packages/pinned" 2>/dev/null)" != "$pinned" ]; then
    mkdir -p "$packages"
    # shellcheck disable=SC2086 # two packages
    npm install --prefix "$packages" --no-save --no-package-lock --ignore-scripts --no-audit --no-fund --silent \
        $pinned </dev/null || give_up "npm could not install $pinned"
    echo "$pinned" >"$packages/pinned"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$b:$PATH
export PATH

page() { # page NAME COMMAND...: runs it in a folder of that name, where it must leave quarter/report.html
    mkdir "$work/$1"
    ln -s "$PWD/datasets" "$work/$1/datasets"
    where=$work/$1
    shift
    (cd "$where" && "$@") >"$where/said" 2>&1 </dev/null
    [ -s "$where/quarter/report.html" ] || {
        echo "browser: failed: no page was made by: $*"
        tail -n 3 "$where/said"
        echo "browser: 0 passed, 1 failed, 0 skipped"
        exit 1
    }
}
LOOK=$PWD/tests/golden/inspect-html.cmd
page demo leadcal recalibrate --yes datasets/hubspot/contacts.csv datasets/hubspot/deals.csv -o quarter
page points leadcal recalibrate --spec datasets/leads.spec.json --current datasets/points.csv datasets/leads.csv -o quarter
for name in look look-hubspot look-hostile; do
    mkdir -p "$work/$name/quarter"
done
leadcal inspect -q --html "$work/look/quarter/report.html" datasets/leads.csv >/dev/null
leadcal inspect -q --html "$work/look-hubspot/quarter/report.html" datasets/hubspot/contacts.csv datasets/hubspot/deals.csv >/dev/null
ln -s "$PWD/datasets" "$work/look-hostile/datasets"
(cd "$work/look-hostile" && sh "$LOOK" && mv page.html quarter/report.html) >/dev/null 2>&1
for name in hostile hostile-quarter no-gnuplot no-wins; do
    page $name sh "$PWD/tests/golden/recalibrate-$name.cmd"
done

# One fault each, by sed, in the page of hostile names, which is small and has pictures.
plant() { # plant NAME SED
    sed "$2" "$work/hostile/quarter/report.html" >"$work/$1.html"
    ! cmp -s "$work/$1.html" "$work/hostile/quarter/report.html" || {
        echo "browser: failed: the fault $1 could not be planted"
        echo "browser: 0 passed, 1 failed, 0 skipped"
        exit 1
    }
}
plant script 's|</h1>|</h1><script>document.title = "run"</script>|'
plant dialog 's|<meta http-equiv[^>]*>||; s|</h1>|</h1><b onmouseover="x()"></b><img alt="" src="data:," onerror="alert(1)">|'
plant remote 's|<img alt="\([^"]*\)" src="[^"]*"|<img alt="\1" src="https://leadcal.invalid/a.png"|'
plant alt 's|<img alt="[^"]*"|<img|'
plant cut 's|base64,....|base64,|'
plant pale 's|--soft:#555d66|--soft:#b0b0b0|'
plant night 's|--soft:#adb6c0|--soft:#40444a|'
plant caged 's| role="group" tabindex="0"| role="group"|'
plant wide 's|main{|main{min-width:900px;|'
plant long 's|<h1>|<p style="height:300mm">.</p><h1>|'
plant folded 's|details::details-content{[^}]*}||'

node tests/interop/browser.mjs "$packages" \
    "the demo=$work/demo/quarter/report.html" \
    "a card of points in use=$work/points/quarter/report.html" \
    "hostile names=$work/hostile/quarter/report.html" \
    "hostile names in a later quarter=$work/hostile-quarter/quarter/report.html" \
    "no gnuplot=$work/no-gnuplot/quarter/report.html" \
    "no wins=$work/no-wins/quarter/report.html" \
    "a first look=$work/look/quarter/report.html" \
    "a first look at two files=$work/look-hubspot/quarter/report.html" \
    "a first look at hostile names=$work/look-hostile/quarter/report.html" \
    "console|element!a script=$work/script.html" \
    "dialog|attribute|picture!a dialog=$work/dialog.html" \
    "console|attribute|picture|request!a remote picture=$work/remote.html" \
    "picture|axe!a picture without words=$work/alt.html" \
    "picture!a broken picture=$work/cut.html" \
    "axe light!pale type=$work/pale.html" \
    "axe dark!pale type at night=$work/night.html" \
    "keyboard|axe!a box out of reach=$work/caged.html" \
    "width!a page too wide for a phone=$work/wide.html" \
    "print!a long page one=$work/long.html" \
    "print!folded on paper=$work/folded.html"
