# Beside the screen the notes are counted, and shown where they are asked for.
leadcal inspect --format table datasets/leads.csv >screen
leadcal inspect --format table --notes datasets/leads.csv >again
cmp screen again && echo 'the same screen'
