/* disqualify.h - ready-made rules: which leads could never convert, by what their entry form said.   Layer: data */
#ifndef LC_DISQUALIFY_H
#define LC_DISQUALIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/slice.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

/* The levels of a rule's attribute. */
#define LC_RULE_YES "yes"
#define LC_RULE_NO  "no"

/* lc_rule_usual - what the kind does unless the spec says otherwise: free mail marks, since people
 * with a private mailbox may buy; the others exclude. */
enum lc_rule_effect lc_rule_usual(enum lc_rule_kind kind);

/* lc_rule_needs - does the kind need values: domains, places, texts? */
bool lc_rule_needs(enum lc_rule_kind kind);

/* lc_rule_catches - does the rule catch a cell?
 *
 * free_mail   the domain of an address is one of private mailboxes (leadcal/free_mail.h)
 * competitor  the domain of an address or web site is one of the values, or below one of them
 * junk        leadcal/junk.h
 * territory   served: the text is none of the values; else: it is one of them
 * test, customer   the text is one of the values
 *
 * cell  blanks around it do not matter, nor does the case of A-Z. An empty cell is never caught:
 *       nothing is known of it. Texts that mean "no value" are the caller's to sort out.
 * Tested: test_disqualify.c. */
bool lc_rule_catches(const struct lc_spec_rule *rule, struct lc_slice cell);

/* lc_rule_read - which rows of the table a rule catches. caught  out [n], 1 where it does.
 * LC_EMISMATCH  no such column. LC_ENOMEM. Each level is looked at once. */
enum lc_rc lc_rule_read(const struct lc_table *table, const struct lc_spec_rule *rule,
                        struct lc_arena *arena, uint8_t **caught,
                        struct lc_err *err) LC_MUST_USE;

/* lc_rules_mark - adds the yes/no columns of the rules that mark. An empty cell stays empty.
 * table  in-out: `column` is then another array, which begins with the old ones.
 * LC_EMISMATCH  no such column, or there is one of the rule's name. LC_ENOMEM.
 * Tested: test_disqualify.c. */
enum lc_rc lc_rules_mark(struct lc_table *table, const struct lc_spec *spec,
                         struct lc_arena *arena, struct lc_err *err) LC_MUST_USE;

#endif
