/* whole_spec.h - a spec made by hand that has every key. */
#ifndef LC_WHOLE_SPEC_H
#define LC_WHOLE_SPEC_H

static const char whole_spec[] =
    "// made by hand\n"
    "{\"leadcal_spec\": 1, /* the\n version */\n"
    " \"files\": [{\"name\": \"leads\", \"match\": \"*leads*\", \"key\": \"id\"},\n"
    "  {\"name\": \"deals\", \"match\": \"*deals*\", \"key\": \"lead_id\", \"join\": \"id\",\n"
    "   \"created\": \"made\", \"list\": true},\n"
    "  {\"name\": \"web\", \"key\": \"lead\", \"events\": {\"time\": \"at\", \"type\": \"what\",\n"
    "   \"content\": \"page\", \"decay\": \"half-life 21 cap 3\", \"classes\": [{\"name\": \"valves\",\n"
    "    \"words\": [\"/valves\", \"Ventil\"]}, {\"name\": \"pricing\", \"decay\": \"window 14\"}]}}],\n"
    " \"outcome\": {\"column\": \"deals.stage\", \"won\": [\"Closed Won\", 1, 2.5],\n"
    "  \"lost\": \"Closed Lost\", \"open\": []},\n"
    " \"dates\": {\"entered\": \"a\", \"handed_over\": \"b\", \"accepted\": \"c\",\n"
    "  \"closed\": \"d\", \"opportunity_created\": \"e\", \"first_touch\": \"f\"},\n"
    " \"acceptance\": {\"column\": \"status\", \"accepted\": [\"SAL\"], \"rejected\": \"no\",\n"
    "  \"recycled\": [\"back // again\"], \"grade\": \"grade_then\"},\n"
    " \"owner\": \"rep\", \"source\": \"channel\", \"account\": \"company\",\n"
    " \"current\": \"column:old score\",\n"
    " \"capacity\": 12.5, \"credit\": \"share\",\n"
    " \"agreement\": {\"definition\": \"asked for a price\", \"hand_over\": [\"A1\", \"B2\"],\n"
    "  \"cells\": [{\"grade\": \"A1\", \"lane\": \"phone\", \"action\": \"call\", \"sla_hours\": 4},\n"
    "   {\"grade\": \"D4\", \"action\": \"leave\"}],\n"
    "  \"owners\": [{\"of\": \"sales\", \"name\": \"regional lead\"}], \"approved_by\": \"board\",\n"
    "  \"effective_from\": \"2026-04-01\", \"next_review\": \"2026-07-01\"},\n"
    " \"amount\": \"deals.amount\", \"window_days\": 90, \"as_of\": \"2026-03-31\",\n"
    " \"decision_after\": 7, \"date_order\": \"mdy\", \"order\": \"file\",\n"
    " \"missing\": [\"n/a\", -1], \"keep_values\": [\"-\"], \"bins\": \"dp\", \"decimal\": \"comma\",\n"
    " \"attributes\": [{\"column\": \"Umsatz \\u00e4\", \"role\": \"profile\",\n"
    "   \"cuts\": [-0.5, 2.385, 1e3], \"as_of\": \"decision\"},\n"
    "  {\"column\": \"visits\", \"role\": \"engagement\", \"as_of\": \"export\",\n"
    "   \"trend\": \"valley\"},\n"
    "  {\"column\": \"plain\", \"same\": {\"GTX Pro\": [\"GTXPro\", \" =gtx, pro \"], \"7\": 7.5}},\n"
    "  {\"column\": \"products\", \"kind\": \"set\", \"cap\": 12},\n"
    "  {\"column\": \"country\", \"levels\": \"merged\", \"parent\": \"plain\"}],\n"
    " \"ignore\": [\"email\"], \"audit\": [\"gender\"]\n}\n// end";

#endif
