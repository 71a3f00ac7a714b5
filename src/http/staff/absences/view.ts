import type { AbsenceEntry } from '../../../app/ports/deskStore';
import type { Desk } from '../../../domain/desk';
import type { Caller } from '../../../domain/staff/caller';
import { mayChangeAbsences, mayChangeDeskData, mayPlanAbsences } from '../../../domain/staff/rights';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import { csvLinks } from '../csvLists';
import { whenOf } from '../plan/view';
import { wordsOf } from '../words';

interface Facts {
  readonly desk: Desk;
  readonly who: Caller;
  readonly page: { readonly entries: readonly AbsenceEntry[]; readonly next: string | null };
  /** What was imported just now. */
  readonly imported: string | undefined;
  /** What was done: `changed` or `withdrawn`. */
  readonly done: string | undefined;
  readonly undo: { readonly href: string; readonly hidden: readonly { name: string; value: string }[] } | undefined;
  /** How many bookings lie in an absence that was changed. */
  readonly affected: number;
}

/** Returns who is away, and when, by start. */
export function absencesView({ desk, who, page, imported, done, undo, affected }: Facts, reader: Reader) {
  const { t } = reader;
  const words = wordsOf(desk, reader);
  const changed = affected > 0 ? t('staff.absences.changed', { count: affected }) : t('staff.absences.changedNone');
  return {
    title: t('staff.absences.title'),
    done: imported ?? (done === 'changed' ? changed : done === 'withdrawn' ? t('staff.absences.withdrawn') : undefined),
    undo,
    absences: page.entries.map(({ absence: { id, advisorId, time, reason } }) => ({
      name: words.advisor(advisorId),
      when: whenOf(time, words),
      reason,
      href: mayChangeAbsences(who, desk.id, advisorId) ? url(paths.staffAbsence, { desk: desk.id, id }) : undefined,
    })),
    nextHref: page.next === null ? undefined : url(paths.staffAbsences, { desk: desk.id }, { cursor: page.next }),
    csv: mayChangeDeskData(who, desk.id) ? csvLinks({ desk, list: 'absences' }, reader) : undefined,
    enterHref: mayPlanAbsences(who, desk.id) ? url(paths.staffPlans, { desk: desk.id }) : undefined,
  };
}
