#!/bin/sh
# Writes the manual pages: man.sh FOLDER TO PROGRAM... Each program prints its own from its table
# of options; leadcal(1) is made from the list of programs.
set -eu

b=$1 to=$2
shift 2
mkdir -p "$to"
for program; do
    "$b/leadcal" "$program" --man >"$to/leadcal-$program.1"
done
{
    echo '.TH LEADCAL 1 "" "" "leadcal manual"'
    echo '.SH NAME'
    echo 'leadcal \- lead scores calibrated against closed-won history'
    echo '.SH DESCRIPTION'
    echo '.nf'
    "$b/leadcal" --help | sed 's/\\/\\e/g; s/-/\\-/g; s/^\./\\\&./'
    echo '.fi'
    echo '.SH SEE ALSO'
    for program; do printf '.BR leadcal\\-%s (1)\n' "$program"; done
} >"$to/leadcal.1"
