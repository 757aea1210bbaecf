# What leads did before they were decided, by class; the half-lives of datasets/events/truth.csv.
web="--spec datasets/events.spec.json datasets/events/leads.csv datasets/events/events.csv"
leadcal events $web
leadcal events --quiet --format table $web
# One class alone, whose half-life is 12 days, and one of 50: every other event is of no class.
cat >one.json <<'END'
{"leadcal_spec": 1,
 "files": [{"name": "leads", "key": "lead_id"},
  {"name": "web", "key": "lead_id", "events": {"time": "at", "type": "type", "content": "about", "decay": "linear 0.5 every 30 cap 2",
   "classes": [{"name": "pricing", "decay": "tiers 7:1 30:0.25"}, {"name": "rest", "words": ["/", "newsletter", "flow control live", "unsubscribed"], "decay": "tiers 7:1 30:2"}]}}],
 "outcome": {"column": "stage", "won": "Closed Won", "lost": "Closed Lost", "open": "Open"},
 "dates": {"handed_over": "handed_over", "closed": "closed"}}
END
leadcal events --spec one.json --format csv datasets/events/leads.csv datasets/events/events.csv
