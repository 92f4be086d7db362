// Why a field is left unused. They all stay in the activity's record, where a person and a later version find them.

/** The first that fits decides; each is matched against the whole path. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /(?:^|[._])(?:url|uri|href|link|links|html|_links)(?:$|[.[])|_url$|Url$|_uri$|Uri$|\.self$/,
    'an address of what is named already',
  ],
  [
    /avatar|gravatar|colou?r|icon|emoji|theme|locale|language|title$|label|description|summary|body|message|text|name_?with|display/i,
    'for people to read',
  ],
  [/node_id|(?:^|[._])(?:id|iid|uuid|guid|gid|number)$|_id$|Id$|_ids/, 'a second name of what is named already'],
  [
    /count|size|total|stars|forks|watchers|score|_num|duration|position|additions|deletions|length|percent/i,
    'a count that no detector uses',
  ],
  [/(?:_at|_on|At|date|time|timestamp|_time|Time)(?:$|\.|\[)/, 'a time of something else'],
  [
    /enabled|has_|is_|allow|can_|_only|locked|draft|archived|disabled|default|template|fork$|active|private|site_admin|truncated|sampled/i,
    'a state that changes are told of',
  ],
  [
    /(?:^|\.)(?:version|schema|api|format|type|kind|event|source|severity|priority|tags?|flags?|level)(?:$|[.[])/i,
    'the form of the record',
  ],
  [/sha|hash|tree|digest|checksum|signature|verif/i, 'a checksum that the commit names already'],
];

export function reasonOf(path: string): string {
  return REASONS.find(([pattern]) => pattern.test(path))?.[1] ?? 'no detector of the catalogue needs it';
}
