import { CLIENT_GROUPS, OUTCOMES, referredTo, stepIn } from '../../../../domain/booking/outcome';
import { MAX_STEP_LENGTH } from '../../../../domain/booking/phrases';
import { inLanguage, withoutVariant } from '../../../../domain/text';
import { paths, url } from '../../../../paths';
import { direction } from '../../../../presentation/direction';
import { clientLocaleFor, type Reader } from '../../../../presentation/texts';
import type { BookingAtDesk } from '../../desk';
import { carried, type Fields, type FormError } from '../../forms';
import { wordsOf } from '../../words';
import { bookingHead } from '../head';
import { OWN_STEPS } from './form';
import { languagesOfSteps, phrasesOffered } from './offered';

interface Facts extends BookingAtDesk {
  readonly fields: Fields;
  readonly errors?: readonly FormError[];
  /** Why it was not noted. */
  readonly refusal?: string | undefined;
  /** Makes two presses of the button count once. */
  readonly key: string;
}

/** Returns the form for what became of a consultation. Phrases read as for the person at the form and as for the client. */
export function outcomeView({ booking, desk, fields, errors = [], refusal, key }: Facts, reader: Reader) {
  const { t } = reader;
  const wrong = (id: string) => errors.find(({ href }) => href === `#${id}`)?.text;
  const words = wordsOf(desk, reader);
  const partners = referredTo({ booking, desk });
  const { email } = booking.client;
  return {
    ...bookingHead({ desk, booking }, reader),
    title: t('outcome.title'),
    action: url(paths.staffOutcome, { id: booking.id }),
    hidden: carried({ version: String(booking.version), key }, ['version', 'key']),
    typedForm: 'outcome-form',
    errors: errors.length > 0 ? errors : undefined,
    refusal,
    kinds: OUTCOMES.map((value, i) => ({
      ...{ id: i === 0 ? 'outcome' : `outcome-${value}`, value, text: t(`outcome.kind.${value}`) },
      checked: fields.outcome === value,
    })),
    phrases: phrasesOffered({ booking, desk }).map(({ id, text }) => ({
      id: `phrase.${id}`,
      ...phraseTexts(text, booking.client.language, reader),
      checked: fields[`phrase.${id}`] === 'true',
      due: dueField(`phrase.${id}.due`, { fields, wrong, about: inLanguage(text, reader.locale) }, reader),
    })),
    own: OWN_STEPS.map((n) => ({
      id: `own.${n}`,
      label: t('outcome.own', { n }),
      value: fields[`own.${n}`] ?? '',
      error: wrong(`own.${n}`),
      maxlength: MAX_STEP_LENGTH,
      languageId: `own.${n}.language`,
      languageLabel: t('outcome.ownLanguage', { n }),
      languages: languagesOfSteps(booking).map((tag) => ({
        ...{ value: tag, text: words.language(tag), selected: fields[`own.${n}.language`] === tag },
      })),
      due: dueField(`own.${n}.due`, { fields, wrong, about: t('outcome.own', { n }) }, reader),
    })),
    isOwnOpen: OWN_STEPS.some((n) => fields[`own.${n}`]),
    partners: partners.map(({ id, name }) => ({
      ...{ value: id, text: inLanguage(name, reader.locale), selected: fields.partner === id },
    })),
    partnerError: wrong('partner'),
    consent: { checked: fields.consent === 'true', error: wrong('consent') },
    groups: CLIENT_GROUPS.map((value) => ({
      ...{ value, text: t(`outcome.group.${value}`), selected: fields.group === value },
    })),
    mail:
      email === null
        ? undefined
        : {
            text: t('outcome.mail', { email, language: words.mailLanguage(booking) }),
            checked: fields.mail === 'true',
          },
    print: fields.print === 'true',
  };
}

/** Returns a phrase in the language of the person at the form, and in the client's where that is another one. */
function phraseTexts(text: Readonly<Record<string, string>>, language: string, { locale }: Reader) {
  const step = { text, phraseId: null, due: null };
  const theirs = stepIn(step, clientLocaleFor(language));
  const isSame = withoutVariant(theirs.language) === withoutVariant(locale);
  return {
    text: inLanguage(text, locale),
    theirs: isSame ? undefined : { text: theirs.text, lang: theirs.language, dir: direction(theirs.language) },
  };
}

function dueField(
  id: string,
  { fields, wrong, about }: { fields: Fields; wrong: (id: string) => string | undefined; about: string },
  { t }: Reader,
) {
  return { id, label: t('outcome.due', { step: about }), value: fields[id] ?? '', error: wrong(id) };
}
