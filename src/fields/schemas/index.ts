/**
 * The schemas of fields that the API, forms, imports and desk files accept. Their messages say what is expected, in
 * English, for programs; forms show a translated text for the same rule.
 */
export * from './reach';
export * from './tags';
export * from './text';
export * from './times';
