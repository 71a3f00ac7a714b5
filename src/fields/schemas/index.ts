/** What API, forms, imports and desk files accept in a field. Messages say what is expected; forms show their own text for the same rule. */
export * from './reach';
export * from './tags';
export * from './text';
export * from './times';
