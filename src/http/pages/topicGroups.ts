import { groupBy } from '../../domain/groupBy';
import { inLanguage, type Text } from '../../domain/text';
import type { Reader } from '../../presentation/texts';

/** What stands below one heading of a list of topics. */
interface TopicGroup<Item> {
  readonly title: string | Text;
  readonly items: readonly Item[];
}

/**
 * Sorts what concerns topics below their headings, as the reader looks for a heading; what has none comes last, as other
 * topics. It is one group of all topics if nothing has a heading.
 */
export function inGroups<Item>(
  items: readonly Item[],
  groupOf: (item: Item) => Text | null,
  { locale, t }: Reader,
): TopicGroup<Item>[] {
  const titled = [...groupBy(items, (item) => JSON.stringify(groupOf(item))).values()].flatMap((some) => {
    const title = some[0] && groupOf(some[0]);
    return title ? [{ title, items: some }] : [];
  });
  const { compare } = new Intl.Collator(locale, { numeric: true });
  titled.sort((a, b) => compare(inLanguage(a.title, locale), inLanguage(b.title, locale)));
  const others = items.filter((item) => groupOf(item) === null);
  if (others.length === 0) return titled;
  const title = t(`booking.deskList.${titled.length > 0 ? 'otherTopics' : 'allTopics'}`);
  return [...titled, { title, items: others }];
}
