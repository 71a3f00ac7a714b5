import type { AdvisorEntry } from '../../../app/ports/deskStore';
import type { AbsencePlan } from '../../../domain/booking/absencePlan';
import type { LocalDate } from '../../../domain/calendar/hours';
import type { Desk } from '../../../domain/desk';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { dayName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { csvLinks } from '../csvLists';
import { advisesText } from '../words';

interface Facts {
  readonly desk: Desk;
  readonly entries: readonly AdvisorEntry[];
  readonly today: LocalDate;
  /** Ids of who has left and to whom nothing refers. */
  readonly unused: ReadonlySet<string>;
  /** What was done just now, and to whom. */
  readonly done?: string | undefined;
  readonly doneId?: string | undefined;
  /** What was imported just now. */
  readonly imported?: string | undefined;
  /** The plans of those who leave by that. */
  readonly handOvers?: readonly AbsencePlan[];
}

const DEEDS = ['saved', 'left', 'back', 'deleted'];

/** Returns the desk's advisors, and those who have left. */
export function advisorsView(
  { desk, entries, today, unused, done, doneId, imported, handOvers = [] }: Facts,
  reader: Reader,
) {
  const { t, locale } = reader;
  const href = (id: string) => url(paths.staffAdvisor, { desk: desk.id, id });
  const subject = entries.find(({ part }) => part.id === doneId);
  const nameOf = (id: string | undefined) => entries.find(({ part }) => part.id === id)?.part.name ?? '';
  const topic = (id: string) => inLanguage(desk.topics.find((each) => each.id === id)?.name ?? { de: id }, locale);
  return {
    title: t('parts.advisors.title'),
    lead: t('parts.advisors.lead'),
    add: { href: url(paths.staffNewAdvisor, { desk: desk.id }), text: t('parts.advisor.new') },
    csv: csvLinks({ desk, list: 'advisors' }, reader),
    done:
      imported ??
      (done && DEEDS.includes(done) ? t(`parts.advisors.done.${done}`, { name: subject?.part.name ?? '' }) : undefined),
    handOvers: handOvers.map((plan) => ({
      href: url(paths.staffPlan, { desk: desk.id, id: plan.id }),
      text: t('parts.advisors.handOver', { name: nameOf(plan.advisorIds?.[0]) }),
    })),
    undo:
      done === 'left' && subject
        ? {
            href: href(subject.part.id),
            hidden: [{ name: 'step', value: 'back' }],
          }
        : undefined,
    version: subject?.version,
    entries: entries
      .filter(({ part }) => !part.retired)
      .map(({ part: { id, name, languages, modes, topics, from, until, door } }) => ({
        ...{ id, name, href: href(id) },
        facts: advisesText({ languages, ...(modes && { modes }) }, reader),
        more: topics.length > 0 ? topics.map(topic).join(' · ') : undefined,
        warning: topics.length > 0 ? undefined : t('parts.advisors.noTopics'),
        note:
          [
            from !== undefined && from > today && t('parts.advisors.from', { day: dayName(locale, from) }),
            until !== undefined && t('parts.advisors.until', { day: dayName(locale, until) }),
            door,
          ]
            .filter(Boolean)
            .join(' · ') || undefined,
      })),
    retiredTitle: t('parts.advisors.retired'),
    retired: entries
      .filter(({ part }) => part.retired)
      .map(({ part, version }) => ({
        ...{ id: part.id, name: part.name, href: href(part.id), version, back: t('parts.advisors.bringBack') },
        remove: unused.has(part.id) ? t('parts.delete') : undefined,
      })),
  };
}
