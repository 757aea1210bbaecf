# needs: bash
leadcal --completion bash >completion
bash -c '
. ./completion
ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _leadcal; echo "${COMPREPLY[*]}"; }
ask leadcal re
ask leadcal rates --bas
ask leadcal rates --format ""
ask leadcal-fit --pen
ask leadcal score --mod
ask leadcal backtest --cuts q
'
