import type { Draft } from '../../../../domain/booking/hold';
import type { Instant } from '../../../../domain/calendar/interval';
import { localDate } from '../../../../domain/calendar/zone';
import { isCall, isVisit } from '../../../../domain/desk';
import { assetUrl, paths, url } from '../../../../paths';
import { languageName } from '../../../../presentation/format';
import { CLIENT_LOCALES, type Reader } from '../../../../presentation/texts';
import { FIELD_LIMITS } from '../../../pages/detailsSchema';
import { type HeldStage, heldUrl } from '../heldStage';
import { journeyUrl } from '../journey';
import { stepView } from '../journeyView';
import { keptView, leavingTo } from '../keptSlot';
import { DETAIL_FIELDS, type DetailField, isForOthers, mailLanguage } from './form';

/** The id of the page's form. */
const FORM = 'details';

interface Given {
  readonly stage: HeldStage;
  readonly typed: Draft;
  readonly wrong: readonly DetailField[];
  readonly now: Instant;
}

/** Returns the fields for the client's details with what was typed, and the error of each wrong one. */
export function detailsView({ stage, typed, wrong, now }: Given, reader: Reader) {
  const message = (field: DetailField) =>
    reader.t(`booking.details.errors.${field}${typed[field] ? 'Wrong' : 'Missing'}`);
  const fields = DETAIL_FIELDS.map((field) => [
    field,
    {
      value: typed[field] ?? (field === 'attendees' ? '1' : undefined),
      checked: typed[field] === 'true',
      error: wrong.includes(field) ? message(field) : undefined,
    },
  ]);
  const kept = keptView(stage, now, reader);
  const view = stepView('details', stage, reader);
  return {
    ...view,
    chips: view.chips.map(({ of, ...chip }) => ({ ...chip, leave: chip.href && leavingTo(of, kept, FORM) })),
    leave: leavingTo('time', kept, FORM),
    back: journeyUrl('time', stage.place, {
      ...stage.choices,
      date: localDate(stage.hold.time.start, stage.desk.hours.timeZone),
    }),
    form: { method: 'post', action: heldUrl('details', stage), id: FORM },
    typedForm: FORM,
    fields: Object.fromEntries(fields),
    asksPhone: isCall(stage.hold.mode),
    asksAttendees: isVisit(stage.hold.mode),
    mailLanguages: [
      {
        value: '',
        text: reader.t('booking.details.mailLanguageSame', { language: languageName(reader.locale, reader.locale) }),
      },
      ...CLIENT_LOCALES.map((tag) => ({
        value: tag,
        text: languageName(tag, tag),
        lang: tag,
        selected: mailLanguage(typed) === tag,
      })),
    ],
    forOthers: isForOthers(typed),
    errors: wrong.length > 0 ? wrong.map((field) => ({ href: `#${field}`, text: message(field) })) : undefined,
    kept,
    limits: FIELD_LIMITS,
    privacyHref: url(paths.about, { ...stage.place, page: 'privacy' }),
    scripts: [{ src: assetUrl('hold.js'), module: true }],
  };
}
