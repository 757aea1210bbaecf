# The screen of leads and of what they did: shares of events are shares of events, and no lead "found" one.
leadcal inspect -q --format table --width 100 datasets/events/leads.csv datasets/events/events.csv | sed -n '1,/^OUTCOME/p'
