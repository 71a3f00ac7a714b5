/**
 * The only way to remember answers: by a key (`memo`), or by the object from which they are derived (`perObject`). A
 * test in `test/architecture` checks that nothing in `src` remembers in another way.
 */

/** A function that remembers its answers. */
interface Memo<K, T> {
  (key: K): T;
  /** Returns the answer if it is remembered. */
  peek(key: K): T | undefined;
  /** Removes the answer, so that it is computed again when it is next asked for. */
  forget(key: K): void;
}

/**
 * Remembers the answers of a pure function of one text or number. It keeps at least the `limit` answers that were used
 * last, and at most twice as many: answers that were not used for a while are dropped together, because a list in the
 * order of use would cost more than computing most of them. It is bounded, because keys may come from outside.
 * Exceptions are not remembered.
 *
 * @param answer never returns undefined
 */
export function memo<T, K extends string | number = string>(limit: number, answer: (key: K) => T): Memo<K, T> {
  let recent = new Map<K, T>();
  let older = new Map<K, T>();
  const remember = (key: K, value: T) => {
    if (recent.size >= limit) {
      older = recent;
      recent = new Map();
    }
    recent.set(key, value);
    return value;
  };
  const remembered = (key: K) => {
    const known = recent.get(key);
    if (known !== undefined) return known;
    const before = older.get(key);
    return remember(key, before === undefined ? answer(key) : before);
  };
  const peek = (key: K) => recent.get(key) ?? older.get(key);
  const forget = (key: K) => {
    recent.delete(key);
    older.delete(key);
  };
  return Object.assign(remembered, { peek, forget });
}

/**
 * Remembers what is derived from one object, or from several together, for as long as all of them are referenced.
 *
 * @param derive a pure function of immutable objects; it never returns undefined
 */
export function perObject<Objects extends readonly [object, ...object[]], T>(
  derive: (...objects: Objects) => T,
): (...objects: Objects) => T {
  const known: Derived = new WeakMap();
  return (...objects) => {
    let derived = known;
    const last = objects.length - 1;
    for (let i = 0; i < last; i++) {
      const object = objects[i] as object;
      const next = (derived.get(object) as Derived | undefined) ?? new WeakMap<object, unknown>();
      derived.set(object, next);
      derived = next;
    }
    const there = derived.get(objects[last] as object) as T | undefined;
    if (there !== undefined) return there;
    const fresh = derive(...objects);
    derived.set(objects[last] as object, fresh);
    return fresh;
  };
}

type Derived = WeakMap<object, unknown>;
