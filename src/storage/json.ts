/** Parses a JSON column that this program wrote. The caller names its type, and nothing is checked. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** Parses a JSON column that may be null. */
export function fromNullableJson<T>(text: string | null): T | null {
  return text === null ? null : fromJson<T>(text);
}

/** Writes a value as JSON; null and `undefined` become a null column, not the text `null`. */
export function toNullableJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
