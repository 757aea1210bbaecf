/* simulate_events.h - made-up leads and what they did, with known half-lives.   Layer: out */
#ifndef LC_SIMULATE_EVENTS_H
#define LC_SIMULATE_EVENTS_H

#include <stdint.h>
#include <stdio.h>

#include "leadcal/error.h"

#define LC_SIMULATED_LEADS 2400 /* of simulate --events */

/* lc_simulate_events - two files: leads (lead_id, created, handed_over, industry, stage, closed), and
 * what they did (lead_id, at, type, about) in the order of time, UTF-8 with LF. The leads came in
 * from 2024-04-01 to 2026-03-31, the day of the export.
 *
 *     log-odds of won = intercept + industry + sum over classes of effect * sum over events 2^(-age / half-life)
 *
 * over the events up to the hand-over. Those who were won do much more after it, above all on the
 * pricing page, as customers-to-be do: whoever counts that knows the outcome.
 *
 * leads, events  written, not flushed. LC_EIO, LC_ENOMEM
 * Tested: test_simulate_events.c; datasets/events, byte for byte. */
enum lc_rc lc_simulate_events(uint64_t seed, FILE *leads, FILE *events,
                              struct lc_err *err) LC_MUST_USE;

/* lc_simulate_events_truth - class,half_life,effect, and the intercept. LC_EIO. */
enum lc_rc lc_simulate_events_truth(FILE *to, struct lc_err *err) LC_MUST_USE;

#endif
