import { type Desk, languagesOf, topicsOnOffer } from '../../../../domain/desk';
import { lookupLanguage } from '../../../../domain/language';
import { languagesForTopic } from '../../../../domain/offering';
import { inLanguage } from '../../../../domain/text';
import { WEEKDAYS } from '../../../../domain/waiting/entry';
import { paths, url } from '../../../../paths';
import { languageName, weekdayName } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import { contactView } from '../../../pages/contact';
import { DAYTIMES, type TypedWish, type WishField } from './form';

/** The id of the page's form. */
const FORM = 'waiting-list';

interface Given {
  readonly desk: Desk;
  readonly typed: TypedWish;
  readonly wrong: readonly WishField[];
  /** Why it cannot be done, if that is about no field. */
  readonly problem?: string;
  /** They have just left the list. */
  readonly hasLeft?: boolean;
}

/** Returns the form by which somebody waits until something becomes free. */
export function waitingListView({ desk, typed, wrong, problem, hasLeft = false }: Given, { locale, t }: Reader) {
  const place = { locale, desk: desk.id };
  const there = languagesForTopic(desk, typed.topic);
  const offered = there.length > 0 ? there : languagesOf(desk);
  const wanted = typed.languages.map((tag) => lookupLanguage(offered, tag));
  const error = (field: WishField) => (wrong.includes(field) ? t(`booking.waitingList.wrong.${field}`) : undefined);
  const field = (name: 'deadline' | 'name' | 'email' | 'phone') => ({ value: typed[name], error: error(name) });
  const errors = [
    ...(problem ? [{ href: '#email', text: problem }] : []),
    ...wrong.map((name) => ({ href: HREFS[name] ?? `#${name}`, text: error(name) })),
  ];
  return {
    title: t('booking.waitingList.title'),
    back: url(paths.start, place),
    said: hasLeft && t('booking.waitingList.left'),
    form: { method: 'post', action: url(paths.waitingList, place), id: FORM },
    typedForm: FORM,
    topics: topicsOnOffer(desk).map(({ id, name }) => ({
      value: id,
      text: inLanguage(name, locale),
      selected: id === typed.topic,
    })),
    topicError: error('topic'),
    languages: offered.map((tag, i) => ({
      ...{ id: `languages-${i + 1}`, value: tag, text: languageName(locale, tag) },
      checked: wanted.includes(tag),
    })),
    languagesError: error('languages'),
    weekdays: WEEKDAYS.slice(0, WORKING_DAYS).map((day, i) => ({
      ...{ id: `weekdays-${i + 1}`, value: day, text: weekdayName(locale, i + 1, 'short') },
      checked: typed.weekdays.includes(day),
    })),
    daytimes: DAYTIMES.map((value) => ({
      ...{ value, text: t(`booking.waitingList.daytime.${value}`) },
      selected: value === typed.daytime,
    })),
    fields: { deadline: field('deadline'), name: field('name'), email: field('email'), phone: field('phone') },
    errors: errors.length > 0 ? errors : undefined,
    privacyHref: url(paths.about, { ...place, page: 'privacy' }),
    contact: contactView(desk),
  };
}

/** Desks are open from Monday to Friday. */
const WORKING_DAYS = 5;
/** Where the first of several ticks is. */
const HREFS: Partial<Record<WishField, string>> = { languages: '#languages-1' };
