import type { Desk } from '../../../domain/desk';
import type { HoursVersion } from '../../../domain/hoursVersion';
import { paths, url } from '../../../paths';
import { deskTime } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import type { previewView } from '../hours/previewView';

interface Facts {
  readonly desk: Desk;
  readonly version: HoursVersion;
  /** The number of the version that holds. */
  readonly latest: number;
  readonly key: string;
  readonly preview: ReturnType<typeof previewView>;
}

/** Returns what bringing a version back would change. */
export function restoreHoursView({ desk, version, latest, key, preview }: Facts, { t, locale }: Reader) {
  const { id, at, number } = version;
  return {
    title: t('staff.restoreHours.title', { number }),
    about: t('staff.restoreHours.about', { when: deskTime(locale, desk.hours.timeZone).dateAndTime(at) }),
    back: url(paths.staffHoursVersions, { desk: desk.id }),
    preview,
    same: preview.days.length === 0 ? t('staff.restoreHours.same') : undefined,
    isNow: number === latest,
    action: url(paths.staffHoursVersion, { desk: desk.id, id }),
    hidden: [
      { name: 'seen', value: String(latest) },
      { name: 'key', value: key },
    ],
  };
}
