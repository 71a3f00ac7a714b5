import type { TopicEntry } from '../../../app/ports/deskStore';
import { type Desk, topicsOnOffer } from '../../../domain/desk';
import { coveringTopic } from '../../../domain/offering';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { allOf } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { missingIn, topicForm } from '../../parts/topicCells';
import { csvLinks } from '../csvLists';

interface Facts {
  readonly desk: Desk;
  readonly entries: readonly TopicEntry[];
  /** Ids of the retired topics to which nothing refers. */
  readonly unused: ReadonlySet<string>;
  /** What was done just now, and to which topic. */
  readonly done?: string | undefined;
  readonly doneId?: string | undefined;
  /** What was imported just now. */
  readonly imported?: string | undefined;
}

const DEEDS = ['saved', 'left', 'back', 'deleted'];

/** Returns the desk's topics, and those that are offered no more. */
export function topicsView({ desk, entries, unused, done, doneId, imported }: Facts, reader: Reader) {
  const { t, locale } = reader;
  const href = (id: string) => url(paths.staffTopic, { desk: desk.id, id });
  const offered = new Set(topicsOnOffer(desk).map(({ id }) => id));
  const subject = entries.find(({ part }) => part.id === doneId);
  const covering = (id: string) => coveringTopic(desk, id).length;
  return {
    title: t('parts.topics.title'),
    lead: t('parts.topics.lead'),
    add: { href: url(paths.staffNewTopic, { desk: desk.id }), text: t('parts.topic.new') },
    csv: csvLinks({ desk, list: 'topics' }, reader),
    questionsCsv: csvLinks({ desk, list: 'questions' }, reader),
    done:
      imported ??
      (done && DEEDS.includes(done)
        ? t(`parts.topics.done.${done}`, { name: subject ? inLanguage(subject.part.name, locale) : '' })
        : undefined),
    undo:
      done === 'left' && subject
        ? {
            href: href(subject.part.id),
            hidden: [{ name: 'step', value: 'back' }],
          }
        : undefined,
    version: subject?.version,
    entries: entries
      .filter(({ part }) => offered.has(part.id))
      .map(({ part }) => {
        const { id, name, durationMinutes, modes } = part;
        const count = covering(id);
        return {
          ...{ id, name: inLanguage(name, locale), href: href(id) },
          facts: t('parts.topics.facts', {
            minutes: t('parts.topics.minutes', { count: durationMinutes }),
            modes: allOf(
              locale,
              modes.map((mode) => t(`staff.mode.${mode}`)),
            ),
          }),
          more: count > 0 ? t('parts.topics.advisors', { count }) : undefined,
          warning: count > 0 ? undefined : t('parts.topics.nobody'),
          note: missingNote(topicForm.cells(part), t),
        };
      }),
    retiredTitle: t('parts.topics.retired'),
    retired: entries
      .filter(({ part }) => !offered.has(part.id))
      .map(({ part, version }) => ({
        ...{ id: part.id, name: inLanguage(part.name, locale), href: href(part.id), version },
        back: t('parts.topics.bringBack'),
        remove: unused.has(part.id) ? t('parts.delete') : undefined,
      })),
  };
}

function missingNote(cells: ReturnType<typeof topicForm.cells>, t: Reader['t']): string | undefined {
  const count = Object.values(missingIn(cells)).filter((lacks) => lacks > 0).length;
  return count > 0 ? t('parts.topics.missingLanguages', { count }) : undefined;
}
