import type { PartEntry, TopicEntry } from '../../../app/ports/deskStore';
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
  readonly order: PartEntry<readonly string[]>;
  /** Ids of the retired topics to which nothing refers. */
  readonly unused: ReadonlySet<string>;
  /** What was done just now, and to which topic. */
  readonly done?: string | undefined;
  readonly doneId?: string | undefined;
  /** Where it was moved: `up` or `down`. */
  readonly moved?: string | undefined;
  /** Why nothing was done. */
  readonly refusal?: string | undefined;
  /** What was imported just now. */
  readonly imported?: string | undefined;
}

const DEEDS = ['saved', 'left', 'back', 'deleted'];

/** Returns the desk's topics, and those that are offered no more. */
export function topicsView(facts: Facts, reader: Reader) {
  const { desk, entries, order, unused, done, doneId, moved, imported, refusal } = facts;
  const { t, locale } = reader;
  const href = (id: string) => url(paths.staffTopic, { desk: desk.id, id });
  const offered = new Set(topicsOnOffer(desk).map(({ id }) => id));
  const subject = entries.find(({ part }) => part.id === doneId);
  const shown = entries.filter(({ part }) => offered.has(part.id));
  const place = shown.findIndex(({ part }) => part.id === doneId) + 1;
  const covering = (id: string) => coveringTopic(desk, id).length;
  return {
    title: t('parts.topics.title'),
    lead: t('parts.topics.lead'),
    add: { href: url(paths.staffNewTopic, { desk: desk.id }), text: t('parts.topic.new') },
    csv: csvLinks({ desk, list: 'topics' }, reader),
    questionsCsv: csvLinks({ desk, list: 'questions' }, reader),
    refusal,
    done:
      imported ??
      (done === 'moved' && place > 0
        ? t('parts.topics.moved', {
            name: inLanguage(subject?.part.name ?? {}, locale),
            place,
            count: shown.length,
          })
        : undefined) ??
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
    order: shown.length > 1 ? { action: url(paths.staffTopics, { desk: desk.id }), version: order.version } : undefined,
    entries: shown.map(({ part }, i) => {
      const { id, name, durationMinutes, modes } = part;
      const count = covering(id);
      return {
        ...{ id, name: inLanguage(name, locale), href: href(id) },
        move: moveView(
          inLanguage(name, locale),
          {
            isFirst: i === 0,
            isLast: i === shown.length - 1,
            moved: done === 'moved' && id === doneId ? moved : undefined,
          },
          t,
        ),
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

interface Standing {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Where it was moved just now: the focus stays on what moves it on, or at the edge back. */
  readonly moved: string | undefined;
}

/** Returns the buttons that put a topic before the one above it, and behind the one below. */
function moveView(name: string, { isFirst, isLast, moved }: Standing, t: Reader['t']) {
  const onwards = moved === 'up' ? (isFirst ? 'down' : 'up') : isLast ? 'up' : 'down';
  const button = (step: 'up' | 'down') => {
    const focused = moved !== undefined && step === onwards;
    return { step, text: t(`parts.topics.${step}`), name, focused };
  };
  return [...(isFirst ? [] : [button('up')]), ...(isLast ? [] : [button('down')])];
}

function missingNote(cells: ReturnType<typeof topicForm.cells>, t: Reader['t']): string | undefined {
  const count = Object.values(missingIn(cells)).filter((lacks) => lacks > 0).length;
  return count > 0 ? t('parts.topics.missingLanguages', { count }) : undefined;
}
