/** What stands in a path or its query. */
export type PathValue = string | number;

/**
 * Fills a pattern: `url(paths.staffDay, { desk: 'wuppertal' }, { lang: 'en' })` is `/staff/wuppertal/day?lang=en`.
 * An optional part without its value is left out, and so is a query value that is undefined. A list stands once for each of its values.
 *
 * @throws Error if the pattern needs a value that `params` lacks: a mistake in the code, never in a request
 */
export function url(
  pattern: string,
  params: Readonly<Record<string, PathValue>> = {},
  query: Readonly<Record<string, PathValue | readonly PathValue[] | undefined>> = {},
): string {
  const filled = pattern
    .replace(/\{([^{}]*:(\w+)[^{}]*)\}/g, (_, part: string, name: string) => (params[name] === undefined ? '' : part))
    .replace(/:(\w+)|\{(\w+)\}/g, (_, express: string | undefined, openApi: string) => {
      const name = express ?? openApi;
      const value = params[name];
      if (value === undefined || value === '') throw new Error(`${pattern} needs ${name}`);
      return encodeURIComponent(value);
    });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of [value ?? []].flat()) search.append(name, String(each));
  return search.size > 0 ? `${filled}?${search}` : filled;
}
