# Somebody who has seen enough closes the pipe: no word is said about it.
leadcal simulate --rows 200000 --seed 1 | head -n 1
