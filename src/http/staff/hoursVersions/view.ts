import { groupsOf } from '../../../domain/calendar/changeRules';
import type { Desk } from '../../../domain/desk';
import { type HoursState, type HoursVersion, hoursDifference } from '../../../domain/hoursVersion';
import { paths, url } from '../../../paths';
import { dayName, deskTime } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { ruleSentence } from '../hours/ruleSentence';
import { daysView } from '../hours/view';
import { wordsOf } from '../words';

interface Facts {
  readonly desk: Desk;
  /** The newest first. */
  readonly versions: readonly HoursVersion[];
  /** The one before them, with which the last of them is compared. */
  readonly older: HoursVersion | undefined;
  readonly next: string | null;
  /** The first of the versions is the one that holds. */
  readonly isFirst: boolean;
}

/** Returns the history of the hours. @param house reads the sentences of clients */
export function hoursVersionsView({ desk, versions, older, next, isFirst }: Facts, reader: Reader, house: Reader) {
  const { t, locale } = reader;
  const time = deskTime(locale, desk.hours.timeZone);
  return {
    title: t('staff.hoursVersions.title'),
    back: url(paths.staffHours, { desk: desk.id }),
    versions: versions.map((version, i) => {
      const { id, at, by, what, why, validFrom, number, state } = version;
      const before = (versions[i + 1] ?? older)?.state;
      const { added, removed } = hoursDifference(before ?? state, state);
      return {
        number,
        what:
          what === 'restored'
            ? t('staff.hoursVersions.restored', { number: why })
            : t(`staff.hoursVersions.what.${what}`),
        why: what === 'restored' ? undefined : why,
        who: t('staff.hoursVersions.who', {
          who: by.kind === 'staff' ? by.name : t('staff.hoursVersions.system'),
          when: time.dateAndTime(at),
        }),
        validFrom: validFrom && t('staff.hoursVersions.validFrom', { day: dayName(locale, validFrom) }),
        added: sentencesOf(added, desk, reader, house),
        removed: sentencesOf(removed, desk, reader, house),
        isNow: isFirst && i === 0,
        href: url(paths.staffHoursVersion, { desk: desk.id, id }),
      };
    }),
    nextHref: next === null ? undefined : url(paths.staffHoursVersions, { desk: desk.id }, { cursor: next }),
  };
}

function sentencesOf({ rules, exceptions, absences }: HoursState, desk: Desk, reader: Reader, house: Reader): string[] {
  const words = wordsOf(desk, reader);
  return [
    ...groupsOf(rules).map((group) => ruleSentence(group, reader, house)),
    ...exceptions.map((exception) => {
      const { days, what, again, reason } = daysView(exception, reader, house);
      return [`${days}: ${what}`, again, reason].filter(Boolean).join(' · ');
    }),
    ...absences.map(({ advisorId, time }) =>
      reader.t('staff.hoursVersions.absence', {
        who: words.advisor(advisorId),
        from: words.time.dateAndTime(time.start),
        until: words.time.dateAndTime(time.end),
      }),
    ),
  ];
}
