/** A JSON column that this program wrote; the caller names its shape. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T;
}

/** As `fromJson`; a column that is null is null, not the JSON text `null`. */
export function fromNullableJson<T>(text: string | null): T | null {
  return text === null ? null : fromJson<T>(text);
}

/** The reverse of `fromNullableJson`; `undefined` becomes null, too. */
export function toNullableJson(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
