/* spec_file_internal.h - the words of a spec, for its reader, its writer and the model file.   Layer: out (private) */
#ifndef LC_SPEC_FILE_INTERNAL_H
#define LC_SPEC_FILE_INTERNAL_H

#define LC_SPEC_VERSION 1

#define LC_SPEC_ORDERS 3 /* of enum lc_date_order, from LC_DATE_DMY */
#define LC_SPEC_ROLES  2 /* of enum lc_role */
#define LC_SPEC_TIMES  2 /* of enum lc_as_of, from LC_AS_OF_DECISION */

extern const char *const lc_spec_orders[LC_SPEC_ORDERS];
extern const char *const lc_spec_roles[LC_SPEC_ROLES];
extern const char *const lc_spec_times[LC_SPEC_TIMES];

#endif
