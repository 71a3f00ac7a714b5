/**
 * The API's document as a test reads it: answers hold what it names and nothing else. (The document itself does not promise that,
 * so that answers can grow.)
 */
export function strictDocument<T>(node: T): T {
  if (Array.isArray(node)) return node.map(strictDocument) as T;
  if (node === null || typeof node !== 'object') return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, strictDocument(value)]));
  const isOpenObject =
    copy.type === 'object' && copy.properties !== undefined && copy.additionalProperties === undefined;
  return (isOpenObject ? { ...copy, additionalProperties: false } : copy) as T;
}
