import type { HoursException } from '../../../domain/calendar/hours';
import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import type { previewView } from '../hours/previewView';
import { entryView } from '../hours/view';

interface Facts {
  readonly desk: Desk;
  readonly exception: HoursException;
  readonly version: number;
  readonly preview: ReturnType<typeof previewView>;
}

/** Returns the exception, and what its days would be without it. */
export function withdrawHoursView({ desk, exception, version, preview }: Facts, reader: Reader, house: Reader) {
  return {
    title: reader.t('staff.withdrawHours.title'),
    back: url(paths.staffHours, { desk: desk.id }),
    entry: entryView(exception, desk, reader, house),
    preview,
    action: url(paths.staffHoursEntry, { desk: desk.id, id: exception.id }),
    hidden: [{ name: 'seen', value: String(version) }],
  };
}
