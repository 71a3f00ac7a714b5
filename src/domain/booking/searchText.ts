import { transliterate } from 'transliteration';

/**
 * A name as it is searched: Latin letters in lower case without accents, whatever script it was written in, so that
 * "Olena" finds "Олена". The German ways of writing an umlaut become one: "Mueller", "Müller" and "Muller" are the same.
 * Apostrophes go: nobody spells them out on the phone, so "oneill" finds "O’Neill", and transliteration makes some of its own.
 */
export function foldForSearch(text: string): string {
  return transliterate(text.normalize('NFKC'))
    .toLowerCase()
    .replace(/['`´]/g, '')
    .replace(/([aou])e/g, '$1')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** What a booking is found by: name, mail, reference (with and without its hyphen), and for whom it is. */
export function searchText({
  client,
  reference,
  onBehalfOf,
}: {
  client: { name: string; email: string | null };
  reference: string;
  onBehalfOf: { organisation: string; name: string } | null;
}): string {
  const parts = [
    client.name,
    client.email,
    reference,
    reference.replace('-', ''),
    onBehalfOf?.name,
    onBehalfOf?.organisation,
  ];
  return foldForSearch(parts.filter(Boolean).join(' '));
}
