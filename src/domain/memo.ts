/**
 * The only way to remember answers: by a key (`memo`), or by the object from which they are derived (`perObject`). A
 * test in `test/architecture` checks that nothing in `src` remembers in another way.
 */

/** What was put in last, up to a size. */
interface Keeper<T, K extends string | number = string> {
  get(key: K): T | undefined;
  put(key: K, value: T, size: number): void;
  forget(key: K): void;
}

/**
 * Keeps at least what was used last up to `limit`, and at most twice as much: what was not used for a while is dropped
 * together, because a list in the order of use would cost more than computing most of it.
 *
 * @param limit in the unit of `size`
 */
export function keeper<T, K extends string | number = string>(limit: number): Keeper<T, K> {
  interface Kept {
    readonly value: T;
    readonly size: number;
  }
  let recent = new Map<K, Kept>();
  let older = new Map<K, Kept>();
  let held = 0;
  const put = (key: K, kept: Kept) => {
    if (held + kept.size > limit) {
      older = recent;
      recent = new Map();
      held = 0;
    }
    recent.set(key, kept);
    held += kept.size;
  };
  return {
    get(key) {
      const known = recent.get(key);
      if (known) return known.value;
      const before = older.get(key);
      if (before) put(key, before);
      return before?.value;
    },
    put: (key, value, size) => put(key, { value, size }),
    forget(key) {
      recent.delete(key);
      older.delete(key);
    },
  };
}

/** A function that remembers its answers. */
interface Memo<K, T> {
  (key: K): T;
  /** Returns the answer if it is remembered. */
  peek(key: K): T | undefined;
  /** Removes the answer, so that it is computed again when it is next asked for. */
  forget(key: K): void;
}

/**
 * Remembers the answers of a pure function of one text or number, the `limit` that were used last and some others, see
 * `keeper`. It is bounded, because keys may come from outside. Exceptions are not remembered.
 *
 * @param answer never returns undefined
 */
export function memo<T, K extends string | number = string>(limit: number, answer: (key: K) => T): Memo<K, T> {
  const kept = keeper<T, K>(limit);
  const remembered = (key: K) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const fresh = answer(key);
    kept.put(key, fresh, 1);
    return fresh;
  };
  return Object.assign(remembered, { peek: kept.get, forget: kept.forget });
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

/** Returns a number that no other object gets in this process, so that a text can name an object. */
export const serialOf = (() => {
  let last = 0;
  return perObject((_object: object) => ++last);
})();
